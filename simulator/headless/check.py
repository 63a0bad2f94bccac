"""`check`: the babysitting list, on a copy of an experiment (slides F1 to F3, and the gradient check)."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, number, plain, said, tell_of_files
from simulator.message import Message

if TYPE_CHECKING:
    from simulator.analysis.checks.check_result import CheckResult

COUNTED = (("passed", "pass"), ("failed", "fail"))
ROW = "{:<2} {:<38} {:>10}  {:>12}"
MARKS = {"pass": "✓", "fail": "✗", "unsure": "?", "skipped": "–"}


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser(
        "check", help=_("first loss, penalty, 20 examples by heart, gradients: what to look at before training")
    )
    add_experiment(command)
    add_changes(command)
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Run the checks and print. The exit code says that they ran, not how they ended."""
    experiment = asked_run(asked).experiment

    from simulator.analysis.checks.sanity import run_checks

    tell_of_files(experiment)
    if not asked.json:
        print(ROW.format("", _("check"), _("measured"), _("expected")))
    results: list[CheckResult] = []
    interrupted = False
    try:
        for result in run_checks(experiment):
            results.append(result)
            if not asked.json:
                _print_row(result)
    except KeyboardInterrupt:
        interrupted = True
    counts = {name: sum(result.verdict == verdict for result in results) for name, verdict in COUNTED}
    if asked.json:
        print(as_json({"checks": [_as_plain(result) for result in results], **counts}))
    else:
        print(_("{passed} passed, {failed} failed").format(**counts))
    return 130 if interrupted else 0


def _print_row(result: "CheckResult") -> None:
    """Print the row of a table, and under it what the numbers mean."""
    expected = result.expected
    shown = expected.render(_) if isinstance(expected, Message) else number(expected)
    print(ROW.format(_mark(result.verdict), result.title.render(_), number(result.measured), shown))
    print(f"    {said(result.sentence)}")
    for detail in result.details:
        print(f"      {detail.render(_)}")
    sys.stdout.flush()  # the next check may take a while


def _mark(verdict: str) -> str:
    """Return the mark of a verdict, or its name where this terminal has no such sign."""
    try:
        MARKS[verdict].encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return verdict
    return MARKS[verdict]


def _as_plain(result: "CheckResult") -> dict[str, Any]:
    expected = result.expected
    return {
        "id": result.id,
        "title": result.title.render(_),
        "measured": plain(result.measured),
        "expected": expected.render(_) if isinstance(expected, Message) else plain(expected),
        "verdict": result.verdict,
        "sentence": said(result.sentence),
        "seconds": round(result.seconds, 3),
    }

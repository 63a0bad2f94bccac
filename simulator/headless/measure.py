"""`measure`: numbers by name, of an experiment trained as far as each of them asks."""

import argparse
from typing import Any

from simulator.errors import ExperimentError
from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, number, plain, tell_of_files
from simulator.message import N_, Message
from simulator.quantities import Value


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("measure", help=_("numbers by name, such as accuracy.all or layers[3].dead@0"))
    add_experiment(command)
    what = _("what to measure (see list); quote names with brackets")
    command.add_argument("--what", nargs="+", metavar="NAME", required=True, help=what)
    command.add_argument("--steps", type=int, metavar="N", help=_("mini-batches to train instead of to the end"))
    add_changes(command)
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Measure and print."""
    if asked.steps is not None and asked.steps < 0:
        raise ExperimentError(Message(N_("steps must be at least 0, not {value}"), {"value": asked.steps}))
    run = asked_run(asked)

    from simulator.quantities import Subject, measure

    tell_of_files(run.experiment)
    found = measure(Subject(run, asked.steps), asked.what)
    if asked.json:
        print(as_json({name: _plain(value) for name, value in found.items()}))
        return 0
    width = max(map(len, found))
    for name, value in found.items():
        print(f"{name:<{width}}  {_shown(value)}")
    return 0


def _plain(value: Value) -> Value:
    return plain(value) if isinstance(value, float) else value


def _shown(value: Value) -> str:
    return str(value) if isinstance(value, str | int) else number(value, ".5g")

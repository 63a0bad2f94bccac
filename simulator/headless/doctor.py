"""`doctor`: train an experiment and say what is wrong with the run, causes before symptoms."""

import argparse
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.doctor.examination import Finding, Watch
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.errors import ExperimentError
from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, plain, said, tell_of_files
from simulator.message import N_, Message, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.analysis.doctor.trial_result import Trial
    from simulator.training.run.trainer import Trainer

STEPS = 500  # where neither epochs nor steps are given, and the experiment has no end
EARLY = (1, 2, 5, 10, 20)
FRAMES = 40  # recorded, evenly spread over the run


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("doctor", help=_("train an experiment and say what is wrong with it"))
    add_experiment(command)
    command.add_argument("--steps", type=int, metavar="N", help=_("mini-batches; else the experiment's own epochs"))
    add_changes(command)
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Train, examine and print. The exit code says that it ran, not what was found."""
    if asked.steps is not None and asked.steps < 1:
        raise ExperimentError(Message(N_("steps must be at least 1, not {value}"), {"value": asked.steps}))
    run = asked_run(asked)

    from simulator.analysis.doctor.trial import try_remedy
    from simulator.training.desk.lane import Lane
    from simulator.training.past.timeline import Timeline
    from simulator.training.run.trainer import Trainer

    tell_of_files(run.experiment)
    trainer = Trainer(run)
    lane = Lane(1, Timeline(trainer))
    watch, facts = Watch(), trainer.facts

    def look() -> tuple[Finding, ...]:
        return watch.examine(RunRecord.of(lane.picture(0), facts, trainer.experiment))

    before = look()
    if before and not asked.json:
        print(_("Before training"))
        _print_findings(before, {})
    for step in _recorded_steps(trainer, asked.steps):
        lane.timeline.advance(step - trainer.step, beyond=True)
        lane.refresh(())
        look()
        if trainer.ending is not None:
            break
    trainer.read()
    findings = look()
    tried: dict[str, Trial | None] = {}
    for finding in findings:
        if finding.is_cause and finding.remedy is not None:
            tried[finding.id] = try_remedy(trainer.experiment, finding.remedy, trainer.step, finding.aim, math.inf)
    if asked.json:
        told = {
            "steps": trainer.step,
            "before": [finding.id for finding in before],
            "findings": [_as_plain(finding, tried.get(finding.id)) for finding in findings],
        }
        print(as_json(told))
    else:
        causes = sum(finding.is_cause for finding in findings)
        values = {"findings": len(findings), "causes": causes}
        head = counted(
            "After {count} step: findings {findings}, causes {causes}",
            "After {count} steps: findings {findings}, causes {causes}",
            trainer.step,
            values,
        )
        print(head.render(_))
        _print_findings(findings, tried)
    return 0


def _recorded_steps(trainer: "Trainer", steps: int | None) -> list[int]:
    """Return the steps after which a frame is recorded, the last one included."""
    epochs = trainer.experiment.training.epochs
    last = steps or (epochs * trainer.steps_per_epoch if epochs else STEPS)
    evenly = np.linspace(0, last, FRAMES + 1).astype(int)[1:].tolist()
    return sorted({step for step in (*EARLY, *evenly) if 0 < step <= last})


def _print_findings(findings: tuple[Finding, ...], tried: "Mapping[str, Trial | None]") -> None:
    for number, finding in enumerate(findings, start=1):
        print(
            _("{number}  {title} (slide {id})").format(number=number, title=finding.title.render(_), id=finding.slide)
        )
        print(f"   {said(finding.sentence)}")
        print(f"   {said(finding.moment)}")
        trial = tried.get(finding.id)
        if trial is not None:
            print(f"   {said(_outcome(trial))}")


def _outcome(trial: "Trial") -> Message:
    """Say what the remedy came to, or that it came to nothing."""
    changed, unchanged = trial.changed, trial.unchanged
    values = {
        "change": trial.remedy.help,
        "steps": changed.steps,
        "broken": unchanged.steps,
        "loss": strong(changed.loss),
        "before": Measured(unchanged.loss),
        "accuracy": strong(changed.validation_accuracy, "share"),
        "examples": Measured(changed.validation_examples, "count"),
        "now": Measured(unchanged.validation_accuracy, "share"),
        "instead": Measured(unchanged.validation_examples, "count"),
    }
    if not trial.helps:
        return Message(N_("Tried for {steps} steps, without gain: {change}"), values)
    if trial.aim == "loss" and unchanged.diverged:
        text = N_(
            "Try: {change} Loss {loss} after {steps} steps from the start; without it training diverges in {broken}."
        )
        return Message(text, values)
    if trial.aim == "loss":
        return Message(N_("Try: {change} Loss {loss} after {steps} steps from the start, not {before}."), values)
    text = N_(
        "Try: {change} Validation {accuracy} of {examples} after {steps} steps from the start, not {now} of {instead}."
    )
    return Message(text, values)


def _as_plain(finding: Finding, trial: "Trial | None") -> dict[str, Any]:
    helps = trial is not None and trial.helps
    return {
        "id": finding.id,
        "cause": finding.is_cause,
        "title": finding.title.render(_),
        "sentence": said(finding.sentence),
        "slide": finding.slide,
        "since": finding.since,
        "step": finding.step,
        "examples": finding.examples,
        "remedy": dict(trial.remedy.patch) if trial is not None and helps else None,
        "loss": {"with": plain(trial.changed.loss), "without": plain(trial.unchanged.loss)} if trial else None,
    }

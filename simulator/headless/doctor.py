"""`doctor`: train an experiment and say what is wrong with the run, causes before symptoms."""

import argparse
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.analysis.doctor.examination import Finding, examine
from simulator.analysis.doctor.record import RunRecord
from simulator.errors import ExperimentError
from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, said, tell_of_files
from simulator.message import N_, Message

if TYPE_CHECKING:
    from simulator.training.trainer import Trainer

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

    from simulator.training.lane import Lane
    from simulator.training.timeline import Timeline
    from simulator.training.trainer import Trainer

    tell_of_files(run.experiment)
    trainer = Trainer(run)
    lane = Lane(1, Timeline(trainer))
    for step in _recorded_steps(trainer, asked.steps):
        lane.timeline.advance(step - trainer.step, beyond=True)
        lane.refresh(())
        if trainer.ending is not None:
            break
    trainer.read()
    findings = examine(RunRecord.of(lane.picture(0), trainer.facts, trainer.experiment))
    if asked.json:
        print(as_json({"steps": trainer.step, "findings": [_as_plain(finding) for finding in findings]}))
    else:
        _print(findings, trainer.step)
    return 0


def _recorded_steps(trainer: "Trainer", steps: int | None) -> list[int]:
    """Return the steps after which a frame is recorded, the last one included."""
    epochs = trainer.experiment.training.epochs
    last = steps or (epochs * trainer.steps_per_epoch if epochs else STEPS)
    evenly = np.linspace(0, last, FRAMES + 1).astype(int)[1:].tolist()
    return sorted({step for step in (*EARLY, *evenly) if 0 < step <= last})


def _print(findings: tuple[Finding, ...], step: int) -> None:
    causes = sum(finding.is_cause for finding in findings)
    text = _("After {step} steps: findings {findings}, causes {causes}")
    print(text.format(step=step, findings=len(findings), causes=causes))
    for number, finding in enumerate(findings, start=1):
        print(
            _("{number}  {title} (slide {id})").format(number=number, title=finding.title.render(_), id=finding.slide)
        )
        print(f"   {said(finding.sentence)}")
        if finding.is_cause and finding.remedy is not None:
            print("   " + _("Try: {change}").format(change=said(finding.remedy.help)))


def _as_plain(finding: Finding) -> dict[str, Any]:
    remedy = finding.remedy
    return {
        "id": finding.id,
        "cause": finding.is_cause,
        "title": finding.title.render(_),
        "sentence": said(finding.sentence),
        "slide": finding.slide,
        "since": finding.since,
        "remedy": None if remedy is None else dict(remedy.patch),
    }

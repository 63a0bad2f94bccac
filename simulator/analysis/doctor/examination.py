"""All diagnoses held against one run."""

import importlib
import pkgutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from simulator.analysis.doctor.diagnosis import Aim, Diagnosis, Evidence
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured
from simulator.message import N_, Message, counted
from simulator.training.frames.picture import RunFacts

PACKAGE = "simulator.analysis.doctor"
LASTING: Final = 0.25
"""Of the run's steps, that a finding outlasts its cause: what comes and goes faster cannot be read."""
LEAST_STEPS: Final = 20
LEAST_EPOCHS: Final = 3
"""Likewise."""


@dataclass(frozen=True)
class Finding:
    """What is wrong.

    Attributes
    ----------
    id
        Of the diagnosis.
    title
        A short sentence without a stop.
    sentence
        With the measured number; numbers are of `Measured`, the one that counts is strong.
    story
        How it comes about.
    slide
        The lecture's row.
    proof
        The id of the view that shows it.
    layer
        Index in `Frame.layers` of the worst layer, or None.
    since
        The step from which it holds.
    step, value, examples
        What it was decided on: the step, the quantity there, and how many examples that was measured on (0 where it is
        a setting).
    is_cause
        Whether no other finding explains it.
    remedy
        What to change, or None.
    aim
        What the remedy is to mend: "loss", "validation" or "sureness".
    """

    id: str
    title: Message
    sentence: Message
    story: Message
    slide: str
    proof: str
    layer: int | None
    since: int
    step: int
    value: float
    examples: int
    is_cause: bool
    remedy: Remedy | None
    aim: Aim

    @property
    def moment(self) -> Message:
        """What it was decided on, in words."""
        values = {"step": Measured(self.step, "count"), "count": Measured(self.examples, "count")}
        if not self.examples:
            return Message(N_("Found at step {step}."), values)
        return counted(
            "Found at step {step}, on {count} example.",
            "Found at step {step}, on {count} examples.",
            self.examples,
            values,
        )


@cache
def diagnoses() -> dict[str, Diagnosis]:
    """Return every diagnosis by its id, causes before symptoms."""
    found = {}
    for info in pkgutil.iter_modules(importlib.import_module(PACKAGE).__path__):
        diagnosis = getattr(importlib.import_module(f"{PACKAGE}.{info.name}"), "DIAGNOSIS", None)
        if isinstance(diagnosis, Diagnosis):
            found[info.name] = diagnosis
    return dict(sorted(found.items(), key=lambda item: item[1].rank))


def examine(record: RunRecord) -> tuple[Finding, ...]:
    """Return what is wrong, causes before symptoms; nothing when all is well."""
    return Watch().examine(record)


def foreseen(record: RunRecord) -> tuple[Finding, ...]:
    """Return what can be told before the first step: of the data and the settings."""
    return tuple(finding for finding in examine(record) if diagnoses()[finding.id].before)


class Watch:
    """Examines one run again and again.

    A finding keeps the step, value and sample it was decided on while it stands. It stands until its quantity has come
    back well behind the threshold, and has been away for a quarter of the run.
    """

    def __init__(self) -> None:
        self._facts: RunFacts | None = None
        self._moment = (0, 0)
        self._standing: dict[str, _Standing] = {}

    def examine(self, record: RunRecord) -> tuple[Finding, ...]:
        """Return what is wrong at the step on display. Another run, an edit or an earlier step begins anew."""
        moment = (record.began, record.steps)
        if record.facts is not self._facts or record.began != self._moment[0] or record.steps < self._moment[1]:
            self._standing = {}
        self._facts, self._moment = record.facts, moment
        found: dict[str, _Standing] = {}
        for name, diagnosis in diagnoses().items():
            if not found.keys().isdisjoint(diagnosis.unless_found):
                continue
            known = self._standing.get(name)
            evidence = diagnosis.evidence(record, standing=known is not None)
            if evidence is None:
                lasting = max(LASTING * record.steps, LEAST_STEPS, LEAST_EPOCHS * record.steps_per_epoch)
                if known is not None and record.steps - known.seen < lasting:
                    found[name] = known
            elif known is not None:
                found[name] = replace(known, seen=record.steps)
            else:
                alone = diagnosis.independent is not None and diagnosis.independent(record, evidence)
                found[name] = _Standing(_finding(name, evidence, record), alone, record.steps)
        self._standing = found
        findings = [
            replace(each.finding, is_cause=each.alone or not _explained(name, found)) for name, each in found.items()
        ]
        return tuple(sorted(findings, key=lambda finding: not finding.is_cause))


@dataclass(frozen=True)
class _Standing:
    """A finding, whether it follows from nothing else, and the number of steps after which it was last seen."""

    finding: Finding
    alone: bool
    seen: int


def _explained(name: str, found: Collection[str]) -> bool:
    return any(name in diagnoses()[other].explains for other in found)


def _finding(name: str, evidence: Evidence, record: RunRecord) -> Finding:
    diagnosis = diagnoses()[name]
    values = {} if evidence.layer is None else {"layer": record.layer(evidence.layer).name}
    return Finding(
        id=name,
        title=Message(diagnosis.title, values),
        sentence=diagnosis.sentence(record, evidence),
        story=Message(diagnosis.story),
        slide=diagnosis.slide,
        proof=diagnosis.proof,
        layer=evidence.layer,
        since=evidence.since,
        step=record.frame.step,
        value=evidence.value,
        examples=diagnosis.sample(record),
        is_cause=True,
        remedy=diagnosis.remedy(record, evidence),
        aim=diagnosis.aim,
    )

"""All diagnoses held against one run."""

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.remedies import Remedy
from simulator.message import Message

PACKAGE = "simulator.analysis.doctor"


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
        With the measured number; numbers are `Measured`s, the one that counts is strong.
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
    is_cause
        Whether no other finding explains it.
    remedy
        What to change, or None.
    aim
        What the remedy is to mend: "loss" or "validation".
    """

    id: str
    title: Message
    sentence: Message
    story: Message
    slide: str
    proof: str
    layer: int | None
    since: int
    is_cause: bool
    remedy: Remedy | None
    aim: str


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
    found: dict[str, Evidence] = {}
    for name, diagnosis in diagnoses().items():
        if found.keys().isdisjoint(diagnosis.unless_found):
            evidence = diagnosis.evidence(record)
            if evidence is not None:
                found[name] = evidence
    findings = [_finding(name, evidence, found, record) for name, evidence in found.items()]
    return tuple(sorted(findings, key=lambda finding: not finding.is_cause))


def _finding(name: str, evidence: Evidence, found: dict[str, Evidence], record: RunRecord) -> Finding:
    known = diagnoses()
    diagnosis = known[name]
    alone = diagnosis.independent is not None and diagnosis.independent(record, evidence)
    explained = not alone and any(name in known[other].explains for other in found)
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
        is_cause=not explained,
        remedy=diagnosis.remedy(record, evidence),
        aim=diagnosis.aim,
    )

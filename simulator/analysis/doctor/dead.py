"""Units that give 0 for every example and let no gradient pass (slide B7)."""

import numpy as np

from simulator.analysis.doctor.conditions import from_before, of_layers
from simulator.analysis.doctor.cures import livelier_units
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message, counted


def dead_shares(record: RunRecord) -> Series | None:
    """Return the share of dead units of each hidden layer, from step 0: an edit brings none of them back."""
    return of_layers(record.life, record.life.dead, record.hidden)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how many units are dead, and since when."""
    assert evidence.layer is not None
    layer = record.layer(evidence.layer)
    dead, whole = round(evidence.value * layer.units), _whole_since(record, evidence.layer)
    values = {
        "count": strong(dead, "count"),
        "units": Measured(layer.units, "count"),
        "examples": Measured(record.facts.probe_examples, "count"),
        "step": Measured(whole or 0, "count"),
    }
    if whole == 0:
        return counted(
            "The only unit gives 0 for every one of {examples} examples, from the start. No gradient passes, so "
            "nothing below can learn.",
            "All {count} units give 0 for every one of {examples} examples, from the start. No gradient passes, so "
            "nothing below can learn.",
            dead,
            values,
        )
    if whole is not None:
        return counted(
            "The only unit gives 0 for every one of {examples} examples, since step {step}. No gradient passes, so "
            "nothing below can learn.",
            "All {count} units give 0 for every one of {examples} examples, since step {step}. No gradient passes, so "
            "nothing below can learn.",
            dead,
            values,
        )
    return counted(
        "{count} of {units} units gives 0 for every one of {examples} examples. No gradient reaches its weights, so it "
        "stays that way.",
        "{count} of {units} units give 0 for every one of {examples} examples. No gradient reaches their weights, so "
        "they stay that way.",
        dead,
        values,
    )


def _whole_since(record: RunRecord, layer: int) -> int | None:
    """Return the step since which all units of a layer are dead; None where some live."""
    known = ~np.isnan(record.life.dead[:, layer])
    shares, steps = record.life.dead[known, layer], record.life.step[known]
    alive = np.flatnonzero(shares < 1)
    first = int(alive[-1]) + 1 if alive.size else 0
    return int(steps[first]) if first < steps.size else None


DIAGNOSIS = Diagnosis(
    rank=15,
    title=N_("Units of {layer} are dead"),
    story=N_(
        "ReLU gives 0 for all that is negative, and its slope there is 0. A unit that is negative for every "
        "example gets no gradient and cannot come back. One long step or a negative bias puts it there."
    ),
    slide="B7",
    proof="meters",
    quantity=dead_shares,
    threshold=0.4,
    side="above",
    hold=Hold(steps=20),
    unless_found=("identical_units",),
    explains=("guessing",),
    independent=from_before,
    sentence=sentence,
    remedy=livelier_units,
)

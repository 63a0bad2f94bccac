"""Units that start alike and stay alike (slide D1)."""

import numpy as np

from simulator.analysis.doctor.cures import better_weights, draws_alike
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.experiment.cards import cards
from simulator.message import N_, Message


def differences(record: RunRecord) -> Series | None:
    """Return how far the units of each hidden layer differ, at the start and now."""
    layers = tuple(index for index in record.hidden if record.layer(index).difference is not None)
    if not layers:
        return None
    frames = (record.start, record.frame)
    values = [[frame.layers[index].difference for index in layers] for frame in frames]
    return Series(np.array([frame.step for frame in frames], float), np.array(values, float), layers)


def are_dead(record: RunRecord, evidence: Evidence) -> bool:
    """Tell whether the layer only gives nothing: its weights differ, but every output is 0."""
    assert evidence.layer is not None
    output = record.layer(evidence.layer).output
    entry = cards(record.experiment.network)[evidence.layer - 1].entries[0]
    return output.zeros == output.total and not draws_alike(entry)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how many units are one."""
    assert evidence.layer is not None
    layer = record.layer(evidence.layer)
    text = N_(
        "All {units} units of {layer} give the same number for every one of {examples} examples: the layer is one unit "
        "wide. They started from equal weights and get equal gradients."
    )
    values = {
        "units": strong(layer.units, "count"),
        "layer": layer.name,
        "examples": Measured(record.facts.probe_examples, "count"),
    }
    return Message(text, values)


DIAGNOSIS = Diagnosis(
    rank=10,
    title=N_("The units of {layer} are identical"),
    story=N_(
        "A unit learns from its own weights and its own gradient. Where both are equal at the start they stay "
        "equal for ever. Random weights break the tie."
    ),
    slide="D1",
    proof="activations",
    quantity=differences,
    threshold=1e-4,
    side="below",
    hold=Hold(from_start=True),
    unless=(are_dead,),
    explains=("guessing",),
    sentence=sentence,
    remedy=better_weights,
)

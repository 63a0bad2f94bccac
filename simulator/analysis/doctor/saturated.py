"""Activations at their bounds before anything is learned (slides B2, D3)."""

from simulator.analysis.doctor.conditions import from_the_start, learned_little, of_layers
from simulator.analysis.doctor.cures import better_weights, smaller_input
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message


def saturated_shares(record: RunRecord) -> Series | None:
    """Return the share of saturated values of each hidden layer."""
    return of_layers(record.track, record.track.saturated, record.hidden)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say which share lies at the bounds, and how much of it blocks the way back."""
    assert evidence.layer is not None
    layer = record.layer(evidence.layer)
    text = N_(
        "{share} of the values of {layer} lie within 1 % of a bound, and {blocked} let less than a thousandth of the "
        "gradient pass."
    )
    values = {
        "share": strong(evidence.value, "share"),
        "layer": layer.name,
        "blocked": Measured(layer.blocked or 0.0, "share"),
    }
    return Message(text, values)


def remedy(record: RunRecord, evidence: Evidence) -> Remedy | None:
    """Return smaller features where they are large, smaller weights otherwise."""
    return smaller_input(record) or better_weights(record, evidence)


DIAGNOSIS = Diagnosis(
    rank=11,
    title=N_("{layer} is saturated"),
    story=N_(
        "Near its bounds an activation is flat, so almost nothing passes back. Large weights or large "
        "features drive it there. The slide says that gradients will be 0; where the weights are large, dL/dh "
        "can grow all the same."
    ),
    slide="D3",
    proof="meters",
    quantity=saturated_shares,
    threshold=0.5,
    side="above",
    hold=Hold(steps=20),
    needs=(learned_little,),
    unless_found=("identical_units",),
    explains=("exploding", "vanishing", "guessing"),
    independent=from_the_start,
    sentence=sentence,
    remedy=remedy,
)

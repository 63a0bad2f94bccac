"""Gradients that grow on the way back, from the first step on (slides D3, D6)."""

from simulator.analysis.doctor.conditions import learned_little, on_the_way_back
from simulator.analysis.doctor.cures import better_weights
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

SATURATED = 0.5


def values_are_free(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether no layer was saturated at the start: then saturation has not brought it about (D3)."""
    return all((layer.saturated or 0.0) < SATURATED for layer in record.start.layers)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how much larger dL/dh is at the bottom, and what that is a layer."""
    text = N_("dL/dh is {times} times larger in {first} than in {last}: about {each} times more a layer.")
    values = {
        "times": strong(evidence.value),
        "first": record.layer(record.hidden[0]).name,
        "last": record.frame.layers[-1].name,
        "each": Measured(evidence.value ** (1 / len(record.hidden))),
    }
    return Message(text, values)


DIAGNOSIS = Diagnosis(
    rank=12,
    title=N_("The gradient explodes"),
    story=N_(
        "On the way back dL/dh is multiplied by the weights of every layer. Weights that stretch it a little "
        "in each layer stretch it beyond all bounds in many."
    ),
    slide="D3",
    proof="gradient_flow",
    quantity=on_the_way_back,
    threshold=100.0,
    side="above",
    hold=Hold(steps=10, from_start=True),
    needs=(learned_little,),
    unless_found=("identical_units",),
    explains=("rate_too_large", "dead", "divergence", "guessing"),
    independent=values_are_free,
    sentence=sentence,
    remedy=better_weights,
)

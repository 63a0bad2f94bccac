"""Gradients too small to move the lower layers (slides D2, D5, D7)."""

import numpy as np

from simulator.analysis.doctor.conditions import cut_off, learned_nothing, on_the_way_back, update_ratios
from simulator.analysis.doctor.cures import better_weights
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

MOVES = 3e-3


def lowest_layer_moves(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether dL/dW is large enough all the same: dL/dh and dL/dW disagree where values are large (D2)."""
    ratio = lowest_ratio(record)
    return bool(ratio >= MOVES)


def lowest_ratio(record: RunRecord) -> float:
    """Return the newest known update : weight of the lowest hidden layer, or NaN."""
    ratios = update_ratios(record)[:, 0]
    known = ratios[np.isfinite(ratios)]
    return float(known[-1]) if known.size else np.nan


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how much smaller dL/dh is at the bottom, and what is left for the weights there."""
    values = {
        "times": strong(1 / evidence.value) if evidence.value > 0 else strong(np.inf),
        "first": record.layer(record.hidden[0]).name,
        "last": record.frame.layers[-1].name,
        "ratio": Measured(lowest_ratio(record)),
    }
    text = N_(
        "dL/dh is {times} times smaller in {first} than in {last}. One update moves the weights of {first} by {ratio} "
        "of their size; about a thousandth is healthy."
    )
    return Message(text, values)


DIAGNOSIS = Diagnosis(
    rank=14,
    title=N_("The gradient vanishes"),
    story=N_(
        "On the way back dL/dh is multiplied by the weights and slopes of every layer. Where they shrink it "
        "each time, nothing is left for the lower layers. dL/dW also holds the layer's input, so the two need "
        "not agree: in slide D2 dL/dW is equally small in every layer."
    ),
    slide="D2",
    proof="gradient_flow",
    quantity=on_the_way_back,
    threshold=1e-2,
    side="below",
    hold=Hold(steps=20),
    needs=(learned_nothing,),
    unless=(lowest_layer_moves, cut_off),
    unless_found=("identical_units",),
    explains=("dead", "guessing"),
    sentence=sentence,
    remedy=better_weights,
)

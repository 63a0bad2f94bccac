"""Steps so long that training undoes what it did (slides F6, H1, H4)."""

import numpy as np

from simulator.analysis.doctor.conditions import found_dead, is_unsettled, update_ratios
from simulator.analysis.doctor.cures import other_rate
from simulator.analysis.doctor.diagnosis import EVER, Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

WILD = 10.0  # a percentage says no more
HEALTHY = 1e-3
SMALLEST, LARGEST = 0.01, 0.1  # times the rate


def ratios_of_layers(record: RunRecord) -> Series | None:
    """Return update : weight of every layer with weights, by recorded frame."""
    ratios = update_ratios(record)
    if not ratios.size:
        return None
    return Series(record.track.step.astype(float), np.where(np.isfinite(ratios), ratios, np.nan), record.weighted)


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how far one update moved the weights."""
    assert evidence.layer is not None
    values = {
        "step": Measured(evidence.step, "count"),
        "layer": record.layer(evidence.layer).name,
        "healthy": Measured(HEALTHY, "share"),
    }
    if evidence.value >= WILD:
        text = N_("In step {step} one update moved the weights of {layer} by {ratio} times their size, not {healthy}.")
        return Message(text, {**values, "ratio": strong(evidence.value)})
    text = N_(
        "In step {step} one update moved the weights of {layer} by {ratio} of their size. About {healthy} is healthy."
    )
    return Message(text, {**values, "ratio": strong(evidence.value, "share")})


def remedy(record: RunRecord, evidence: Evidence) -> Remedy:
    """Return a rate ten times smaller, or smaller still where one update moved the weights by more than a tenth."""
    return other_rate(record, float(np.clip(0.01 / evidence.value, SMALLEST, LARGEST)))


DIAGNOSIS = Diagnosis(
    rank=13,
    title=N_("The learning rate is too large"),
    story=N_(
        "A step that is too long jumps over the valley it should go down into. The notes to the lecture "
        "compare the size of an update with the size of the weights: about a thousandth is healthy."
    ),
    slide="H4",
    proof="update_ratio_time",
    quantity=ratios_of_layers,
    threshold=5e-3,
    side="above",
    hold=Hold(when=EVER),
    needs=(is_unsettled,),
    unless=(found_dead,),
    explains=("saturated", "dead", "vanishing", "divergence", "guessing"),
    sentence=sentence,
    remedy=remedy,
)

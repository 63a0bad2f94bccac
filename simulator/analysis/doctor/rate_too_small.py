"""Steps so short that the loss goes down in a straight line, and not far (slides F4, H1)."""

import numpy as np

from simulator.analysis.doctor.conditions import CAUSES, cut_off, update_ratios
from simulator.analysis.doctor.cures import other_rate
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

MUCH = 0.6
STRAIGHT = 0.25
TARGET = 3e-3
SMALLEST, LARGEST = 10.0, 300.0  # times the rate


def pace(record: RunRecord) -> Series | None:
    """Return how far one update moves the scores, by recorded frame.

    The geometric mean of update : weight over the layers, times the spread of the scores where that is below 1: tiny
    weights may double and the network still says nothing.
    """
    ratios = update_ratios(record)
    if not ratios.size:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.exp(np.log(ratios).mean(axis=1))
    spread = np.minimum(record.track.std[:, -1].astype(float), 1.0)
    return Series(record.track.step.astype(float), (mean * spread)[:, None])


def falls_straight(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the loss falls, and hardly less in the second half than in the first."""
    losses = record.readings.training_loss
    if losses.size < 3 or not np.isfinite(losses).all():
        return False
    middle = float(np.interp((record.readings.step[0] + record.readings.step[-1]) / 2, record.readings.step, losses))
    first, second = float(losses[0]) - middle, middle - float(losses[-1])
    return second > 0 and second >= STRAIGHT * first


def much_is_left(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether a good part of the loss of guessing is still there."""
    return record.learned < MUCH


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say how far the loss came in how many steps."""
    losses = record.readings.training_loss
    first, last = float(losses[0]), float(losses[-1])
    text = N_("In {steps} steps the loss fell by {share}, from {first} to {last}, and nearly in a straight line.")
    values = {
        "steps": Measured(record.steps, "count"),
        "share": strong((first - last) / first, "share"),
        "first": Measured(first),
        "last": Measured(last),
    }
    return Message(text, values)


def remedy(record: RunRecord, evidence: Evidence) -> Remedy:
    """Return a rate at which one update would move the scores as much as is healthy."""
    wanted = TARGET / evidence.value if evidence.value > 0 else LARGEST
    return other_rate(record, float(np.clip(wanted, SMALLEST, LARGEST)))


DIAGNOSIS = Diagnosis(
    rank=16,
    title=N_("The learning rate is too small"),
    story=N_(
        "Every step goes the right way, but hardly anywhere. Accuracy may climb all the same: only the winner "
        "has to change, by the smallest lead (slide F4)."
    ),
    slide="F4",
    proof="loss",
    quantity=pace,
    threshold=3e-4,
    side="below",
    hold=Hold(steps=100, epochs=3),
    needs=(much_is_left, falls_straight),
    unless=(cut_off,),
    unless_found=(*CAUSES, "identical_units", "saturated", "exploding", "rate_too_large", "vanishing", "dead"),
    explains=("guessing",),
    sentence=sentence,
    remedy=remedy,
)

"""Steps so long that training undoes what it did (slides F6, H1, H4)."""

import numpy as np

from simulator.analysis.doctor.conditions import is_unsettled, update_ratios
from simulator.analysis.doctor.cures import other_rate
from simulator.analysis.doctor.diagnosis import EVER, Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.analysis.remedies import Remedy
from simulator.message import N_, Message

WILD = 10.0  # a percentage says no more
FIRST = 20  # steps that the sentence speaks of, where frames of them were recorded
HEALTHY = 1e-3
SMALLEST, LARGEST = 0.01, 0.1  # times the rate


def largest_ratios(record: RunRecord) -> Series | None:
    """Return the largest update : weight of all layers, by recorded frame."""
    ratios = update_ratios(record)
    if not ratios.size:
        return None
    worst = np.nanmax(np.where(np.isnan(ratios), -np.inf, ratios), axis=1)
    return Series(record.track.step.astype(float), np.where(np.isfinite(worst), worst, np.nan)[:, None])


def early_range(record: RunRecord) -> tuple[float, float, int]:
    """Return the least and the largest of the layers' update : weight in the first steps, and how many steps those are.

    Without a frame of the first 20 steps, all recorded ones count.
    """
    ratios, step = update_ratios(record), record.track.step - record.began
    known = np.isfinite(ratios).any(axis=1)
    early = known & (step <= FIRST)
    chosen = early if early.any() else known
    if not chosen.any():
        return np.nan, np.nan, 0
    median = np.nanmedian(np.where(np.isfinite(ratios[chosen]), ratios[chosen], np.nan), axis=0)
    median = median[np.isfinite(median)]
    return float(median.min()), float(median.max()), FIRST if early.any() else int(step[chosen][-1])


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say how far one update moved the weights."""
    low, high, steps = early_range(record)
    values = {"steps": Measured(min(steps, record.steps), "count"), "healthy": Measured(HEALTHY, "share")}
    if high >= WILD:
        text = N_("In the first {steps} steps one update moved the weights by {range} times their size, not {healthy}.")
        return Message(text, {**values, "range": strong(low, "number", high)})
    text = N_(
        "In the first {steps} steps one update moved the weights by {range} of their size. About {healthy} is healthy."
    )
    return Message(text, {**values, "range": strong(low, "share", high)})


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy:
    """Return a rate ten times smaller, or smaller still where one update moved the weights by more than a tenth."""
    _low, high, _steps = early_range(record)
    return other_rate(record, float(np.clip(0.01 / high, SMALLEST, LARGEST)) if high > 0 else LARGEST)


DIAGNOSIS = Diagnosis(
    rank=4,
    title=N_("The learning rate is too large"),
    story=N_(
        "A step that is too long jumps over the valley it should go down into. The notes to the lecture "
        "compare the size of an update with the size of the weights: about a thousandth is healthy."
    ),
    slide="H4",
    proof="update_ratio_time",
    quantity=largest_ratios,
    threshold=5e-3,
    side="above",
    hold=Hold(when=EVER),
    needs=(is_unsettled,),
    explains=("saturated", "dead", "vanishing", "divergence", "guessing"),
    sentence=sentence,
    remedy=remedy,
)

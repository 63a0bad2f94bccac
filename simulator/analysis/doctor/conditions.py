"""What several diagnoses ask of a record."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.doctor.diagnosis import Evidence, Series
from simulator.analysis.doctor.record import Numbers, RunRecord
from simulator.training.frames.curves import Track

HALF: Final = 0.5
BARELY: Final = 0.1
"""Shares of the loss of guessing that are gone."""
REBOUND: Final = 0.05
"""The training loss above its least so far, over the loss of guessing: good rates stay under 0.02."""
STILL: Final = 0.01
"""The same of the newest readings: a rise that is over is no fault of the present."""
LATEST: Final = 4
"""Readings that count as the newest."""
SETTLED: Final = 50
"""Steps before which rises and falls are those of the beginning."""
BLOWN: Final = 3.0
"""Times the first loss (slide F6)."""
MOST: Final = 0.5
"""Of the units of a layer."""
DEEP: Final = 3
"""Hidden layers: in fewer, dL/dh is small where the weights above are, and nothing is wrong (slide F1)."""


CAUSES: Final = ("unscaled_inputs", "rate_zero", "lone_example", "strong_penalty")
"""Outside the network: where one is found, neither the rate nor the size of the network is to blame."""


def reading_sample(record: RunRecord) -> int:
    """Return how many training examples a reading looks at: as many as validate, where there are so many."""
    size = int(record.facts.training.size)
    return min(record.facts.validation_examples or size, size)


def batch_sample(record: RunRecord) -> int:
    """Return the examples of a mini-batch."""
    return min(record.experiment.training.batch_size, int(record.facts.training.size))


def validation_sample(record: RunRecord) -> int:
    """Return how many validation examples a reading looks at."""
    return record.facts.validation_examples


def learned_little(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the loss is still above half of that of guessing, or no number."""
    return not record.learned >= HALF


def learned_nothing(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether less than a tenth of the loss of guessing is gone."""
    return not record.learned >= BARELY


def is_unsettled(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether training undoes what it did: the loss climbs back, or rose to three times its start on the way."""
    return blew_up(record) or climbs_back(record)


def blew_up(record: RunRecord) -> bool:
    """Tell whether the smoothed loss reached three times the first loss (slide F6) and never recovered."""
    if record.losses.first_bad_step is not None:
        return True
    smooth = record.losses.smooth
    high = bool(smooth.size and np.nanmax(smooth) >= BLOWN * max(record.first_loss, record.guessing_loss))
    return high and record.learned < HALF


def climbs_back(record: RunRecord) -> bool:
    """Tell whether the training loss, read at epoch ends, lies above its least so far on the whole, and still does.

    Judged are the mean of the newer half of the readings and the median of the newest few, so that one bad epoch does
    not count; the unit is the loss of guessing.
    """
    losses = record.readings.training_loss
    if losses.size <= LATEST or record.steps < SETTLED or not record.guessing_loss:
        return False
    losses = np.where(np.isfinite(losses), losses, np.inf)
    rises = np.minimum((losses - np.minimum.accumulate(losses)) / record.guessing_loss, 1.0)
    return bool(rises[losses.size // 2 :].mean() >= REBOUND and np.median(rises[-LATEST:]) >= STILL)


def from_the_start(_record: RunRecord, evidence: Evidence) -> bool:
    """Tell whether it was so before the first update: nothing that training does has brought it about."""
    return evidence.since == 0


def from_before(record: RunRecord, evidence: Evidence) -> bool:
    """Tell whether it was so when the values in force came: nothing that they do has brought it about."""
    return evidence.since <= record.began


def found_dead(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether an edit found a hidden layer of which most units were dead: no rate makes those learn."""
    if not record.began or not record.hidden:
        return False
    before = record.life.dead[record.life.step <= record.began]
    return bool(before.size and (before[-1, list(record.hidden)] > MOST).any())


def cut_off(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether a layer lets nothing pass: all its units are dead."""
    return any((layer.dead or 0.0) == 1.0 for layer in record.frame.layers)


def on_the_way_back(record: RunRecord) -> Series | None:
    """Return dL/dh of the lowest hidden layer over that of the output, by recorded frame; None for shallow networks."""
    if len(record.hidden) < DEEP:
        return None
    gradient = record.track.output_gradient.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = gradient[:, record.hidden[0]] / gradient[:, -1]
    return Series(record.track.step.astype(np.float64), ratio[:, None])


def update_ratios(record: RunRecord) -> Numbers:
    """Return update : weight of the layers with weights, shape (k, layers); NaN where it is not known."""
    return record.track.update_ratio[:, list(record.weighted)].astype(np.float64)


def of_layers(track: Track, values: NDArray[np.float32], layers: tuple[int, ...]) -> Series | None:
    """Return the series of some layers of a meter of the track; None without layers."""
    if not layers or values.shape[1] <= max(layers):
        return None
    return Series(track.step.astype(np.float64), values[:, list(layers)].astype(np.float64), layers)

"""The speeds one may choose, their words, and the one a data set starts with."""

import math
from typing import Final

from app.look import numbers
from app.system.i18n import _, ngettext
from simulator.training import Loaded

EPOCHS_A_SECOND: Final = 30
"""About one epoch a picture: every picture shows something new, and nothing is missed."""

SHORTEST_RUN: Final = 6
"""Seconds that a run of so many epochs takes at least: what is over in a blink shows nothing."""

SPEEDS: Final[tuple[float | None, ...]] = (
    *(float(digit * 10**power) for power in range(5) for digit in (1, 2, 3, 5, 7)),
    None,
)
"""Steps a second, in about even ratios; None, the last, is as fast as the machine can."""


def nearest(steps_per_second: float | None) -> int:
    """Return the index in `SPEEDS` of the speed nearest to the one given, in ratio."""
    if steps_per_second is None:
        return len(SPEEDS) - 1
    wanted = math.log(max(steps_per_second, 1.0))
    return min(range(len(SPEEDS) - 1), key=lambda index: abs(math.log(SPEEDS[index] or 1.0) - wanted))


def default_speed(loaded: Loaded) -> float | None:
    """Return the speed a run begins with: slow enough to be watched, where the machine could be faster."""
    training = loaded.experiment.training
    steps = math.ceil(loaded.facts.training.size / training.batch_size)
    if loaded.facts.dataset.plane:
        return float(steps * EPOCHS_A_SECOND)
    return steps * training.epochs / SHORTEST_RUN if training.epochs else None


def speed_words(steps_per_second: float | None) -> str:
    """Return a chosen speed in words."""
    if steps_per_second is None:
        return _("as fast as possible")
    steps = round(steps_per_second)
    return ngettext("{count} step/s", "{count} steps/s", steps).format(count=numbers.count(steps))


def short_speed_words(steps_per_second: float | None) -> str:
    """Return a chosen speed in as few words as there are."""
    return _("fastest") if steps_per_second is None else speed_words(steps_per_second)

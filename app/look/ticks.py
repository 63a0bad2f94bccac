"""Where ticks stand, and ranges that move in coarse jumps so that axes keep still while curves grow."""

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.look.numbers import decimal_mark, percent, power_of_ten, short

_ROUND: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_PARTS: Final = (0.0, math.log10(2), math.log10(5))
_SHRINK: Final = 0.4
"""A range gives way when less than this share of it is used."""


@dataclass(frozen=True)
class Tick:
    """A place on an axis and what is written there; `strong` is for the selected layer."""

    at: float
    text: str
    strong: bool = False


def round_up(value: float) -> float:
    """Return the next number of the kind 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten."""
    if not (math.isfinite(value) and value > 0):
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    # tiny steps over a round number are rounding, not data
    return next((unit * step for step in _ROUND if unit * step >= value * (1 - 1e-9)), 10 * unit)


def linear_ticks(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return at most `most` round ticks in [low, high]."""
    return _linear_ticks(low, high, most, decimal_mark())


@functools.lru_cache(maxsize=64)
def _linear_ticks(low: float, high: float, most: int, _mark: str) -> tuple[Tick, ...]:
    """Return the ticks; axes ask for the same ones frame after frame, and only the decimal mark may change them."""
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return ()
    unit = 10.0 ** math.floor(math.log10(span / most))
    for step in (unit * factor for factor in (*_STEPS, 20.0)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            places = [step * index for index in range(first, last + 1)]
            figures = _figures(max(map(abs, places), default=0.0), step)
            return tuple(Tick(place, short(place, figures)) for place in places)
    return ()


def _figures(largest: float, step: float) -> int:
    """Return the significant figures that tell ticks of this step apart: 1.005 and 1.01 need four."""
    if largest == 0:
        return 3
    unit = math.floor(math.log10(step) + 1e-9)
    quarter = not math.isclose(step, round(step / 10.0**unit) * 10.0**unit)
    return max(3, math.floor(math.log10(largest) + 1e-9) - unit + 1 + quarter)


def whole_ticks(high: float, most: int = 5, low: float = 0.0) -> tuple[Tick, ...]:
    """Return ticks in [low, high] at whole numbers only: steps, epochs."""
    return tuple(tick for tick in linear_ticks(low, high, most) if float(round(tick.at, 6)).is_integer())


def whole_between(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return ticks in [low, high] at whole numbers only."""
    return whole_ticks(high, most, low)


def percent_ticks(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return round ticks for shares in [low, high], written in percent."""
    return tuple(Tick(tick.at, percent(tick.at)) for tick in linear_ticks(low, high, most))


def log_percent_ticks(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return ticks for shares on a logarithmic axis, written in percent; ends and places are exponents."""
    return tuple(Tick(tick.at, percent(10**tick.at)) for tick in log_ticks(low, high, most))


def decade_ticks(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return ticks at whole powers of ten; `low`, `high` and the places are exponents."""
    first, last = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    stride = max(1, math.ceil((last - first) / max(1, most - 1)))
    # counted from 1 = 10⁰, so that strides meet the familiar powers, unless that costs a tick
    familiar = range(math.ceil(first / stride) * stride, last + 1, stride)
    powers = max(familiar, range(first, last + 1, stride), key=len)
    return tuple(Tick(power, power_of_ten(power)) for power in powers)


def log_ticks(low: float, high: float, most: int = 5) -> tuple[Tick, ...]:
    """Return ticks at powers of ten or, where fewer than three are in view, also at 2 and 5 times those."""
    whole = decade_ticks(low, high, most)
    if len(whole) >= 3:
        return whole
    first, last = math.floor(low), math.ceil(high)
    for parts in (_PARTS, (0.0, _PARTS[2]), (0.0, _PARTS[1])):
        places = [power + part for power in range(first, last + 1) for part in parts]
        seen = [place for place in places if low - 1e-9 <= place <= high + 1e-9]
        if len(seen) <= most:
            return tuple(Tick(place, short(float(f"{10**place:.1g}"))) for place in seen)
    return whole


def spaced(ticks: Sequence[Tick], apart: float) -> tuple[Tick, ...]:
    """Return the ticks from the first on that are at least `apart` from each other, in the axis' own unit."""
    kept: list[Tick] = []
    for tick in ticks:
        if not kept or tick.at - kept[-1].at >= apart * (1 - 1e-9):
            kept.append(tick)
    return tuple(kept)


def coarse_window(low: float, high: float) -> tuple[float, float]:
    """Return ends round [low, high] for an axis that moves along: they go on in jumps of a fifth of its length."""
    unit = round_up((high - low) / 5)
    return unit * math.floor(low / unit + 1e-9), unit * math.ceil(high / unit - 1e-9)


class CoarseTop:
    """The upper end of an axis that starts at 0."""

    def __init__(self) -> None:
        self._top: float | None = None

    def fit(self, wanted: float) -> float:
        """Return a round number of at least `wanted`; the present one as long as it serves."""
        if self._top is None or wanted > self._top or wanted < _SHRINK * self._top:
            self._top = round_up(wanted)
        return self._top

    def forget(self) -> None:
        """Begin anew: another run."""
        self._top = None


class CoarseDecades:
    """The ends of a logarithmic axis, as exponents: whole, or with `fine` also those of 2 and 5."""

    def __init__(self, least: float = 2, fine: bool = False) -> None:
        self._least = least
        self._parts = _PARTS if fine else (0.0,)
        self._ends: tuple[float, float] | None = None

    def fit(self, exponents: Sequence[float]) -> tuple[float, float]:
        """Return ends round all finite `exponents`; the present ones as long as they serve."""
        finite = [value for value in exponents if math.isfinite(value)]
        if not finite:
            return self._ends or (-self._least, 0)
        low, high = self._below(min(finite)), -self._below(-max(finite))
        if self._ends is not None:
            lowest, highest = min(low, self._ends[0]), max(high, self._ends[1])
            if high - low >= _SHRINK * (highest - lowest):
                low, high = lowest, highest
        low -= max(0.0, self._least - (high - low))
        self._ends = (low, high)
        return self._ends

    def forget(self) -> None:
        """Begin anew: another run."""
        self._ends = None

    def _below(self, value: float) -> float:
        """Return the next allowed exponent at or under `value`; 2 and 5 are mirror images, so it serves both ends."""
        whole = math.floor(value + 1e-9)
        return max(whole + part for part in self._parts if whole + part <= value + 1e-9)

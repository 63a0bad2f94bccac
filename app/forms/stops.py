"""Where a slider may stand: a list of round numbers, found from a field's declaration alone."""

import math
from itertools import chain
from typing import Final

from simulator.declaration import DeclaredField

MOST_DECADES: Final = 7
"""A logarithmic slider over more cannot be aimed; it then shows a window round the default."""
DECADES_BELOW: Final = 5
DECADES_ABOVE: Final = 2
REFERENCE_OF_ZERO: Final = 0.1
"""Stands for a default of 0, which has no decade."""
WIDEST_LINEAR: Final = 10.0
"""Real numbers over a wider range (biases from -100 to 100) are typed."""
MOST_WHOLE: Final = 1000
MOST_LINEAR: Final = 200
"""More stops than pixels help nobody."""

_MANTISSAS: Final = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)


def stops(declared: DeclaredField) -> tuple[float, ...]:
    """Return the numbers a slider for this field stops at, ascending; empty if the field should have no slider.

    The default is one of them: an untouched slider stands exactly where it says.
    """
    found = _without_default(declared)
    default = declared.default
    if not found or not isinstance(default, int | float) or not found[0] <= default <= found[-1]:
        return found
    return tuple(sorted({*found, default}))


def _without_default(declared: DeclaredField) -> tuple[float, ...]:
    low, high = declared.about.low, declared.about.high
    if low is None or high is None:
        return ()
    whole = declared.type is int
    if declared.about.scale == "logarithmic":
        if low > 0 and math.log10(high / low) <= MOST_DECADES:
            return _round_numbers(low, high, whole)
        reference = declared.default if isinstance(declared.default, int | float) and declared.default else None
        middle = float(reference or REFERENCE_OF_ZERO)
        # ten digits: 0.1 * 10**-5 is 0.0000010000000000000002
        least, most = (float(f"{middle * 10.0**power:.10g}") for power in (-DECADES_BELOW, DECADES_ABOVE))
        window = _round_numbers(max(low, least), min(high, most), whole)
        return tuple(dict.fromkeys((low, *window)))
    if whole:
        return tuple(range(int(low), int(high) + 1)) if high - low <= MOST_WHOLE else ()
    return _even_numbers(low, high) if high - low <= WIDEST_LINEAR else ()


def _round_numbers(low: float, high: float, whole: bool) -> tuple[float, ...]:
    """Return round numbers, about ten a decade; for whole numbers also the powers of two."""
    decades = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 1)
    # through text: 3 * 10**-4 is 0.00030000000000000003
    numbers = (float(f"{mantissa}e{decade}") for decade in decades for mantissa in _MANTISSAS)
    if whole:
        powers = (2.0**exponent for exponent in range(math.ceil(math.log2(high)) + 1))
        numbers = (number for number in chain(numbers, powers) if number == int(number))
    inside = {number for number in chain((low, high), numbers) if low <= number <= high}
    return tuple(int(number) if whole else float(number) for number in sorted(inside))


def _even_numbers(low: float, high: float) -> tuple[float, ...]:
    """Return the finest steps of 1, 2 or 5 times a power of ten that are not too many, and both ends."""
    finest = (high - low) / MOST_LINEAR
    decade = math.floor(math.log10(finest))
    step = next(step for m in (1, 2, 5, 10) if (step := float(f"{m}e{decade}")) >= finest * (1 - 1e-9))
    digits = max(0, -decade)
    inner = (round(k * step, digits) for k in range(math.ceil(low / step), math.floor(high / step) + 1))
    return tuple(sorted({low, high, *(number for number in inner if low <= number <= high)}))

"""One gradient against central differences of several steps.

A quotient errs by the third derivative times step^2 and by rounding / step. The first step is right for most gradients,
smaller ones where the loss bends sharply or a kink is near, larger ones where the gradient is tiny.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

LIMIT = 1e-5  # a relative error from here on is too large
GOOD = 1e-6  # under this no other step is tried
FLOOR = 1e-8  # what an error is compared with at least
# Steps as powers of a tenth.
FIRST, SMALLER, LARGER = 5, (6, 7, 8), (2, 3, 4)
CLEAR = 10  # an error so many times the doubt in the quotient is the gradient's


@dataclass(frozen=True)
class Comparison:
    """How far a gradient is off.

    Attributes
    ----------
    error
        The least relative error over the steps.
    away, doubts
        By the power of a tenth that was the step: how far off the quotient is, and how far off it could be by itself
        (rounding, and a tenth of what a step ten times as large differs by). Only what was tried.
    """

    error: float
    away: dict[int, float]
    doubts: dict[int, float]

    def is_unclear(self, spoiled: Callable[[float], bool]) -> bool:
        """Tell whether the surest quotient could itself be as far off.

        Parameters
        ----------
        spoiled
            Whether the function is not smooth within a step.
        """
        for power in sorted(self.doubts, key=lambda power: self.doubts[power]):
            if not spoiled(10.0**-power):
                return self.away[power] <= CLEAR * self.doubts[power]
        return True


def compare(quotient: Callable[[float], float], gradient: float, typical: float, rounding: float) -> Comparison:
    """Compare a gradient with quotients until one agrees.

    Parameters
    ----------
    quotient
        The central difference of a step.
    typical
        A much smaller gradient is compared with this size instead of its own.
    rounding
        How exactly the function is known.
    """
    floor = max(typical, FLOOR)
    tiny = rounding * 10.0**FIRST > LIMIT * max(abs(gradient), floor)
    error = math.inf
    found: dict[int, float] = {}
    for power in (FIRST, *LARGER, *SMALLER) if tiny else (FIRST, *SMALLER, *LARGER):
        found[power] = numeric = quotient(10.0**-power)
        estimates = [numeric]
        if power - 1 in found:
            estimates.append((100 * numeric - found[power - 1]) / 99)  # free of the error in step^2
        for estimate in estimates:
            error = min(error, abs(gradient - estimate) / max(abs(gradient), abs(estimate), floor))
        if error < (GOOD if power == FIRST else LIMIT):
            break
    away = {power: abs(gradient - numeric) for power, numeric in found.items()}
    doubts = {
        power: rounding * 10.0**power + abs(numeric - found[power - 1]) / 10
        for power, numeric in found.items()
        if power - 1 in found
    }
    return Comparison(error, away, doubts)

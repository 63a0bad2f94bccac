"""What a chart is, as values: series over one axis, linear or logarithmic. `ChartFigure` draws it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.look.marks import CIRCLE
from app.look.numbers import number, short

Numbers = NDArray[np.float64]
Look = Literal["line", "dashes", "dots", "dots and dashes", "points", "thin"]

EDGE: Final = 0.06
"""Share of a vertical range that is kept free above and below what is drawn."""
MARK_EDGE: Final = 0.02
"""The same of a horizontal range with marks."""


@dataclass(frozen=True, eq=False)
class Series:
    """Numbers over numbers.

    Attributes
    ----------
    key, name
        What the legend calls it; without a name it is in no legend.
    x, y
        Shape (points,), x rising or NaN; where y is NaN the line has a gap.
    colour
        The name of a token, or ``#RRGGBB``.
    look
        A thick line, solid or broken as those of the lanes are, marks alone, or thin lines behind everything.
    shape
        The mark of its points, or at the end of its line.
    end
        The words at the end of the line; empty for none.
    ink
        The token of these words.
    readable
        Whether the mouse reads its values.
    """

    key: str
    name: str
    x: Numbers
    y: Numbers
    colour: str = "accent"
    look: Look = "line"
    shape: str = CIRCLE
    end: str = ""
    ink: str = "accent"
    readable: bool = True


@dataclass(frozen=True)
class Level:
    """A dotted horizontal line and its words, such as the loss of a network that knows nothing."""

    y: float
    text: str


@dataclass(frozen=True, eq=False)
class Chart:
    """What is drawn.

    Attributes
    ----------
    series
        The later ones lie over the earlier.
    x_name
        Written under the axis.
    y_name
        Written beside the vertical axis, where the title does not say it.
    x_log, y_log
        Whether the axes are logarithmic; what is not above 0 is left out then.
    x_ticks
        Where ticks stand along the horizontal axis; empty for round numbers.
    x_range, y_range
        Ends that are in view whatever the numbers are; NaN for none.
    levels
        Horizontal lines with words.
    at
        Where a vertical line stands: what a control says. NaN for none.
    subtitle
        Grey words after the title.
    words
        The numbers in a sentence, for those who cannot see them.
    x_text, y_text, tick_text
        Write a number of the horizontal axis, a value, and a tick of the vertical axis.
    """

    series: tuple[Series, ...]
    x_name: str
    y_name: str = ""
    x_log: bool = False
    y_log: bool = False
    x_ticks: tuple[float, ...] = ()
    x_range: tuple[float, float] = (math.nan, math.nan)
    y_range: tuple[float, float] = (math.nan, math.nan)
    levels: tuple[Level, ...] = ()
    at: float = math.nan
    subtitle: str = ""
    words: str = ""
    x_text: Callable[[float], str] = short
    y_text: Callable[[float], str] = number
    tick_text: Callable[[float], str] = short

    def placed_x(self, x: Numbers) -> Numbers:
        """Return where numbers stand on the horizontal axis; NaN where they have no place."""
        return _placed(x, self.x_log)

    def placed_y(self, y: Numbers) -> Numbers:
        """Return where values stand on the vertical axis; NaN where they have no place."""
        return _placed(y, self.y_log)

    def x_ends(self) -> tuple[float, float]:
        """Return the ends of the horizontal axis, as places."""
        fixed = self.placed_x(np.array(self.x_range, np.float64))
        places = np.concatenate([fixed, *(self.placed_x(each.x) for each in self.series)])
        marked = any(each.look == "points" for each in self.series)
        return ends_of(places, MARK_EDGE if marked else 0.0)

    def y_ends(self, hidden: frozenset[str] = frozenset()) -> tuple[float, float]:
        """Return the ends of the vertical axis, as places; a series that is hidden needs no room."""
        shown = [self.placed_y(each.y) for each in self.series if each.key not in hidden]
        fixed = self.placed_y(np.array([*self.y_range, *(level.y for level in self.levels)], np.float64))
        low, high = ends_of(np.concatenate([*shown, fixed]), EDGE)
        asked = self.placed_y(np.array(self.y_range, np.float64))
        # an end that was asked for and is not passed stays where it is: 0 % is no place below the axis
        low = float(asked[0]) if np.isfinite(asked[0]) and low >= asked[0] - EDGE * (high - low) - 1e-12 else low
        high = float(asked[1]) if np.isfinite(asked[1]) and high <= asked[1] + EDGE * (high - low) + 1e-12 else high
        return low, high


def ends_of(places: Numbers, edge: float) -> tuple[float, float]:
    """Return the least and the largest finite place, `edge` of their distance further out; never both the same."""
    finite = places[np.isfinite(places)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-300):
        half = 0.5 * abs(high) or 0.5
        return low - half, high + half
    return low - edge * (high - low), high + edge * (high - low)


def _placed(values: Numbers, logarithmic: bool) -> Numbers:
    finite = np.where(np.isfinite(values), values, np.nan)
    if not logarithmic:
        return finite
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(finite > 0, np.log10(finite), np.nan)

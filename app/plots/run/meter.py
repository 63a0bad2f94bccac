"""What tells the plots of one number of every layer over time apart: its words, and the scale it is drawn on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter

from app.look.ticks import Tick
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.colour_scale import ColourScale
from app.plots.canvas.notes import AnyNote
from app.theme import Tokens
from simulator.training import Picture, RunFacts

Real = NDArray[np.float64]


class MeterScale(Protocol):
    """How the values of a meter are drawn: on an axis, in colours, and what stands among them."""

    kind: str
    """`LINEAR` or `LOG`."""
    widest: str
    """Words as wide as those of any value."""

    def text(self, value: float) -> str:
        """Return a value in words."""
        ...

    def vertical(self, placed: Real) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the axis of values, and its ticks."""
        ...

    def colours(self, tokens: Tokens) -> ColourScale:
        """Return the colours of an image, over places."""
        ...

    def paint_behind(self, canvas: Canvas, painter: QPainter) -> None:
        """Paint what stands behind the curves, in pixels."""
        ...

    def words_between(self, canvas: Canvas, ends: Sequence[AnyNote]) -> list[AnyNote]:
        """Return words that stand among the curves; `ends` are those at their ends."""
        ...

    def forget(self) -> None:
        """Give up the ends of the axis that were kept for the sake of calm."""
        ...


@dataclass(frozen=True)
class Meter:
    """A number of every layer.

    Attributes
    ----------
    field
        The field of `Track` that holds it.
    title, short_title, empty
        The words of its plot, and those before there is anything to draw.
    nowhere
        Returns why no layer of a picture has it.
    subtitle
        Returns the grey words after the title; the second argument says whether room is saved.
    scale
        Makes the scale of a plot.
    """

    field: str
    title: str
    short_title: str
    empty: str
    nowhere: Callable[[Picture], str]
    subtitle: Callable[[RunFacts | None, bool], str]
    scale: Callable[[], MeterScale]

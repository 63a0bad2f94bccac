"""Many layers over time as an image: a row a layer, a colour a value, the newest value at the end of its row."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.look.ticks import Tick
from app.plots.canvas.axes import Margins
from app.plots.canvas.buckets import columns
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.colour_scale import ColourScale
from app.plots.canvas.curve import last_finite
from app.plots.canvas.ends import LABEL_GAP
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import AnyNote, Note

_COLUMNS: Final = 300
_NAME_SHARE: Final = 0.32
"""At most this share of the width goes to names."""

Real = NDArray[np.float64]


class RowImage:
    """The item and its words; rows count from the bottom, the first layer being row 0."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.item = pg.ImageItem(axisOrder="row-major")
        canvas.add(self.item, depth=4)
        self._named: list[int] = []

    def margins(self, scale: ColourScale) -> Margins:
        """Return what the scale needs beside the image."""
        return Margins(right=scale.width(self._canvas.ink))

    def room(self, widest: str) -> float:
        """Return the pixels right of the image that values as wide as `widest` need."""
        return self._canvas.ink.width(widest, "strong tick") + self._canvas.ink.px(LABEL_GAP)

    def ticks(self, names: Sequence[str], chosen: int | None, margins: Margins) -> tuple[Tick, ...]:
        """Return the names of the rows that have room, from the top, and that of the chosen row."""
        ink, rows = self._canvas.ink, len(names)
        line = ink.height()
        height = self._canvas.viewport().height() - margins.top - margins.bottom - 2 * line - 6
        stride = max(1, math.ceil(line * rows / max(1.0, height)))
        named = set(range(rows - 1, -1, -stride))
        if chosen is not None:
            named = {row for row in named if abs(row - chosen) >= stride} | {chosen}
        self._named = sorted(named)
        wide = _NAME_SHARE * self._canvas.viewport().width()
        fitted = fit_names(names, wide, lambda text: ink.width(text, "strong tick"))
        return tuple(Tick(row + 0.5, fitted[row], row == chosen) for row in self._named)

    def draw(self, steps: NDArray[np.int64], placed: Real, first: float, scale: ColourScale, nothing: str) -> None:
        """Draw places (k, rows) from the step `first` on; where there is no number, in the colour `nothing`."""
        last, begin = int(steps[-1]), max(0, math.floor(first))
        shown = columns(steps, placed, _COLUMNS, begin)
        self.item.setImage(scale.image(shown.T, nothing), autoLevels=False, levels=None)
        self.item.setRect(QRectF(begin, 0, max(last - begin, 1), placed.shape[1]))

    def notes(
        self, steps: NDArray[np.int64], values: Real, text: Callable[[float], str], chosen: int | None
    ) -> list[AnyNote]:
        """Write the newest value at the end of every row that has a name."""
        canvas = self._canvas
        at = min(canvas.pixel_x(float(steps[-1])), canvas.area.right()) + canvas.ink.px(LABEL_GAP)
        notes: list[AnyNote] = []
        for row in self._named:
            newest = last_finite(values[:, row])
            if newest is not None:
                style = "strong tick" if row == chosen else "tick"
                notes.append(Note(text(float(values[newest, row])), at, canvas.pixel_y(row + 0.5), "text", style))
        return notes

    def paint_scale(self, painter: QPainter, scale: ColourScale) -> None:
        """Paint the scale right of the data."""
        area, viewport = self._canvas.area, self._canvas.viewport()
        scale.paint(
            painter, QRectF(area.right(), area.top(), viewport.width() - area.right(), area.height()), self._canvas.ink
        )

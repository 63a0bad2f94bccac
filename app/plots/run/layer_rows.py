"""The rows of update : weight: one a layer, the first on top, a logarithmic axis below."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.look.ticks import CoarseDecades, Tick, decade_ticks
from app.plots.canvas.canvas import Axes, Canvas, Margins
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note

_NAME_SHARE: Final = 0.4
"""At most this share of the width goes to the names."""
_LINE: Final = 0.92
"""Words need this part of a line's height."""
_LEAST_PITCH: Final = 0.85
"""Names stand no closer than this part of a line: small letters have no room above and below anyway."""


class LayerRows:
    """Rows from the first layer with weights (row 0, on top) to the output; the input has none and no row."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._decades = CoarseDecades()
        self._count = 1
        self._chosen: int | None = None

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def pitch(self) -> float:
        """Pixels from row to row."""
        return self._canvas.area.height() / self._count

    @property
    def has_lines(self) -> bool:
        """Whether each row has room for a line of words."""
        return self.pitch >= _LINE * self._canvas.ink.height()

    def lay(self, names: Sequence[str], exponents: Sequence[float], margins: Margins, selected: int | None) -> None:
        """Fit names and axis to the exponents that must be in view.

        `names` are those of the layers without the input; `selected` is the chosen one as `Frame.layers` counts.
        """
        canvas = self._canvas
        self._count = max(1, len(names))
        self._chosen = selected - 1 if selected is not None and 1 <= selected <= self._count else None
        line = canvas.ink.height()
        # where rows are lower than letters, the name of the top one needs room above it
        above = math.ceil(_LEAST_PITCH * line / 2 - canvas.viewport().height() / self._count / 2)
        margins = replace(margins, top=max(margins.top, above))
        low, high = self._decades.fit(exponents)
        room = _NAME_SHARE * canvas.viewport().width()
        fitted = fit_names(names, room, lambda text: canvas.ink.width(text, "strong tick"))
        ticks = tuple(Tick(self.place(row), fitted[row], row == self._chosen) for row in self._named(margins))
        canvas.set_axes(Axes(ticks, decade_ticks(low, high, self._most_ticks())), margins)
        canvas.set_range((low, high), (0.0, float(self._count)))

    def layer_at(self, place: QPointF) -> int | None:
        """Return the layer whose row is at a place of the data, as `Frame.layers` counts."""
        row = self._count - 1 - math.floor(place.y())
        return row + 1 if 0 <= row < self._count else None

    def place(self, row: int) -> float:
        """Return the middle of a row in the data's coordinates, upwards."""
        return self._count - row - 0.5

    def untold(self, odd: Sequence[tuple[str, str]]) -> list[AnyNote]:
        """Return what rows without room for words cannot say themselves; each sentence with its colour."""
        canvas, area = self._canvas, self._canvas.area
        notes: list[AnyNote] = []
        for words, colour in odd:
            row = area.bottom() - 0.7 * canvas.ink.height() - 3 - len(notes) * canvas.ink.line()
            notes.append(Note(words, area.right() - 8, row, colour, align=ENDS, ground=PLAIN))
        return notes

    def forget(self) -> None:
        """Give up the ends of the axis that were kept for the sake of calm."""
        self._decades.forget()

    def paint_chosen(self, painter: QPainter, selected: int | None) -> None:
        """Paint what stands behind the row of the layer `selected`; the painter is in pixels."""
        if selected is not None and 1 <= selected <= self._count:
            canvas = self._canvas
            room = QRectF(0, canvas.pixel_y(self._count - selected + 1), canvas.area.right(), self.pitch)
            painter.fillRect(room, canvas.ink.colour("soft"))

    def _named(self, margins: Margins) -> list[int]:
        """Return the rows whose names have room: all of them, or every k-th up from the output, and the chosen one."""
        canvas, line = self._canvas, self._canvas.ink.height()
        height = canvas.viewport().height() - margins.top - margins.bottom - line - 4
        stride = max(1, math.ceil(_LEAST_PITCH * line * self._count / max(1.0, height)))
        named = set(range(self._count - 1, -1, -stride))
        if self._chosen is not None:
            named = {row for row in named if abs(row - self._chosen) >= stride} | {self._chosen}
        return sorted(named)

    def _most_ticks(self) -> int:
        return 5 if self._canvas.viewport().width() > 45 * self._canvas.ink.height() / 2 else 4

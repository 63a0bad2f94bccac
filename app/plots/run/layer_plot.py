"""What gradient flow and update : weight share: one row a layer, the output on top, a logarithmic axis below."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.look.ticks import CoarseDecades, Tick, decade_ticks
from app.plots.canvas.canvas import Axes, Margins
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import ENDS, PLAIN, AnyNote, Note
from app.plots.run.layered_plot import LayeredPlot
from app.theme import Theme
from simulator.training import LayerFrame, Picture

_NAME_SHARE: Final = 0.4
"""At most this share of the width goes to the names."""
_LINE: Final = 0.92
"""Words need this part of a line's height."""
_LEAST_PITCH: Final = 0.85
"""Names stand no closer than this part of a line: small letters have no room above and below anyway."""


class LayerPlot(LayeredPlot):
    """Rows from the first card (row 0, at the bottom) to the output; the input has no weights and no row."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._decades = CoarseDecades()
        self._rows = 1

    @property
    def pitch(self) -> float:
        """Pixels from row to row."""
        return self.canvas.area.height() / self._rows

    def lay_rows(self, layers: Sequence[LayerFrame], exponents: Sequence[float], margins: Margins) -> None:
        """Fit names and axis to `layers` (without the input) and to the exponents that must be in view."""
        self._rows = max(1, len(layers))
        line = self.canvas.ink.height()
        # where rows are lower than letters, the name of the top one needs room above it
        above = math.ceil(_LEAST_PITCH * line / 2 - self.canvas.viewport().height() / self._rows / 2)
        margins = replace(margins, top=max(margins.top, above))
        low, high = self._decades.fit(exponents)
        names = self.names_of(layers)
        room = _NAME_SHARE * self.canvas.viewport().width()
        fitted = fit_names(names, room, lambda text: self.canvas.ink.width(text, "strong tick"))
        ticks = tuple(Tick(row + 0.5, fitted[row], row + 1 == self._selected) for row in self._named_rows(margins))
        self.canvas.set_axes(Axes(ticks, decade_ticks(low, high, self._most_ticks())), margins)
        self.canvas.set_range((low, high), (0.0, float(self._rows)))

    def _layer_at(self, place: QPointF) -> int | None:
        row = math.floor(place.y())
        return row + 1 if 0 <= row < self._rows else None

    def _paint_rows(self, painter: QPainter) -> None:
        """Paint what stands behind the marks; the painter is in pixels."""

    def _forget(self) -> None:
        super()._forget()
        self._decades.forget()

    def _describe(self, picture: Picture) -> str:
        return " ".join(self._words_for(layer) for layer in reversed(picture.frame.layers[1:]))

    def _named_rows(self, margins: Margins) -> list[int]:
        """Return the rows whose names have room: all of them, or every second one from the top, and the chosen one."""
        line = self.canvas.ink.height()
        height = self.canvas.viewport().height() - margins.top - margins.bottom - line - 4
        stride = max(1, math.ceil(_LEAST_PITCH * line * self._rows / max(1.0, height)))
        named = set(range(self._rows - 1, -1, -stride))
        if self._selected is not None and 1 <= self._selected <= self._rows:
            chosen = self._selected - 1
            named = {row for row in named if abs(row - chosen) >= stride} | {chosen}
        return sorted(named)

    @property
    def _has_lines(self) -> bool:
        """Whether each row has room for a line of words."""
        return self.pitch >= _LINE * self.canvas.ink.height()

    def _untold(self, odd: Sequence[tuple[str, str]]) -> list[AnyNote]:
        """Return what rows without room for words cannot say themselves; each sentence with its colour."""
        canvas, area = self.canvas, self.canvas.area
        notes: list[AnyNote] = []
        for words, colour in odd:
            row = area.bottom() - 0.7 * canvas.ink.height() - 3 - len(notes) * canvas.ink.line()
            notes.append(Note(words, area.right() - 8, row, colour, align=ENDS, ground=PLAIN))
        return notes

    def _most_ticks(self) -> int:
        return 5 if self.canvas.viewport().width() > 45 * self.canvas.ink.height() / 2 else 4

    def _paint_one(self, painter: QPainter) -> None:
        area, ink = self.canvas.area, self.canvas.ink
        if self._selected is not None and 1 <= self._selected <= self._rows:
            top = self.canvas.pixel_y(self._selected)
            painter.fillRect(QRectF(0, top, area.right(), self.pitch), ink.colour("soft"))
        self._paint_rows(painter)

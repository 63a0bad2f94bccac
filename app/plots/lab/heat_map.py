"""A table of shares as colours, with the number in every cell."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from app.export.table import Table
from app.look.numbers import percent, short
from app.look.ticks import Tick
from app.plots.canvas.axes import Axes, Margins
from app.plots.canvas.figure import Figure
from app.plots.canvas.notes import CENTRE, AnyNote, Note
from app.plots.lab.tables import grid_table
from app.system.i18n import _
from app.theme import Theme, Tokens

_GAP: Final = 1.5
"""Pixels between cells, on every side."""


@dataclass(frozen=True, eq=False)
class HeatTable:
    """Shares from 0 to 1.

    Attributes
    ----------
    shares
        Shape (rows, columns), row 0 the lowest; NaN where there is none yet.
    crossed
        Where there is no share because the training diverged; bool, the same shape.
    rows, columns
        What stands at each row and column.
    x_name, y_name
        What they are.
    words
        The table in a sentence.
    """

    shares: NDArray[np.float64]
    crossed: NDArray[np.bool_]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    x_name: str
    y_name: str
    words: str

    def cells(self) -> Iterator[tuple[int, int, float]]:
        """Yield (row, column, share) of every cell."""
        for row in range(len(self.rows)):
            for column in range(len(self.columns)):
                yield row, column, float(self.shares[row, column])


class HeatMap(Figure[HeatTable]):
    """Cells from the pale to the strong end of the ramp; empty ones are outlines."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self.canvas.paint_ground = self._paint_cells
        self.canvas.tooltip_at = self._tooltip_at

    def _style(self) -> None:
        """Nothing is kept: every drawing asks the theme."""

    def _draw_data(self, data: HeatTable) -> None:
        left = tuple(Tick(row + 0.5, text) for row, text in enumerate(data.rows))
        bottom = tuple(Tick(column + 0.5, text) for column, text in enumerate(data.columns))
        axes = Axes(left, bottom, (), data.x_name, left_line=False, bottom_line=False)
        self.canvas.set_axes(axes, Margins(top=4, right=4))
        self.canvas.set_range((0.0, float(len(data.columns))), (0.0, float(len(data.rows))))
        self.canvas.restyle()
        self._set_subtitle(_("percent · up: {name}").format(name=data.y_name))
        self.canvas.set_notes(self._numbers(data))

    def _numbers(self, data: HeatTable) -> list[AnyNote]:
        canvas = self.canvas
        notes: list[AnyNote] = []
        for row, column, share in data.cells():
            place = canvas.to_pixels(column + 0.5, row + 0.5)
            if data.crossed[row, column]:
                notes.append(Note("×", place.x(), place.y(), "warn", "value", CENTRE))
            elif math.isfinite(share):
                ground = self._colour(share)
                ink = max(("text", "card"), key=lambda name: contrast(canvas.ink.colour(name), ground))
                text = cell_text(share)
                notes.append(Note(text, place.x(), place.y(), ink, "strong tick", CENTRE))
        return notes

    def _paint_cells(self, painter: QPainter) -> None:
        data = self.data
        if data is None:
            return
        canvas = self.canvas
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for row, column, share in data.cells():
            corner, other = canvas.to_pixels(column, row + 1), canvas.to_pixels(column + 1, row)
            cell = QRectF(corner, other).adjusted(_GAP, _GAP, -_GAP, -_GAP)
            known = math.isfinite(share) and not data.crossed[row, column]
            painter.setPen(canvas.ink.colour("line"))
            painter.setBrush(self._colour(share) if known else canvas.ink.colour("card"))
            painter.drawRoundedRect(cell, 3, 3)

    def _colour(self, share: float) -> QColor:
        return ramp_colour(self._theme.tokens, share)

    def _tooltip_at(self, place: QPointF) -> str:
        data = self.data
        row, column = math.floor(place.y()), math.floor(place.x())
        if data is None or not (0 <= row < len(data.rows) and 0 <= column < len(data.columns)):
            return ""
        share = float(data.shares[row, column])
        if data.crossed[row, column]:
            value = _("diverged")
        else:
            value = percent(share) if math.isfinite(share) else _("not measured yet")
        return _("{x_name} {x} · {y_name} {y} · {value}").format(
            x_name=data.x_name, x=data.columns[column], y_name=data.y_name, y=data.rows[row], value=value
        )

    def _table_of(self, data: HeatTable) -> Table:
        return grid_table((data.y_name, data.rows), (data.x_name, data.columns), self.title, data.shares)

    def _describe_data(self, data: HeatTable) -> str:
        return data.words


def cell_text(share: float) -> str:
    """Return a share in percent without the sign; only 1 is 100."""
    hundred = 100 * share
    return short(math.floor(10 * hundred) / 10) if 99 < hundred < 100 else short(round(hundred))


def ramp_colour(tokens: Tokens, share: float) -> QColor:
    """Return the colour of a share on the ramp."""
    ramp = [QColor(colour) for colour in tokens.ramp]
    place = min(max(share, 0.0), 1.0) * (len(ramp) - 1)
    low = min(int(place), len(ramp) - 2)
    rest = place - low
    one, other = ramp[low], ramp[low + 1]
    return QColor.fromRgbF(
        (1 - rest) * one.redF() + rest * other.redF(),
        (1 - rest) * one.greenF() + rest * other.greenF(),
        (1 - rest) * one.blueF() + rest * other.blueF(),
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

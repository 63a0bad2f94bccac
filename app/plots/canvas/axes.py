"""Axes, rules and tick labels round the data: what is said of them, and how they are painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from app.look.ink import Ink
from app.look.ticks import Tick
from app.plots.canvas.scale import Scale

TickMaker = Callable[[float, float, int], tuple[Tick, ...]]

GAP: Final = 6
"""Pixels between an axis and its labels."""


@dataclass(frozen=True)
class Axes:
    """What stands round the data; places are in the data's coordinates.

    Attributes
    ----------
    left, bottom
        Ticks with their labels.
    rules
        Where faint horizontal lines run.
    name
        Of the horizontal axis, written under it; empty for none.
    left_line, bottom_line
        Whether the axis itself is drawn.
    end
        How far the lines go to the right, where words stand beyond; None for the whole width.
    up, across
        Make ticks of the vertical and of the horizontal axis for another part of it: from, to, how many at most. None
        where ticks stand at things, which another part has fewer of.
    """

    left: tuple[Tick, ...] = ()
    bottom: tuple[Tick, ...] = ()
    rules: tuple[float, ...] = ()
    name: str = ""
    left_line: bool = True
    bottom_line: bool = True
    end: float | None = None
    up: TickMaker | None = None
    across: TickMaker | None = None


@dataclass(frozen=True)
class Margins:
    """Pixels round the data area; what the labels need is added to left and bottom."""

    left: int = 1
    top: int = 8
    right: int = 2
    bottom: int = 2


def data_area(axes: Axes, margins: Margins, sheet: QSize, ink: Ink) -> QRectF:
    """Return the rectangle that labels and margins leave to the data on a sheet of this size."""
    left, bottom = float(margins.left), float(margins.bottom)
    if axes.left:
        left += max(ink.width(tick.text, _style(tick)) for tick in axes.left) + GAP
    line = ink.height()
    if axes.bottom:
        bottom += line + 4
    if axes.name:
        bottom += line + 2
    width = max(1.0, sheet.width() - round(left) - margins.right)
    height = max(1.0, sheet.height() - margins.top - round(bottom))
    return QRectF(round(left), margins.top, width, height)


def paint_axes(painter: QPainter, axes: Axes, margins: Margins, sheet: QSize, scale: Scale, ink: Ink) -> None:
    """Paint rules, axes, labels and the name."""
    area = scale.area
    left, right, bottom = int(area.left()) - 1, int(area.right()), int(area.bottom())
    if axes.end is not None:
        right = min(right, round(scale.pixel_x(axes.end)))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(ink.colour("grid"), 2 if ink.is_large else 1))
    for rule in axes.rules:
        row = round(scale.pixel_y(rule))
        painter.drawLine(left + 1, row, right, row)
    painter.setPen(ink.colour("track"))
    if axes.left_line:
        painter.drawLine(left, int(area.top()), left, bottom)
    if axes.bottom_line:
        painter.drawLine(left, bottom, right, bottom)
    line = ink.height()
    for tick in axes.left:
        box = QRectF(0, scale.pixel_y(tick.at) - line / 2, area.left() - GAP, line)
        _paint_label(painter, tick, box, Qt.AlignmentFlag.AlignRight, ink)
    for tick in axes.bottom:
        width = ink.width(tick.text, _style(tick)) + 2.0
        # a label at the very end is moved in rather than cut
        start = min(max(0.0, scale.pixel_x(tick.at) - width / 2), sheet.width() - width)
        box = QRectF(start, area.bottom() + 3, width, line)
        _paint_label(painter, tick, box, Qt.AlignmentFlag.AlignHCenter, ink)
    if axes.name:
        box = QRectF(area.left(), sheet.height() - line - margins.bottom, right - area.left(), line)
        _paint_label(painter, Tick(0, axes.name), box, Qt.AlignmentFlag.AlignHCenter, ink)


def _paint_label(painter: QPainter, tick: Tick, box: QRectF, side: Qt.AlignmentFlag, ink: Ink) -> None:
    painter.setFont(ink.font(_style(tick)))
    painter.setPen(ink.colour("text" if tick.strong else "muted"))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, tick.text)


def _style(tick: Tick) -> str:
    return "strong tick" if tick.strong else "tick"

"""The sheet that a plot draws on: pyqtgraph's view box with axes, rules and words painted by ourselves.

pyqtgraph's own axes drop and shift labels by rules of their own and are painted with every frame. Here what stands
still (rules, axes, tick labels) is painted into the background, which Qt keeps as a picture, and what moves (values at
the ends of curves) into the foreground.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.plots.ink import Ink
from app.plots.notes import AnyNote, paint_notes
from app.plots.ticks import Tick
from app.theme import Theme

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
    """

    left: tuple[Tick, ...] = ()
    bottom: tuple[Tick, ...] = ()
    rules: tuple[float, ...] = ()
    name: str = ""
    left_line: bool = True
    bottom_line: bool = True


@dataclass(frozen=True)
class Margins:
    """Pixels round the data area; what the labels need is added to left and bottom."""

    left: int = 1
    top: int = 8
    right: int = 2
    bottom: int = 2


class Canvas(pg.GraphicsView):
    """One view box with fixed ranges, no mouse of its own, no menu.

    Signals
    -------
    resized()
        The data area has another size: places in pixels are to be computed anew.
    pointed(QPointF | None)
        The mouse is over this place of the data, or has left.
    pressed(QPointF)
        A click at this place of the data.
    """

    resized = Signal()
    pointed = Signal(object)
    pressed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = Ink(theme)
        self._axes = Axes()
        self._margins = Margins()
        self._x = (0.0, 1.0)
        self._y = (0.0, 1.0)
        self._area = QRectF(0, 0, 1, 1)
        self._notes: tuple[AnyNote, ...] = ()
        self._words = ""
        self.paint_ground: Callable[[QPainter], None] | None = None
        """Paints over the ground and under the rules, in pixels; kept until `restyle` or another `set_axes`."""
        self.tooltip_at: Callable[[QPointF], str] | None = None
        """Returns the words for a place of the data, or nothing."""
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.scene().addItem(self.box)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # the ground is ours to the last pixel, so nothing beneath need be painted first
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMinimumSize(1, 1)
        self.restyle()

    # what it shows -------------------------------------------------------------------------------------------------

    @property
    def area(self) -> QRectF:
        """The data area in pixels."""
        return self._area

    @property
    def axes(self) -> Axes:
        """The axes on show."""
        return self._axes

    @property
    def notes(self) -> tuple[AnyNote, ...]:
        """The words on show."""
        return self._notes

    @property
    def x_range(self) -> tuple[float, float]:
        """The ends of the horizontal range."""
        return self._x

    @property
    def y_range(self) -> tuple[float, float]:
        """The ends of the vertical range."""
        return self._y

    def add(self, item: pg.GraphicsObject, depth: float = 0.0) -> None:
        """Add an item for good; the deeper ones lie under the others."""
        item.setZValue(-depth)
        self.box.addItem(item, ignoreBounds=True)

    def set_axes(self, axes: Axes, margins: Margins | None = None) -> None:
        """Show these ticks, rules and names; nothing happens where they are the same."""
        margins = margins or self._margins
        if axes != self._axes or margins != self._margins:
            self._axes, self._margins = axes, margins
            self._lay_out()

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show this part of the plane; nothing happens where it is the same."""
        if (x, y) != (self._x, self._y):
            self._x, self._y = x, y
            self._apply_range()
            self.restyle()

    def set_notes(self, notes: Iterable[AnyNote]) -> None:
        """Write these words over the data."""
        self._notes = tuple(notes)
        # through the scene: the viewport's own update would paint once now and once more for the items
        self.scene().update()

    @property
    def words(self) -> str:
        """What stands here instead of a plot."""
        return self._words

    def set_words(self, words: str) -> None:
        """Show words instead of axes and data; an empty text brings those back."""
        if words != self._words:
            self._words = words
            self.box.setVisible(not words)
            self.restyle()

    def restyle(self) -> None:
        """Paint the background anew: the selection or the ranges are different."""
        self.setBackground(self.ink.colour("card"))
        self.resetCachedContent()
        self.viewport().update()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self.ink.forget()
        self._lay_out()

    # places ----------------------------------------------------------------------------------------------------------

    def to_pixels(self, x: float, y: float) -> QPointF:
        """Return where a place of the data is on the sheet."""
        return QPointF(self.pixel_x(x), self.pixel_y(y))

    def pixel_x(self, x: float) -> float:
        """Return the pixel column of a value on the horizontal axis."""
        low, high = self._x
        return self._area.left() + (x - low) / (high - low) * self._area.width()

    def pixel_y(self, y: float) -> float:
        """Return the pixel row of a value on the vertical axis."""
        low, high = self._y
        return self._area.bottom() - (y - low) / (high - low) * self._area.height()

    def to_data(self, place: QPointF) -> QPointF:
        """Return the place of the data under a pixel."""
        across = (place.x() - self._area.left()) / max(1.0, self._area.width())
        up = (self._area.bottom() - place.y()) / max(1.0, self._area.height())
        return QPointF(self._x[0] + across * (self._x[1] - self._x[0]), self._y[0] + up * (self._y[1] - self._y[0]))

    # Qt --------------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this once before the constructor has come so far
        if hasattr(self, "box"):
            self._lay_out()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        super().drawBackground(painter, rect)
        if self._words:
            self._paint_words(painter)
            return
        if self.paint_ground is not None:
            self.paint_ground(painter)
        self._paint_axes(painter)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not self._words:
            paint_notes(painter, self._notes, self.ink)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.to_data(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self.to_data(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.tooltip_at is not None:
            text = self.tooltip_at(self.to_data(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().viewportEvent(event))

    # painting --------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        margins, axes = self._margins, self._axes
        left, bottom = float(margins.left), float(margins.bottom)
        if axes.left:
            left += max(self.ink.width(tick.text, _style(tick)) for tick in axes.left) + GAP
        line = self.ink.height()
        if axes.bottom:
            bottom += line + 4
        if axes.name:
            bottom += line + 2
        width = max(1.0, self.viewport().width() - round(left) - margins.right)
        height = max(1.0, self.viewport().height() - margins.top - round(bottom))
        area = QRectF(round(left), margins.top, width, height)
        if area != self._area:
            self._area = area
            self.box.setGeometry(area)
            self._apply_range()
            self.resized.emit()
        self.restyle()

    def _apply_range(self) -> None:
        self.box.setRange(xRange=self._x, yRange=self._y, padding=0, disableAutoRange=True)

    def _paint_axes(self, painter: QPainter) -> None:
        ink, area, axes = self.ink, self._area, self._axes
        left, right, bottom = int(area.left()) - 1, int(area.right()), int(area.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(ink.colour("grid"))
        for rule in axes.rules:
            row = round(self.pixel_y(rule))
            painter.drawLine(left + 1, row, right, row)
        painter.setPen(ink.colour("track"))
        if axes.left_line:
            painter.drawLine(left, int(area.top()), left, bottom)
        if axes.bottom_line:
            painter.drawLine(left, bottom, right, bottom)
        line = ink.height()
        for tick in axes.left:
            box = QRectF(0, self.pixel_y(tick.at) - line / 2, area.left() - GAP, line)
            self._paint_label(painter, tick, box, Qt.AlignmentFlag.AlignRight)
        for tick in axes.bottom:
            width = ink.width(tick.text, _style(tick)) + 2.0
            # a label at the very end is moved in rather than cut
            start = min(max(0.0, self.pixel_x(tick.at) - width / 2), self.viewport().width() - width)
            box = QRectF(start, area.bottom() + 3, width, line)
            self._paint_label(painter, tick, box, Qt.AlignmentFlag.AlignHCenter)
        if axes.name:
            top = self.viewport().height() - line - self._margins.bottom
            box = QRectF(area.left(), top, area.width(), line)
            self._paint_label(painter, Tick(0, axes.name), box, Qt.AlignmentFlag.AlignHCenter)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self.ink.font("control"))
        painter.setPen(self.ink.colour("muted"))
        room = QRectF(self.viewport().rect()).adjusted(12, 4, -12, -4)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

    def _paint_label(self, painter: QPainter, tick: Tick, box: QRectF, side: Qt.AlignmentFlag) -> None:
        painter.setFont(self.ink.font(_style(tick)))
        painter.setPen(self.ink.colour("text" if tick.strong else "muted"))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, tick.text)


def _style(tick: Tick) -> str:
    return "strong tick" if tick.strong else "tick"

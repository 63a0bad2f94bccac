"""The sheet that a plot draws on: pyqtgraph's view box with axes, rules and words painted by ourselves.

pyqtgraph's own axes drop and shift labels by rules of their own and are painted with every frame. Here what stands
still (rules, axes, tick labels) is painted into the background, which Qt keeps as a picture, and what moves (values at
the ends of curves) into the foreground.
"""

from collections.abc import Callable, Iterable
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.look.cost import CostMeter
from app.look.ink import Ink
from app.plots.canvas.axes import Axes, Margins, data_area, paint_axes
from app.plots.canvas.notes import AnyNote, paint_notes
from app.plots.canvas.scale import Scale
from app.theme import Theme
from app.theme.prose import as_tip

__all__ = ["Axes", "Canvas", "Margins"]

READING_KEYS: Final[dict[int, str]] = {
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "on",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Escape: "leave",
}
"""Keys that move the reading of a canvas that can be read, and the word for each."""


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
    key_read(str)
        A key moves the reading: see `READING_KEYS`. Only where `set_readable`.
    dragged(QPointF)
        The mouse is at this place of the data, which may lie outside the area, and its left button is down.
    """

    resized = Signal()
    pointed = Signal(object)
    pressed = Signal(object)
    key_read = Signal(str)
    dragged = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ink = Ink(theme)
        self.cost = CostMeter()
        self._axes = Axes()
        self._margins = Margins()
        self._scale = Scale(QRectF(0, 0, 1, 1))
        self._notes: tuple[AnyNote, ...] = ()
        self._words = ""
        self.paint_ground: Callable[[QPainter], None] | None = None
        """Paints over the ground and under the rules, in pixels; kept until `restyle` or another `set_axes`."""
        self.tooltip_at: Callable[[QPointF], str] | None = None
        """Returns the words for a place of the data, or nothing."""
        # its menus would be slow to make and outlive it: https://github.com/pyqtgraph/pyqtgraph/issues/2497
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
        return self._scale.area

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
        return self._scale.x

    @property
    def y_range(self) -> tuple[float, float]:
        """The ends of the vertical range."""
        return self._scale.y

    @property
    def view(self) -> QRectF:
        """The part of the plane in view."""
        (left, right), (low, high) = self._scale.x, self._scale.y
        return QRectF(left, low, right - left, high - low)

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
        if (x, y) != (self._scale.x, self._scale.y):
            self._scale = Scale(self._scale.area, x, y)
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

    def set_readable(self) -> None:
        """Take the focus by Tab, and let keys move the reading. A click leaves the focus where it is."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

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
        return self._scale.pixel_x(x)

    def pixel_y(self, y: float) -> float:
        """Return the pixel row of a value on the vertical axis."""
        return self._scale.pixel_y(y)

    def to_data(self, place: QPointF) -> QPointF:
        """Return the place of the data under a pixel."""
        return self._scale.to_data(place)

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
        paint_axes(painter, self._axes, self._margins, self.viewport().size(), self._scale, self.ink)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if not self._words:
            paint_notes(painter, self._notes, self.ink)
        if self.hasFocus():
            painter.setPen(QPen(self.ink.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 4, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        with self.cost.painting():
            super().paintEvent(event)

    def event(self, event: QEvent) -> bool:
        # asked before a shortcut of the window fires: here the arrows move the reading
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._reading_of(event) not in ("", "leave")
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if way := self._reading_of(event):
            self.key_read.emit(way)
        if not way or way == "leave":
            # the window has uses of its own for Escape
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.key_read.emit("leave")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.to_data(event.position())
        self.pointed.emit(place)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(place)

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
            QToolTip.showText(event.globalPos(), as_tip(text), self)
            return True
        return bool(super().viewportEvent(event))

    # painting --------------------------------------------------------------------------------------------------------

    def _reading_of(self, event: QKeyEvent) -> str:
        """Return which way a key moves the reading, or nothing."""
        readable = self.focusPolicy() != Qt.FocusPolicy.NoFocus and not self._words
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return READING_KEYS.get(event.key(), "") if readable and plain else ""

    def _lay_out(self) -> None:
        area = data_area(self._axes, self._margins, self.viewport().size(), self.ink)
        if area != self._scale.area:
            self._scale = Scale(area, self._scale.x, self._scale.y)
            self.box.setGeometry(area)
            self._apply_range()
            self.resized.emit()
        self.restyle()

    def _apply_range(self) -> None:
        self.box.setRange(xRange=self._scale.x, yRange=self._scale.y, padding=0, disableAutoRange=True)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self.ink.font("control"))
        painter.setPen(self.ink.colour("muted"))
        room = QRectF(self.viewport().rect()).adjusted(12, 4, -12, -4)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)

"""What hands do to a sheet: read, press, drag, zoom, open, ask for its menu. The canvas says what comes of it."""

from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

READING_KEYS: Final[dict[int, str]] = {
    Qt.Key.Key_Left: "back",
    Qt.Key.Key_Right: "on",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_Escape: "leave",
}
"""Keys that move the reading of a canvas that can be read, and the word for each."""
_OPENING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOTCH: Final = 120
"""A notch of the wheel, in Qt's units."""


class Touched(pg.GraphicsView):
    """Takes the focus by Tab alone: a click leaves it where it is.

    Signals
    -------
    pointed(QPointF | None)
        The mouse is over this place of the data, or has left.
    pressed(QPointF)
        A click at this place of the data.
    dragged(QPointF)
        The mouse is at this place of the data, which may lie outside the area, and its left button is down.
    key_read(str)
        A key moves the reading: see `READING_KEYS`. Only where `set_readable`.
    opened()
        A double click on the data, or Enter: the plot is wanted alone.
    axis_opened(str)
        A double click on an axis, "x" or "y".
    zoom_asked(float, QPointF, str)
        The wheel: so many notches nearer, to this place of the data, along "x", "y" or "xy".
    pan_asked(QPointF)
        A drag by so much, in the data's coordinates.
    menu_asked(QPoint)
        The menu is wanted at this place of the screen.
    explanation_asked()
        F1.
    """

    pointed = Signal(object)
    pressed = Signal(object)
    dragged = Signal(object)
    key_read = Signal(str)
    opened = Signal()
    axis_opened = Signal(str)
    zoom_asked = Signal(float, object, str)
    pan_asked = Signal(object)
    menu_asked = Signal(object)
    explanation_asked = Signal()

    def __init__(self, parent: pg.QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self.zooms = False
        """Whether the wheel, with Ctrl, goes nearer."""
        self.pans = False
        """Whether a drag moves what is in view: where something is zoomed, or the plot is alone."""
        self.wheels = False
        """Whether the wheel goes nearer without Ctrl, too."""
        self.drags = False
        """Whether a drag moves a thing of the plot's own, and so never what is in view."""
        self._readable = False
        self._grip: QPointF | None = None
        self._panning = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def area(self) -> QRectF:
        """The data area in pixels."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """What stands here instead of a plot."""
        raise NotImplementedError

    def to_data(self, place: QPointF) -> QPointF:
        """Return the place of the data under a pixel."""
        raise NotImplementedError

    def set_readable(self) -> None:
        """Let keys move the reading."""
        self._readable = True

    # keys ------------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # asked before a shortcut of the window fires: here the arrows move the reading, and F1 explains the plot
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (self._reading_of(event) not in ("", "leave") or event.key() == Qt.Key.Key_F1)
        ):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way, key = self._reading_of(event), event.key()
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if way:
            self.key_read.emit(way)
        if key in _OPENING:
            self.opened.emit()
        elif key == Qt.Key.Key_F1:
            self.explanation_asked.emit()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shifted):
            self.menu_asked.emit(self.viewport().mapToGlobal(self.viewport().rect().center()))
        elif not way or way == "leave":
            # the window has uses of its own for Escape
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.key_read.emit("leave")

    def _reading_of(self, event: QKeyEvent) -> str:
        """Return which way a key moves the reading, or nothing."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return READING_KEYS.get(event.key(), "") if self._readable and plain and not self.words else ""

    # mouse -----------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        place = self.to_data(at)
        self.pointed.emit(place)
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self.dragged.emit(place)
        if self._grip is None or self.drags or not self.pans:
            return
        far = (at - self._grip).manhattanLength() >= QApplication.startDragDistance()
        self._panning = self._panning or far
        if self._panning:
            self.pan_asked.emit(place - self.to_data(self._grip))
            self._grip = at

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self.pressed.emit(self.to_data(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip, self._panning = None, False
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            axis = self._axis_at(event.position())
            if axis:
                self.axis_opened.emit(axis)
            else:
                self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not self.zooms or self.words or not (held or self.wheels):
            event.ignore()
            return
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            self.zoom_asked.emit(notches, self.to_data(event.position()), self._axis_at(event.position()) or "xy")
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # the keys for it are heard here themselves: not every platform makes this event of them
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(QPoint(event.globalPos()))
        event.accept()

    def _axis_at(self, place: QPointF) -> str:
        """Return the axis whose labels are at a pixel, or nothing."""
        if self.words or not self.zooms:
            return ""
        if place.y() > self.area.bottom() + 1:
            return "x"
        return "y" if place.x() < self.area.left() - 1 else ""

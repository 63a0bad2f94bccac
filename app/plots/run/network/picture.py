"""The network as a picture: painted once a frame into a layer of its own, and looked into by mouse and arrows."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.look.ink import Ink
from app.plots.run.network.framing import head_height, room_for
from app.plots.run.network.layout import chosen_units
from app.plots.run.network.look import Look
from app.plots.run.network.paint import paint_scene
from app.plots.run.network.scene import Scene, Unit, Wire
from app.plots.run.network.values import Net
from app.system.i18n import _
from app.theme import Theme
from app.theme.prose import as_tip

_MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CHOOSES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NetworkPicture(QWidget):
    """Shows a `Net`; which units it draws is chosen when it is first shown and where training pauses.

    Parameters
    ----------
    tell
        Says in words what a unit or a connection is: for tooltips and screen readers.

    Signals
    -------
    unit_chosen(object), wire_chosen(object)
        A unit or a connection was clicked, or a unit entered; None for the empty ground.
    laid_out()
        Columns stand elsewhere.
    enlarged()
        A double click, or Enter while the arrows have come to no unit: more room is wanted.
    """

    unit_chosen = Signal(object)
    wire_chosen = Signal(object)
    laid_out = Signal()
    enlarged = Signal()

    def __init__(self, theme: Theme, tell: Callable[[Unit | Wire], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tell = theme, tell
        self.ink = Ink(theme)
        self._net: Net | None = None
        self._units: tuple[tuple[int, ...], ...] = ()
        self._rows = 0
        self._scene: Scene | None = None
        self._look = Look()
        self._cursor: Unit | None = None
        self._layer = QPixmap()
        self._stale = True
        self._smooth = True
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        # the layer has the ground of a card: nothing beneath it need be painted
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(1, 1)
        self.setAccessibleName(_("Network"))

    @property
    def scene(self) -> Scene | None:
        """What stands where; None while there is no network."""
        return self._scene

    @property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """The units of every layer that are drawn where the layer is."""
        return self._units

    @property
    def look(self) -> Look:
        """What is chosen, and in which form it is drawn."""
        return self._look

    @property
    def cursor_unit(self) -> Unit | None:
        """The unit that the arrows have come to."""
        return self._cursor

    def show_net(self, net: Net | None, *, fresh: bool, smooth: bool = True) -> None:
        """Draw other numbers, with `smooth` edges or fast; with `fresh`, the units that are drawn are chosen anew."""
        self._smooth = smooth
        same = net is not None and self._net is not None and net.shape == self._net.shape
        again = fresh or not same or (net is not None and self._captioned(net) != self._captioned(self._net))
        self._net = net
        self._lay_out(again)

    def set_look(self, look: Look) -> None:
        """Choose a unit or a connection, or change the form."""
        if look != self._look:
            anew = look.large != self._look.large
            self._look = look
            if anew:
                self._lay_out(True)
            self._spoil()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self.ink.forget()
        self._lay_out(True)

    def _captioned(self, net: Net | None) -> bool:
        return net is not None and any(layer.values is not None for layer in net.layers)

    def _lay_out(self, fresh: bool) -> None:
        """Put the numbers on the columns that stand, or, with `fresh`, let them stand anew."""
        net, top = self._net, 0
        if net is None or min(self.width(), self.height()) < 2:
            self._scene = None
        elif fresh or self._scene is None:
            room = room_for(net, (self.width(), self.height()), self.ink, large=self._look.large)
            if fresh or self._rows != room.rows:
                self._units, self._rows = chosen_units(net, room.rows, self._look.unit), room.rows
            self._scene = Scene.of(net, self._units, room)
            self.laid_out.emit()
        else:
            self._scene = Scene.over(net, self._scene.columns)
            # titles stay, and so do the controls under them
            top = round(head_height(self.ink)) if self._look.large else 0
        if self._scene is None or (self._cursor is not None and self._scene.place_of(self._cursor) is None):
            self._cursor = None
        self._spoil(top)

    def _spoil(self, top: int = 0) -> None:
        """Have everything from so many pixels downwards painted anew."""
        self._stale = True
        self.update(self.rect().adjusted(0, top, 0, 0))

    def _painted(self) -> QPixmap:
        """Return the layer with all that a frame shows; its pixels are kept, for new ones cost as much as filling."""
        if self._stale:
            self._stale = False
            ratio = self.devicePixelRatioF()
            if self._layer.size() != self.size() * ratio or self._layer.devicePixelRatioF() != ratio:
                self._layer = QPixmap(self.size() * ratio)
                self._layer.setDevicePixelRatio(ratio)
            self._layer.fill(self.ink.colour("card"))
            if self._scene is not None:
                painter = QPainter(self._layer)
                paint_scene(painter, self._scene, self._look, self.ink, self._theme.tokens, smooth=self._smooth)
                painter.end()
        return self._layer

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted())
        place = None if self._scene is None or self._cursor is None else self._scene.place_of(self._cursor)
        if self.hasFocus() and self._scene is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            if place is not None:
                column = self._scene.columns[place[0]]
                ring = QRectF(0, 0, column.side + 6, column.side + 6)
                ring.moveCenter(QPointF(column.x, float(column.y[place[1]])))
            painter.drawRoundedRect(ring, 6, 6)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(180))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scene = None
        self._lay_out(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._scene is None:
            super().mousePressEvent(event)
            return
        found = self._at(event.position())
        if found is not None and len(found) == 3:
            self.wire_chosen.emit(found)
        else:
            self.unit_chosen.emit(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._at(event.position()) is None:
            self.enlarged.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if over is None else Qt.CursorShape.PointingHandCursor)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if found is None else as_tip(self._tell(found)), self)
            return True
        # asked before a shortcut of the window fires: here the arrows choose
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._scene is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() in _CHOOSES and self._cursor is None:
            self.enlarged.emit()
        elif event.key() in _CHOOSES:
            self.unit_chosen.emit(self._cursor)
        else:
            self._move(*_MOVES[Qt.Key(event.key())])

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        return plain and (event.key() in _MOVES or event.key() in _CHOOSES)

    def _move(self, across: int, down: int) -> None:
        """Bring the cursor to the next unit, first of all to the chosen one or the first."""
        assert self._scene is not None
        if self._cursor is None:
            chosen = self._look.unit
            if chosen is None or self._scene.place_of(chosen) is None:
                first = self._scene.columns[0]
                chosen = (first.layer, first.units[0])
            self._cursor = chosen
        else:
            self._cursor = self._scene.beside(self._cursor, across, down) or self._cursor
        self.setAccessibleDescription(self._tell(self._cursor))
        self.update()

    def _at(self, place: QPointF) -> Unit | Wire | None:
        """Return the unit, or else the connection, at a place."""
        if self._scene is None:
            return None
        unit = self._scene.unit_at(place.x(), place.y())
        return unit if unit is not None else self._scene.wire_at(place.x(), place.y())

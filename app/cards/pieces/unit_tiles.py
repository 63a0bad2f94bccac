"""The units of a layer as small pictures to choose from."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.cards.pieces.arrow_keys import take_arrow
from app.cards.pieces.unit_art import Art
from app.cards.pieces.unit_model import UNIT_ROLE, UnitModel
from app.look.numbers import count, percent
from app.system.i18n import _
from app.theme import Theme
from simulator.training import LayerUnits

SIDE: Final = {False: 52, True: 44}
"""Of a picture, at text scale 1, by whether room is saved."""
_PADS: Final = {False: 6, True: 4}
WIDTH: Final = 76
"""Of a tile, at text scale 1: a number and a share side by side."""
_BAR: Final = 3


class TileDelegate(QStyledItemDelegate):
    """Paints a unit: its picture, its number, and on how many examples it is active."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.art: Art | None = None
        self.compact = False

    @property
    def tile(self) -> QSize:
        """The size of a tile."""
        side, line = self._theme.px(SIDE[self.compact]), self._theme.px(16)
        return QSize(self._theme.px(WIDTH), side + line + _BAR + 2 * _PADS[self.compact])

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return self.tile

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, UnitModel) or model.layer is None or self.art is None:
            return
        layer, unit, tokens = model.layer, int(index.data(UNIT_ROLE)), self._theme.tokens
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        tile = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if selected:
            painter.setPen(QPen(QColor(tokens.accent), 2 if focused else 1))
            painter.setBrush(QColor(tokens.soft))
            painter.drawRoundedRect(tile, 6, 6)
        side = self._theme.px(SIDE[self.compact])
        picture = QRectF(tile.center().x() - side / 2, tile.top() + _PADS[self.compact] - 1, side, side)
        self.art.paint(painter, picture, layer, unit, tokens)
        self._paint_words(painter, QRectF(tile.left() + 4, picture.bottom(), tile.width() - 8, 0), layer, unit)
        painter.restore()

    def _paint_words(self, painter: QPainter, at: QRectF, layer: LayerUnits, unit: int) -> None:
        tokens = self._theme.tokens
        silent = bool(layer.silent[unit])
        bar = QRectF(at.left(), at.top() + 2, at.width(), _BAR)
        words = QRectF(at.left(), bar.bottom(), at.width(), self._theme.px(16))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font("tick"))
        painter.setPen(QColor(tokens.muted))
        if layer.active is None:
            painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | middle, count(unit + 1))
            return
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | middle, count(unit + 1))
        share = float(layer.active[unit])
        painter.fillRect(bar, QColor(tokens.track))
        painter.fillRect(QRectF(bar.left(), bar.top(), share * bar.width(), bar.height()), QColor(tokens.accent))
        painter.setFont(self._theme.font("badge" if silent else "tick"))
        painter.setPen(QColor(tokens.warn if silent else tokens.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, _("silent") if silent else percent(share))


class UnitTiles(QListView):
    """Shows a `UnitModel`; the arrows go from tile to tile.

    Signals
    -------
    unit_chosen(int)
        Another unit is chosen: its index in the layer, or -1.
    """

    unit_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._compact = False
        self.units = UnitModel(self)
        self.painter_of_tiles = TileDelegate(theme, self)
        self.setModel(self.units)
        self.setItemDelegate(self.painter_of_tiles)
        self.setAccessibleName(_("Units"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { border: none; border-radius: 0; }")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumSize(1, 1)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def unit(self) -> int | None:
        """The unit that is chosen."""
        found = self.currentIndex().data(UNIT_ROLE) if self.currentIndex().isValid() else None
        return None if found is None else int(found)

    def choose(self, unit: int) -> None:
        """Choose a unit and bring it into view."""
        self.setCurrentIndex(self.units.row_of(unit))

    def set_art(self, art: Art | None) -> None:
        """Draw the units in this way."""
        self.painter_of_tiles.art = art
        self.viewport().update()

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self._compact = compact
        self.apply_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.apply_theme()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type, in tiles that a low card does not cut."""
        self.painter_of_tiles.compact = False
        low = self.viewport().height() < self.painter_of_tiles.tile.height()
        self.painter_of_tiles.compact = self._compact or low
        self.setGridSize(self.painter_of_tiles.tile)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        return take_arrow(event) or super().event(event)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        unit = current.data(UNIT_ROLE) if current.isValid() else None
        self.unit_chosen.emit(-1 if unit is None else int(unit))

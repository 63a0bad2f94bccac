"""The list of layers: cards to select, drag and drop."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.panels.build.layer_delegate import LayerDelegate
from app.panels.build.layer_model import LayerModel
from app.system.i18n import _
from app.theme import Theme
from app.widgets.page import SCROLL_BAR


class LayerList(QListView):
    """Shows a `LayerModel` as cards; the layers are dragged by any part of their card.

    Signals
    -------
    opened(bool)
        The form of the selected card is wanted, and whether a key said so.
    """

    opened = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drop_row: int | None = None
        self._layers = LayerModel(self)
        self._painter = LayerDelegate(theme, self)
        self.setModel(self._layers)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Layers"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # the cards draw their own frames, also that of the focus
        self.setStyleSheet("QListView { border: none; border-radius: 0; }")
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        # a hair line of Qt's own; ours is drawn in paintEvent
        self.setDropIndicatorShown(False)
        self.clicked.connect(lambda _index: self.opened.emit(False))
        theme.theme_changed.connect(self._redraw)

    @property
    def layers(self) -> LayerModel:
        """The rows."""
        return self._layers

    @property
    def pitch(self) -> int:
        """Height of one row."""
        return self._painter.pitch

    @property
    def selected(self) -> int | None:
        """The row that is selected."""
        rows = self.selectionModel().selectedIndexes()
        return rows[0].row() if rows else None

    def select(self, row: int | None) -> None:
        """Select a row and bring it into view; None selects nothing."""
        if row is None or not 0 <= row < self._layers.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(self._layers.index(row))
        self.scrollTo(self.currentIndex())

    def set_compact(self, compact: bool) -> None:
        """Show cards of one line, or of two."""
        if compact != self._painter.compact:
            self._painter.compact = compact
            self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.indexAt(event.position().toPoint()).isValid():
            self.select(None)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            # whoever holds the list knows what is open
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.opened.emit(True)
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            # a layer that can be moved no further stays selected
            return
        super().keyPressEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        self._show_drop(self._row_at(event.position().toPoint()) if event.isAccepted() else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drop(None)
        super().dropEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_row is None:
            return
        place = self.visualRect(self._layers.index(self._drop_row))
        y = place.top() - self._painter.gap // 2
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
        painter.drawLine(place.left(), y, self.width() - SCROLL_BAR, y)

    def _row_at(self, place: QPoint) -> int:
        """Return the row in front of which a card dropped at `place` will stand."""
        index = self.indexAt(place)
        last = self._layers.rowCount() - 1
        if not index.isValid():
            return last
        below = place.y() >= self.visualRect(index).center().y()
        return min(max(index.row() + below, 1), last)

    def _show_drop(self, row: int | None) -> None:
        self._drop_row = row
        self.viewport().update()

    def _redraw(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

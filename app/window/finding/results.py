"""The rows of what was found."""

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.finding.entry import Entry
from app.system.i18n import _
from app.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
HEIGHT: Final = 36
LETTER: Final = 44
"""Pixels of the column of letters."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ResultModel(QAbstractListModel):
    """The entries that were found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: tuple[Entry, ...] = ()

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Hold other entries."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{title}, {kind}").format(title=f"{entry.letter} {entry.title}".strip(), kind=entry.mark)
        if role == Qt.ItemDataRole.UserRole:
            return entry
        return None


class ResultDelegate(QStyledItemDelegate):
    """Paints a row: letter, title, what it is about, and at the right its key or kind."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        tokens, box = self._theme.tokens, QRect(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.soft))
            painter.drawRoundedRect(box, 8, 8)
        box.adjust(self._theme.px(10), 0, -self._theme.px(10), 0)
        self._write(painter, box, entry.letter, "value", tokens.muted)
        box.setLeft(box.left() + self._theme.px(LETTER))
        taken = self._write(painter, box, entry.mark, "tick", tokens.muted, _RIGHT)
        box.setRight(box.right() - taken - self._theme.px(12))
        taken = self._write(painter, box, entry.title, "value", tokens.text)
        box.setLeft(box.left() + taken + self._theme.px(12))
        self._write(painter, box, entry.line, "control", tokens.muted)
        painter.restore()

    def _write(
        self, painter: QPainter, box: QRect, text: str, style: str, colour: str, where: Qt.AlignmentFlag = _LEFT
    ) -> int:
        """Write a text, elided to the box, and return how wide it became."""
        font = self._theme.font(style)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(box, where, shown)
        return metrics.horizontalAdvance(shown)

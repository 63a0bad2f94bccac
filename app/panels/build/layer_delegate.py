"""How a row of the list of layers is painted: a card, in one or two lines."""

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.panels.build.layer_model import ROW_ROLE
from app.panels.build.layer_rows import Row
from app.theme import Theme
from app.widgets.elided_label import fitted
from app.widgets.page import SCROLL_BAR

FULL_HEIGHT: Final = 54
FULL_GAP: Final = 8
COMPACT_HEIGHT: Final = 38
COMPACT_GAP: Final = 6
BAR_AT: Final = 9
TEXT_AT: Final = 24
RIGHT: Final = 16
"""Free at the right end; a card shows its grip there when it is pointed at."""
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LayerDelegate(QStyledItemDelegate):
    """Paints with the theme in force; all lengths follow the text scale."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.compact = False

    @property
    def pitch(self) -> int:
        """Height of a card and the gap below it."""
        return self._card_height + self.gap

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.pitch)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        # half pixels: a line of 1 px then lies on whole ones
        card = QRectF(option.rect).adjusted(0.5, 0.5, 0, 0)
        card.setHeight(self._card_height - 1)
        # as wide with the scroll bar as without it
        card.setRight(option.widget.width() - SCROLL_BAR - 0.5)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.compact and row.place != "output":
            self._paint_connector(painter, card)
        self._paint_frame(painter, card, row, selected, focused)
        if self.compact:
            self._paint_line(painter, card, row)
        else:
            self._paint_two_lines(painter, card, row)
        if row.place == "card" and hovered:
            self._paint_grip(painter, card)
        painter.restore()

    @property
    def _card_height(self) -> int:
        return self._theme.px(COMPACT_HEIGHT if self.compact else FULL_HEIGHT)

    @property
    def gap(self) -> int:
        """Height free below a card."""
        return self._theme.px(COMPACT_GAP if self.compact else FULL_GAP)

    def _paint_connector(self, painter: QPainter, card: QRectF) -> None:
        painter.setPen(QPen(QColor(self._theme.tokens.track), 1))
        x = card.left() + self._theme.px(TEXT_AT)
        painter.drawLine(QPointF(x, card.bottom()), QPointF(x, card.bottom() + self.gap))

    def _paint_frame(self, painter: QPainter, card: QRectF, row: Row, selected: bool, focused: bool) -> None:
        tokens = self._theme.tokens
        painter.setPen(QPen(QColor(tokens.accent if selected else tokens.line), 2 if focused else 1))
        painter.setBrush(QColor(tokens.soft if selected else tokens.card))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5) if focused else card, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent if row.place == "card" else tokens.muted))
        inset = self._theme.px(9)
        bar = QRectF(card.left() + self._theme.px(BAR_AT), card.top() + inset, 4, card.height() - 2 * inset)
        painter.drawRoundedRect(bar, 2, 2)

    def _paint_two_lines(self, painter: QPainter, card: QRectF, row: Row) -> None:
        right = self._theme.px(RIGHT)
        text = card.adjusted(self._theme.px(TEXT_AT), self._theme.px(6), -right, -self._theme.px(6))
        upper = QRectF(text.left(), text.top(), text.width(), text.height() / 2)
        lower = upper.translated(0, upper.height())
        used = self._paint_badge(painter, upper, row)
        self._paint_text(painter, upper.adjusted(0, 0, -used, 0), row.name, "value", self._theme.tokens.text)
        # the lower line may run on below the badge, up to the grip
        self._paint_text(painter, lower, row.detail, "control", self._theme.tokens.muted)

    def _paint_line(self, painter: QPainter, card: QRectF, row: Row) -> None:
        text = card.adjusted(self._theme.px(TEXT_AT), 0, -self._theme.px(RIGHT), 0)
        text.setRight(text.right() - self._paint_badge(painter, text, row))
        text.setLeft(text.left() + self._paint_text(painter, text, row.name, "value", self._theme.tokens.text))
        metrics = QFontMetrics(self._theme.font("control"))
        # a few letters and an ellipsis say nothing
        if text.width() >= min(metrics.horizontalAdvance(row.short_detail), metrics.averageCharWidth() * 6):
            self._paint_text(painter, text, row.short_detail, "control", self._theme.tokens.muted)

    def _paint_badge(self, painter: QPainter, place: QRectF, row: Row) -> float:
        """Paint the badge at the right end of `place`, shortened where the name needs it; return the width it takes."""
        if not row.badge.words:
            return 0.0
        name = QFontMetrics(self._theme.font("value")).horizontalAdvance(row.name)
        painter.setFont(self._theme.font("badge"))
        painter.setPen(QColor(self._theme.tokens.warn))
        metrics = painter.fontMetrics()
        free = place.width() - name - self._theme.px(8)
        words = row.badge.words if metrics.horizontalAdvance(row.badge.words) <= free else row.badge.short
        painter.drawText(place, int(_RIGHT), words)
        return metrics.horizontalAdvance(words) + self._theme.px(8)

    def _paint_text(self, painter: QPainter, place: QRectF, text: str, style: str, colour: str) -> float:
        """Paint `text` at the left end of `place`, elided; return the width it takes."""
        painter.setFont(self._theme.font(style))
        painter.setPen(QColor(colour))
        shown = fitted(text, painter.fontMetrics(), int(place.width()))
        painter.drawText(place, int(_LEFT), shown)
        return painter.fontMetrics().horizontalAdvance(shown) + self._theme.px(8)

    def _paint_grip(self, painter: QPainter, card: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.tokens.muted))
        step, radius = self._theme.px(3), 1.0
        right = card.right() - self._theme.px(5)
        for line in (-1, 0, 1):
            for column in (0, 1):
                centre = QPointF(right - column * step, card.center().y() + line * step)
                painter.drawEllipse(centre, radius, radius)

"""A unit's sum as a table: a click, or the arrows, choose the connection of a row."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.ink import Ink
from app.system.i18n import _
from app.theme import Theme
from app.views.network.rows import SumRow

ROW: Final = 28
"""Pixels of a row, at text scale 1."""
_PAD: Final = 6
_SIGN: Final = 16
_SHARES: Final = (0.32, 0.54, 0.75, 1.0)
"""Where the columns end: name, h, w, product."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SumTable(QWidget):
    """Shows rows of `rows_of`.

    Signals
    -------
    source_chosen(int)
        The term of this input was chosen.
    """

    source_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ink = theme, Ink(theme)
        self._rows: tuple[SumRow, ...] = ()
        self._source: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("The sum"))

    @property
    def rows(self) -> tuple[SumRow, ...]:
        """What stands in the table."""
        return self._rows

    @property
    def source(self) -> int | None:
        """The input whose term is chosen."""
        return self._source

    def show_rows(self, rows: Sequence[SumRow], source: int | None) -> None:
        """Show other rows, with the term of `source` chosen."""
        if (tuple(rows), source) == (self._rows, self._source):
            return
        longer = len(rows) != len(self._rows)
        self._rows, self._source = tuple(rows), source
        chosen = [row for row in rows if row.source is not None and row.source == source]
        self.setAccessibleDescription("; ".join(row.spoken for row in chosen or rows if row.kind != "head"))
        if longer:
            self.updateGeometry()
        self.update()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._ink.forget()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(280), len(self._rows) * self._row)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    @property
    def _row(self) -> int:
        return self._theme.px(ROW)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().y()) // self._row
        if event.button() == Qt.MouseButton.LeftButton and place < len(self._rows):
            self._choose(self._rows[place])

    def event(self, event: QEvent) -> bool:
        # asked before a shortcut of the window fires: here the arrows choose
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _step(event)
        terms = [row for row in self._rows if row.kind == "term"]
        if not step or not terms:
            super().keyPressEvent(event)
            return
        sources = [row.source for row in terms]
        at = sources.index(self._source) + step if self._source in sources else 0
        self._choose(terms[min(max(at, 0), len(terms) - 1)])

    def _choose(self, row: SumRow) -> None:
        if row.source is not None:
            self.source_chosen.emit(row.source)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        tokens = self._theme.tokens
        for place, row in enumerate(self._rows):
            room = QRectF(0, place * self._row, self.width(), self._row)
            if row.source is not None and row.source == self._source:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.soft))
                painter.drawRoundedRect(room, 4, 4)
            if row.kind in ("head", "sum"):
                painter.setPen(QPen(QColor(tokens.line), 1))
                y = room.bottom() - 0.5 if row.kind == "head" else room.top() + 0.5
                painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            self._paint_row(painter, row, room.adjusted(_PAD, 0, -_PAD, 0))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_row(self, painter: QPainter, row: SumRow, room: QRectF) -> None:
        ends = [room.left() + share * room.width() for share in _SHARES]
        head = row.kind == "head"
        style = "strong tick" if row.kind == "sum" else "table_head" if head else "tick"
        name_end = ends[0] if row.h else ends[2]
        self._write(painter, room, room.left(), name_end, row.name, style, head, _LEFT)
        if row.h:
            times, equals = ("", "") if head else ("×", "=")
            sign = self._theme.px(_SIGN)
            self._write(painter, room, ends[0], ends[1] - sign, row.h, style, head, _RIGHT)
            self._write(painter, room, ends[1] - sign, ends[1] - 3, times, style, True, _RIGHT)
            self._write(painter, room, ends[1], ends[2] - sign, row.w, style if head else "strong tick", head, _RIGHT)
            self._write(painter, room, ends[2] - sign, ends[2] - 3, equals, style, True, _RIGHT)
        value = "value" if row.kind == "result" else style
        self._write(painter, room, ends[2], ends[3], row.value, value, head, _RIGHT, accent=row.kind == "result")

    def _write(
        self,
        painter: QPainter,
        row: QRectF,
        left: float,
        right: float,
        text: str,
        style: str,
        quiet: bool,
        side: Qt.AlignmentFlag,
        *,
        accent: bool = False,
    ) -> None:
        room = QRectF(left, row.top(), right - left, row.height())
        painter.setFont(self._ink.font(style))
        painter.setPen(self._ink.colour("accent" if accent else "muted" if quiet else "text"))
        # a number is never cut: without its last figures it is another
        shown = self._ink.elided(text, room.width(), style) if side == _LEFT else text
        painter.drawText(room.adjusted(-_SIGN, 0, 0, 0) if side == _RIGHT else room, side, shown)


def _step(event: QKeyEvent) -> int:
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        return 0
    return {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)

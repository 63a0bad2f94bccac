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
_GAP: Final = 4
"""Pixels before a number, at the least."""
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SumTable(QWidget):
    """Shows rows of `rows_of`.

    Signals
    -------
    source_chosen(int)
        The term of this input was chosen.
    edit_asked()
        Its weight is to be typed: after a click on the row, or Enter.
    """

    source_chosen = Signal(int)
    edit_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ink = theme, Ink(theme)
        self._rows: tuple[SumRow, ...] = ()
        self._source: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
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
        row = self._row_at(event)
        if event.button() == Qt.MouseButton.LeftButton and row is not None and row.source is not None:
            self._choose(row)
            self.edit_asked.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event)
        is_term = row is not None and row.source is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_term else Qt.CursorShape.ArrowCursor)

    def _row_at(self, event: QMouseEvent) -> SumRow | None:
        place = int(event.position().y()) // self._row
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def event(self, event: QEvent) -> bool:
        # asked before a shortcut of the window fires: here the arrows choose
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._source is not None:
            self.edit_asked.emit()
            return
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
        ends = self.column_ends()
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
            self._paint_row(painter, row, room.adjusted(_PAD, 0, -_PAD, 0), ends)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def column_ends(self) -> tuple[float, float, float, float]:
        """Return where name, h, w and product end: each as wide as its widest cell, and what is left between them."""
        sign = self._theme.px(_SIGN)
        names, *numbers = (
            max((self._ink.width(text, style) for text, style in cells), default=0.0) for cells in self._cells()
        )
        h, w, product = (width + _GAP for width in numbers)
        names += _GAP
        right = float(self.width() - _PAD)
        spare = max(0.0, right - _PAD - names - h - w - product - 2 * sign) / 3
        third = right - product - spare
        second = third - sign - w - spare
        first = second - sign - h - spare
        return first, second, third, right

    def _cells(self) -> tuple[list[tuple[str, str]], ...]:
        """Return the texts of the four columns, each with its style."""
        terms = [row for row in self._rows if row.h]
        return (
            [(row.name, _style(row)) for row in terms],
            [(row.h, _style(row)) for row in terms],
            [(row.w, _style(row, w=True)) for row in terms],
            [(row.value, "value" if row.kind == "result" else _style(row)) for row in self._rows],
        )

    def _paint_row(self, painter: QPainter, row: SumRow, room: QRectF, ends: tuple[float, ...]) -> None:
        head, style = row.kind == "head", _style(row)
        name_end = ends[0] if row.h else ends[2]
        self._write(painter, room, room.left(), name_end, row.name, style, head, _LEFT)
        if row.h:
            times, equals = ("", "") if head else ("×", "=")
            sign = self._theme.px(_SIGN)
            self._write(painter, room, ends[0], ends[1] - sign, row.h, style, head, _RIGHT)
            self._write(painter, room, ends[1] - sign, ends[1] - 3, times, style, True, _RIGHT)
            self._write(painter, room, ends[1], ends[2] - sign, row.w, _style(row, w=True), head, _RIGHT)
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
        painter.drawText(room, side | Qt.TextFlag.TextDontClip, shown)


def _style(row: SumRow, *, w: bool = False) -> str:
    if row.kind == "head":
        return "table_head"
    return "strong tick" if w or row.kind == "sum" else "tick"


def _step(event: QKeyEvent) -> int:
    if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
        return 0
    return {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)

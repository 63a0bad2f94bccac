"""One lane of the list: its letter and stroke, what it is called, what differs, and its menu."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from app.document.lanes import Lane
from app.look.dashes import curve_pen
from app.system.i18n import _
from app.theme import Theme
from app.theme.prose import as_tip

PADDING: Final = 10
STROKE: Final = 26


class LaneButton(QAbstractButton):
    """Painted: letter, stroke and name in one line, what differs below."""

    rename_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lane: Lane | None = None
        self._detail = ""
        self._compact = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lane(self, lane: Lane, detail: str) -> None:
        """Show this lane."""
        self._lane, self._detail = lane, detail
        name = lane.name or _("without a name")
        words = _("Run {letter}: {name}. {detail}").format(letter=lane.letter, name=name, detail=detail)
        self.setAccessibleName(words)
        self.setToolTip(as_tip(detail))
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Leave what differs to the tooltip."""
        self._compact = compact
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self._theme.font("control")).height()
        return QSize(120, line + 8 if self._compact else 2 * line + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.rename_asked.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        lane, tokens = self._lane, self._theme.tokens
        if lane is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent if strong else tokens.line), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(tokens.soft if self.isChecked() else tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        control, value = self._theme.font("control"), self._theme.font("value")
        line = QFontMetrics(control).height()
        painter.setFont(value)
        painter.setPen(QColor(tokens.text))
        top = 4 if self._compact else 5
        first = QRectF(PADDING, top, self.width() - 2 * PADDING, line)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, lane.letter)
        start = PADDING + QFontMetrics(value).horizontalAdvance("M") + 6
        painter.setPen(curve_pen(tokens.lanes[lane.place], 3, lane.place))
        middle = first.center().y()
        painter.drawLine(QPointF(start, middle), QPointF(start + STROKE, middle))
        painter.setPen(QColor(tokens.text))
        name = lane.name or (_("as built") if lane.place == 0 else _("twin"))
        if lane.pinned:
            name = _("{name} · pinned").format(name=name)
        # the menu button lies over the right end
        room = self.width() - start - STROKE - 8 - self._theme.px(34)
        shown = QFontMetrics(value).elidedText(name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(start + STROKE + 8, top, room, line), Qt.AlignmentFlag.AlignVCenter, shown)
        if self._compact:
            return
        painter.setFont(control)
        painter.setPen(QColor(tokens.muted))
        room = self.width() - 2 * PADDING
        shown = QFontMetrics(control).elidedText(self._detail, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(PADDING, 5 + line, room, line), Qt.AlignmentFlag.AlignVCenter, shown)


class LaneRow(QWidget):
    """A lane's button, its menu button, and the field that takes another name.

    Signals
    -------
    chosen(), menu_asked()
        The lane is to be put first; its menu is to be opened.
    named(str)
        It is to be called so.
    """

    chosen = Signal()
    menu_asked = Signal()
    named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lane: Lane | None = None
        self.button = LaneButton(theme)
        self.more = QToolButton(self)
        self.field = QLineEdit(self)
        self.field.setMaxLength(40)
        self.field.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button)
        self.more.raise_()
        self.button.clicked.connect(self.chosen)
        self.button.rename_asked.connect(self.ask_name)
        self.more.clicked.connect(self.menu_asked)
        self.field.editingFinished.connect(self._take_name)
        theme.theme_changed.connect(self._dress)
        self._dress()

    def show_lane(self, lane: Lane, detail: str, *, selected: bool) -> None:
        """Show this lane."""
        self._lane = lane
        self.button.show_lane(lane, detail)
        self.button.setChecked(selected)
        self.more.setAccessibleName(_("What to do with run {letter}").format(letter=lane.letter))
        self.more.setToolTip(self.more.accessibleName())
        self.field.setAccessibleName(_("Name of run {letter}").format(letter=lane.letter))

    def set_compact(self, compact: bool) -> None:
        """Have one line."""
        self.button.set_compact(compact)
        self.more.setStyleSheet("QToolButton { padding: 0; }" if compact else "")
        self._place()

    def ask_name(self) -> None:
        """Let the user type another name in the place of this one."""
        if self._lane is not None:
            self.field.setText(self._lane.name)
            self._place()
            self.field.show()
            self.field.raise_()
            self.field.selectAll()
            self.field.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit()
        event.accept()

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _take_name(self) -> None:
        if not self.field.isHidden():
            self.field.hide()
            self.named.emit(self.field.text().strip())

    def _place(self) -> None:
        side = self._theme.px(26)
        height = min(side, self.button.sizeHint().height() - 4)
        self.more.setGeometry(
            self.width() - side - 4, min(4, (self.button.sizeHint().height() - height) // 2), side, height
        )
        self.field.setGeometry(4, 4, self.width() - side - 12, self.field.sizeHint().height())

    def _dress(self) -> None:
        side = self._theme.px(16)
        self.more.setIcon(self._theme.icon("more", "muted"))
        self.more.setIconSize(QSize(side, side))
        self.button.updateGeometry()
        self._place()

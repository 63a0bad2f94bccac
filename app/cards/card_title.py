"""The title in a card's header: where the card may be made large, a click or Enter asks for it.

It gives way last: where even then a header has no room for it, it is said in short, or ends in an ellipsis.
"""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import fitted


class CardTitle(QLabel):
    """A label until it `promotes`; then also a control.

    Signals
    -------
    pressed()
        The card is to be made large.
    """

    pressed = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._promotes = False
        self._short = ""
        set_role(self, "title")

    @property
    def promotes(self) -> bool:
        """Whether a click asks for a large card."""
        return self._promotes

    def set_promotes(self, promotes: bool) -> None:
        """Be a control, or a plain label."""
        self._promotes = promotes
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if promotes else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if promotes else Qt.CursorShape.ArrowCursor)
        self._say()

    def set_words(self, title: str, short: str) -> None:
        """Show a title, or where it does not fit its `short` form."""
        self._short = short
        self.setText(title)
        self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._say()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # what is not taken here goes on to the header, by which a card is dragged
        event.setAccepted(self._promotes and event.button() == Qt.MouseButton.LeftButton)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        event.setAccepted(self._promotes)
        if self._promotes and inside and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._promotes and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown_text)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    @property
    def shown_text(self) -> str:
        """What there is room for."""
        metrics, width = self.fontMetrics(), self.width()
        whole = metrics.horizontalAdvance(self.text()) <= width
        return self.text() if whole else fitted(self._short or self.text(), metrics, width)

    def _say(self) -> None:
        name = self.text()
        self.setAccessibleName(_("{card}: make it large").format(card=name) if self._promotes else name)
        whole = as_tip(name) if self.shown_text != name else ""
        self.setToolTip(_("Click to make this view large") if self._promotes else whole)

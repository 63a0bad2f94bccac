"""The network over all other views, between the window's header and its transport, with a way back."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.elided_label import ElidedLabel

PADDING: Final = 16
_WHOLE: Final = 0.97
"""Of the window's width: what is as wide holds all columns, but neither header nor transport."""


def ground_of(card: QWidget) -> QWidget:
    """Return what the picture lies over: the widest thing round the card that is not the window."""
    window, ground = card.window(), card
    parent = ground.parentWidget()
    while ground.width() < _WHOLE * window.width() and parent is not None and parent is not window:
        ground, parent = parent, parent.parentWidget()
    return ground


class Over(QWidget):
    """Borrows the card's tools and its body; whoever made it takes them back when it is left.

    Parameters
    ----------
    order
        Returns the controls in the order of Tab: nothing that lies beneath is reached.

    Signals
    -------
    left()
        Back, or Escape.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        ground: QWidget,
        tools: Sequence[QWidget],
        body: QWidget,
        order: Callable[[], Sequence[QWidget]],
    ) -> None:
        super().__init__(ground)
        self._theme, self._ground, self._order = theme, ground, order
        self._gone = False
        title = _("Network")
        name = QLabel(title)
        set_role(name, "name")
        self.told = ElidedLabel()
        set_role(self.told, "muted")
        self.back = QPushButton(_("Back   Esc"))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Show everything again (Esc)"))
        self.back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(name)
        head.addWidget(self.told, 1)
        for widget in (*tools, self.back):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(PADDING)
        column.addLayout(head)
        column.addWidget(body, 1)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        ground.installEventFilter(self)
        self.dress()
        self.setGeometry(ground.rect())
        self.show()
        self.raise_()

    def dress(self) -> None:
        """Wear the theme's present colours."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(self._theme.tokens.card))
        self.setPalette(palette)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._ground.rect())
        return super().eventFilter(watched, event)

    def let_go(self) -> None:
        """Give the focus, if it is here, to nobody, before the body is taken away."""
        self._gone = True
        self._ground.removeEventFilter(self)
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._gone:
            # Qt asks for a next one while what has the focus is hidden
            return False
        order = [control for control in (*self._order(), self.back) if control.isVisible() and control.isEnabled()]
        focused = self.focusWidget()
        at = order.index(focused) if focused in order else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        order[(at + (1 if forward else -1)) % len(order)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # what lies beneath is not to be pressed
        event.accept()

"""A page of forms that scrolls where the window is low."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.theme import set_role

SCROLL_BAR = 10
"""Width of the application's scroll bars: its room is kept, so that nothing moves when one appears."""


class Page(QScrollArea):
    """Stacks widgets from top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Always there, and invisible while there is nothing to scroll: a page that changes its width when its bar
        # comes may need the bar no more, and never finds rest.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        bar = self.verticalScrollBar()
        bar.setStyleSheet("QScrollBar::handle:disabled { background: transparent; }")
        bar.rangeChanged.connect(self._use_bar)
        bar.setEnabled(False)
        self._content = QWidget()
        self._stack = QVBoxLayout(self._content)
        self._stack.setContentsMargins(0, 0, 0, 4)
        self._stack.setSpacing(10)
        self._stack.addStretch(1)
        self.setWidget(self._content)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self._stack.insertWidget(self._stack.count() - 1, widget)

    def add_rule(self) -> None:
        """Draw a line below what is there."""
        rule = QFrame()
        set_role(rule, "rule")
        self.add(rule)

    def content_height(self) -> int:
        """Return the height at which nothing scrolls."""
        height = self._stack.totalHeightForWidth(self.viewport().width())
        return height if height >= 0 else self._stack.totalSizeHint().height()

    def _use_bar(self, _least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

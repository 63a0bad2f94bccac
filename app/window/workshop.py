"""The laboratory page: left what is built, beside it a layer's form, in the middle the stage, right what is told."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.arrangement.columns import Columns
from app.stage.stage import Stage
from app.theme import Theme

QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own largest width."""
STORY_OVER: Final = 300
"""Width of the right column where it takes room from nobody."""


class Workshop(QWidget):
    """Places left, drawer, stage and right; in a narrow window the right one is a line, over the middle when opened.

    Parameters
    ----------
    line
        Stands over the stage where the right column has no room of its own.

    Attributes
    ----------
    head
        What the line stands in.
    """

    def __init__(
        self, theme: Theme, left: QWidget, stage: Stage, right: QWidget, line: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawer: QWidget | None = None
        self._drawer_width = 0
        self._story_open = False
        self._story_over = False
        self._left = left
        self.right = right
        self.right.setParent(self)
        # Keeps what lies under the right column at a distance from it.
        self._ground = QWidget(self)
        self._ground.setAutoFillBackground(True)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(left)
        self.head = QWidget()
        head = QVBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(line)
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(self.head)
        self._middle.addWidget(stage, 1)
        self._columns.addLayout(self._middle, 1)
        self._columns.addWidget(self.right)

    @property
    def story_is_open(self) -> bool:
        """Whether the right column lies over the middle."""
        return self._story_open

    def arrange(self, columns: Columns, *, story_over: bool) -> None:
        """Give the columns their widths; the right one takes room from nobody where it lies over the middle."""
        self._columns.setSpacing(columns.gap)
        self._middle.setSpacing(columns.gap)
        self.head.setVisible(story_over)
        self._left.setFixedWidth(self._theme.px(columns.left))
        self.right.setFixedWidth(self._theme.px(STORY_OVER if story_over else columns.right))
        self._drawer_width = self._theme.px(columns.drawer)
        self._story_over = story_over
        self.place_drawer(self._drawer)
        self._place_right()

    def place_drawer(self, drawer: QWidget | None) -> None:
        """Let a layer's form take its room from the stage, or nothing."""
        if self._drawer is not None and self._drawer is not drawer:
            self._columns.removeWidget(self._drawer)
            # whoever takes it next has another width for it
            self._drawer.setMinimumWidth(0)
            self._drawer.setMaximumWidth(QWIDGETSIZE_MAX)
        if drawer is not None:
            drawer.setFixedWidth(self._drawer_width)
            if self._columns.indexOf(drawer) < 0:
                self._columns.insertWidget(1, drawer)
        self._drawer = drawer

    def toggle_story(self) -> bool:
        """Open or close the right column where it lies over the middle; return whether it does."""
        if self._story_over:
            self._story_open = not self._story_open
            self._place_right()
        return self._story_over

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_right()

    def _place_right(self) -> None:
        in_column = self._columns.indexOf(self.right) >= 0
        if self._story_over and in_column:
            self._columns.removeWidget(self.right)
        elif not self._story_over:
            self._story_open = False
            if not in_column:
                self._columns.addWidget(self.right)
        self.right.setVisible(not self._story_over or self._story_open)
        self._ground.setVisible(self._story_over and self._story_open)
        if self._story_over and self._story_open:
            top = self.head.height() + self._middle.spacing()
            place = QRect(self.width() - self.right.width(), top, self.right.width(), self.height() - top)
            self._ground.setGeometry(place.adjusted(-self._columns.spacing(), 0, 0, 0))
            self.right.setGeometry(place)
            self._ground.raise_()
            self.right.raise_()

"""The laboratory page: left what is built, in the middle the stage, right what is told."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.stage.stage import Stage
from app.theme import Theme

SIDES: Final = {False: (276, 300), True: (218, 236)}
"""Widths of the left and the right column, by whether space is saved."""


class Workshop(QWidget):
    """Places three columns; in a narrow window the right one is a line over the middle, and a drawer when opened.

    Parameters
    ----------
    left
        From the top: the first takes the room that the others leave.
    line
        Stands over the stage where the right column is a drawer.
    """

    def __init__(
        self,
        theme: Theme,
        left: list[QWidget],
        stage: Stage,
        right: QWidget,
        line: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawer_open = False
        self._as_drawer = False
        self._left = QWidget(self)
        self._left_rows = QVBoxLayout(self._left)
        self._left_rows.setContentsMargins(0, 0, 0, 0)
        for place, widget in enumerate(left):
            self._left_rows.addWidget(widget, 1 if place == 0 else 0)
        self.right = right
        self.right.setParent(self)
        # Keeps what lies under the drawer at a distance from it.
        self._drawer_ground = QWidget(self)
        self._drawer_ground.setAutoFillBackground(True)
        self._columns = QHBoxLayout(self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.addWidget(self._left)
        self._line = line
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addWidget(line)
        self._middle.addWidget(stage, 1)
        self._columns.addLayout(self._middle, 1)
        self._columns.addWidget(self.right)

    @property
    def drawer_is_open(self) -> bool:
        """Whether the right column lies over the middle."""
        return self._drawer_open

    def arrange(self, compact: bool, *, as_drawer: bool, gap: int) -> None:
        """Give way in a small window: narrow columns, or the right one as a drawer."""
        left, right = (self._theme.px(side) for side in SIDES[compact])
        self._columns.setSpacing(gap)
        self._left_rows.setSpacing(gap)
        self._middle.setSpacing(gap)
        self._line.setVisible(as_drawer)
        self._left.setFixedWidth(left)
        # A drawer takes room from nobody.
        self.right.setFixedWidth(self._theme.px(SIDES[False][1]) if as_drawer else right)
        self._as_drawer = as_drawer
        self._place_right()

    def toggle_drawer(self) -> None:
        """Open or close the drawer, where the right column is one."""
        if self._as_drawer:
            self._drawer_open = not self._drawer_open
            self._place_right()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_right()

    def _place_right(self) -> None:
        in_column = self._columns.indexOf(self.right) >= 0
        if self._as_drawer and in_column:
            self._columns.removeWidget(self.right)
        elif not self._as_drawer:
            self._drawer_open = False
            if not in_column:
                self._columns.addWidget(self.right)
        self.right.setVisible(not self._as_drawer or self._drawer_open)
        self._drawer_ground.setVisible(self._as_drawer and self._drawer_open)
        if self._as_drawer and self._drawer_open:
            top = self._line.height() + self._middle.spacing()
            place = QRect(self.width() - self.right.width(), top, self.right.width(), self.height() - top)
            self._drawer_ground.setGeometry(place.adjusted(-self._columns.spacing(), 0, 0, 0))
            self.right.setGeometry(place)
            self._drawer_ground.raise_()
            self.right.raise_()

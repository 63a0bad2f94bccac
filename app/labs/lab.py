"""What every lab is: controls at the left, what is seen in the middle, sentences at the right, actions below.

In a narrow window the sentences stand under the controls: both scroll, and what is seen keeps its width.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.running.context import Context
from app.theme import set_role
from app.widgets.page import SCROLL_BAR, Page
from simulator.message import N_

LEFT: Final = {False: 276, True: 230}
RIGHT: Final = {False: 300, True: 246}
"""Widths of the columns, by whether space is saved."""
PADDING: Final = 14
LOADING: Final = N_("The simulator is loading what it computes with. Just after the start this takes a few seconds.")
"""Said by a lab that has nothing to show yet."""
THREE_COLUMNS: Final = 1000
"""Width, at text scale 1, from which the sentences have a column of their own; below it they share the left one."""


@dataclass(frozen=True)
class LabSpec:
    """How the window offers a lab.

    Attributes
    ----------
    id
        What `Context.go_to` and settings know it by.
    title
        Marked words of its entry.
    tip
        Marked sentence: which question it answers.
    slides
        Ids of the lecture's rows it shows, such as "B1".
    rank
        Its place among the labs.
    make
        Makes the page; called when it is first shown.
    """

    id: str
    title: str
    tip: str
    slides: tuple[str, ...]
    rank: int
    make: Callable[[Context], "Lab"]


class Lab(QWidget):
    """A page with the places of the window: `left` and `right` scroll, `middle` and `bottom` are free.

    A subclass fills `left` and `right` with `Page.add`, and the layouts `middle` and `bottom`. It begins nothing while
    it is hidden: see `wake` and `rest`.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.theme = context.theme
        self.compact = False
        self.left, self._left_card, _rows = _column()
        self.right, self._right_card, self._right_rows = _column()
        self.middle = QVBoxLayout()
        self._bottom_card = QFrame()
        set_role(self._bottom_card, "card")
        self.bottom = QHBoxLayout(self._bottom_card)
        self.bottom.setContentsMargins(14, 10, 14, 10)
        self.bottom.setSpacing(10)
        self._left_column, self._right_column = QVBoxLayout(), QVBoxLayout()
        self._left_column.addWidget(self._left_card, 1)
        self._columns = QHBoxLayout()
        self._columns.addLayout(self._left_column)
        self._columns.addLayout(self.middle, 1)
        self._columns.addLayout(self._right_column)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._columns, 1)
        self._rows.addWidget(self._bottom_card)
        self._lay_out()

    def pin_right(self, widget: QWidget) -> None:
        """Put a widget under the right column, where it does not scroll away."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, SCROLL_BAR, 0)
        row.addWidget(widget)
        self._right_rows.addLayout(row)

    def set_compact(self, compact: bool) -> None:
        """Save room in a small window, or where the text is large."""
        self.compact = compact
        self._lay_out()

    def _lay_out(self) -> None:
        gap = 10 if self.compact else 12
        for layout in (self._columns, self._rows, self.middle, self._left_column):
            layout.setSpacing(gap)
        apart = self.width() >= self.theme.px(THREE_COLUMNS)
        column = self._right_column if apart else self._left_column
        if column.indexOf(self._right_card) < 0:
            self._right_column.removeWidget(self._right_card)
            self._left_column.removeWidget(self._right_card)
            column.addWidget(self._right_card, 1)
        left, right = (self.theme.px(widths[self.compact]) for widths in (LEFT, RIGHT))
        self._left_card.setFixedWidth(left if apart else max(left, right))
        self._right_card.setFixedWidth(right if apart else max(left, right))

    def wake(self) -> None:
        """Come into view: draw, listen, measure."""

    def rest(self) -> None:
        """Go out of view: give up what is measured because it is looked at. What a button asked for goes on."""

    def close_down(self) -> None:
        """End all threads; the window closes."""
        self.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.rest()


def _column() -> tuple[Page, QFrame, QVBoxLayout]:
    """Return a page that scrolls, the card round it, and the rows of the card."""
    card = QFrame()
    set_role(card, "card")
    page = Page()
    layout = QVBoxLayout(card)
    # the page keeps room for its scroll bar itself, inside the padding
    layout.setContentsMargins(PADDING, 10, PADDING - SCROLL_BAR, 10)
    layout.addWidget(page)
    return page, card, layout

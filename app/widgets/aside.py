"""A main thing and words about it: beside it where there is width, below it where there is height.

The words scroll where they have less height than they need.
"""

from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.theme import Theme
from app.widgets.page import Page

ROOMY: Final = 460
"""Width, at text scale 1, from which the words stand beside."""
SHARE: Final = 0.4
"""Of the width, for the words."""
LEAST: Final = 190
MOST: Final = 300
LEAST_HEIGHT: Final = 60
"""Of the words, at text scale 1: with less they stand beside, however narrow."""
_UNBOUND: Final = (1 << 24) - 1
"""Qt's own largest size."""


class Words(Page):
    """Asks for the height of its words, and makes do with less."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.content_height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class Aside(QWidget):
    """Lays a main thing and its `words` out by the shape it is given."""

    def __init__(self, theme: Theme, main: QWidget, *words: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._main = main
        self.words = Words()
        for each in words:
            self.words.add(each)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)
        self._layout.addWidget(main, 1)
        self._layout.addWidget(self.words)
        self._arrange()

    @property
    def is_beside(self) -> bool:
        """Whether the words stand beside the main thing."""
        return self._layout.direction() == QBoxLayout.Direction.LeftToRight

    def sizeHint(self) -> QSize:
        # no wider than the main thing alone, so that cards in a row share it evenly
        return QSize(self._main.sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        # now, not when the event loop comes round: nobody sees the other arrangement
        self._layout.activate()

    def _arrange(self) -> None:
        scale = self._theme.text_scale
        low = self.height() < self._main.minimumSizeHint().height() + LEAST_HEIGHT * scale
        beside = self.width() >= ROOMY * scale or low
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._layout.direction():
            self._layout.setDirection(way)
        policy = QSizePolicy.Policy
        self.words.setSizePolicy(policy.Fixed if beside else policy.Preferred, policy.Preferred)
        if beside:
            self.words.setFixedWidth(round(min(max(SHARE * self.width(), LEAST * scale), MOST * scale)))
        else:
            self.words.setMinimumWidth(0)
            self.words.setMaximumWidth(_UNBOUND)
        # below it they scroll before the main thing has less than half
        self.words.setMaximumHeight(_UNBOUND if beside else self.height() // 2)

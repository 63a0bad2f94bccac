"""A card that can be dragged by its header to another place of the stage."""

from typing import Final

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDockWidget, QWidget

from app.cards.view_card import ViewCard
from app.theme import Theme

RING: Final = 1000
"""Milliseconds that a card is pointed at."""
RADIUS: Final = 10


class Dock(QDockWidget):
    """Holds a view's card: its header is what one drags by, and the card's ground is painted here.

    Signals
    -------
    moved()
        It was dragged to another place.
    """

    moved = Signal()

    def __init__(self, view: str, card: ViewCard, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.card = card
        self._theme = theme
        self._ringed = False
        self.setObjectName(view)
        self.setAccessibleName(card.accessibleName())
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self.setTitleBarWidget(card.give_header())
        self.setWidget(card)
        self._end_of_ring = QTimer(self)
        self._end_of_ring.setSingleShot(True)
        self._end_of_ring.setInterval(RING)
        self._end_of_ring.timeout.connect(lambda: self._set_ring(False))
        self.dockLocationChanged.connect(lambda _area: self.moved.emit())

    def give_card(self) -> None:
        """Let the card have its header again; both leave the dock as soon as they have another parent."""
        self.card.take_header()

    def ring(self) -> None:
        """Stand out for a second."""
        self._set_ring(True)
        self._end_of_ring.start()

    @property
    def is_ringed(self) -> bool:
        """Whether it stands out now."""
        return self._ringed

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self._ringed else 1
        painter.setPen(QPen(QColor(tokens.accent if self._ringed else tokens.line), width))
        painter.setBrush(QColor(tokens.card))
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _set_ring(self, ringed: bool) -> None:
        self._ringed = ringed
        self.update()

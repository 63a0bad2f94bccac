"""Cards in rows and columns of equal share."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from app.cards.view_card import ViewCard
from app.theme import Theme


class CardGrid(QWidget):
    """Rows of cards; a row of fewer cards has wider ones."""

    def __init__(self, rows: Sequence[Sequence[ViewCard]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.cards = tuple(card for row in rows for card in row)
        columns = 1
        for row in rows:
            columns *= len(row)
        for place, row in enumerate(rows):
            span = columns // len(row)
            for number, card in enumerate(row):
                self._grid.addWidget(card, place, number * span, 1, span)
            self._grid.setRowStretch(place, 1)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def set_compact(self, compact: bool, gap: int) -> None:
        """Save room."""
        self._grid.setSpacing(gap)
        for card in self.cards:
            card.set_compact(compact)

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and type."""
        for card in self.cards:
            card.apply_theme(theme)

"""Examples of a data set with a word each: pictures side by side, or numbers in a table."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.cards.pieces.image_tile import ImageTile
from app.look.numbers import number
from app.system.i18n import _
from app.theme import Theme
from app.widgets.number_table import NumberRow, NumberTable
from app.widgets.wrap_row import WrapRow
from simulator.data import Dataset

_SIDE: Final = (62, 84)
"""Width and height of a picture with its word, at text scale 1."""
_FEATURES: Final = 2
"""Numbers of an example that are written; more have no room."""


class SmallTile(ImageTile):
    """A picture of one size, whatever the room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._size = QSize(theme.px(_SIDE[0]), theme.px(_SIDE[1]))
        self.setMinimumSize(self._size)

    def sizeHint(self) -> QSize:
        return self._size


class ExampleTiles(QWidget):
    """Follows the data: pictures where examples are pictures."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measured: tuple[Dataset, float, float] | None = None
        self.row = WrapRow()
        self.table = NumberTable()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.row)
        column.addWidget(self.table)
        self.show_examples(None, np.zeros(0, np.int64), ())

    @property
    def tiles(self) -> tuple[ImageTile, ...]:
        """The pictures on show."""
        return tuple(tile for tile in self.row.widgets if isinstance(tile, ImageTile))

    def show_examples(self, dataset: Dataset | None, chosen: NDArray[np.int64], words: Sequence[str]) -> None:
        """Show the examples of these numbers in the data set, and the words of each."""
        pictured = dataset is not None and dataset.image_shape is not None
        self.table.setVisible(dataset is not None and not pictured and bool(chosen.size))
        if dataset is None or not pictured:
            self.row.set_widgets([])
        if dataset is None:
            return
        if dataset.image_shape is None:
            self._write(dataset, chosen, words)
            return
        low, high = self._ends(dataset)
        tiles = list(self.tiles[: chosen.size])
        if len(tiles) != chosen.size or len(self.tiles) != chosen.size:
            tiles = [SmallTile(self._theme) for _example in chosen]
            self.row.set_widgets(tiles)
        for tile, example, said in zip(tiles, chosen, words, strict=True):
            values = np.asarray(dataset.features[example], np.float64).reshape(dataset.image_shape)
            tile.show_values(values, low, high, said)

    def _write(self, dataset: Dataset, chosen: NDArray[np.int64], words: Sequence[str]) -> None:
        rows = []
        for example, said in zip(chosen, words, strict=True):
            place = ", ".join(number(float(value), 2) for value in dataset.features[example, :_FEATURES])
            rows.append(NumberRow(_("at ({place})").format(place=place), (said,)))
        self.table.show_rows((_("probability"),), rows)

    def _ends(self, dataset: Dataset) -> tuple[float, float]:
        """Return what is black and what is white: the ends of all examples, measured once a data set."""
        if self._measured is None or self._measured[0] is not dataset:
            self._measured = dataset, float(dataset.features.min()), float(dataset.features.max())
        return self._measured[1:]

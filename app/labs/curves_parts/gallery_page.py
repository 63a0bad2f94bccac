"""The gallery: one tile an odd curve, in rows of four."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _
from app.labs.curves_parts.exhibit_tile import ExhibitTile
from app.theme import Theme
from simulator import GALLERY, ExhibitCurve, load

COLUMNS: Final = 4


class GalleryPage(QWidget):
    """Tiles are as large as the room allows; where it is too small, they scroll.

    Signals
    -------
    pointed(str)
        The mouse or the focus has come to the exhibit of that name.
    opened(str)
        The exhibit of that name was pressed.
    """

    pointed = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = {
            exhibit.name: ExhibitTile(
                theme, exhibit.name, _(load(exhibit.name).experiment.name), validation=exhibit.validation
            )
            for exhibit in GALLERY
        }
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
            tile.pointed.connect(self.pointed)
            tile.clicked.connect(lambda _checked=False, name=tile.name: self.opened.emit(name))
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Odd loss curves"))
        scroll.setWidget(inside)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.addWidget(scroll)

    def show_curves(self, curves: Mapping[str, ExhibitCurve]) -> None:
        """Draw the curves that are trained."""
        for name, curve in curves.items():
            self.tiles[name].show_curve(curve)

    def set_compact(self, compact: bool, gap: int) -> None:
        """Save room."""
        self._grid.setSpacing(gap - 2 if compact else gap)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for tile in self.tiles.values():
            tile.apply_theme()

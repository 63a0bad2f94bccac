"""The gallery: one tile an odd curve, in rows of four, or fewer where the text is large."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.document.built_in import built_in
from app.labs.curves.exhibit_tile import ExhibitTile
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.curves import GALLERY, ExhibitCurve

MOST_COLUMNS: Final = 4


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
                theme, exhibit.name, _(built_in(exhibit.name).experiment.name), validation=exhibit.validation
            )
            for exhibit in GALLERY
        }
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self._arrange(MOST_COLUMNS)
        for tile in self.tiles.values():
            tile.pointed.connect(self.pointed)
            tile.clicked.connect(lambda _checked=False, name=tile.name: self.opened.emit(name))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Odd loss curves"))
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

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
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put as many tiles in a row as there is room for."""
        widest = max(tile.minimumSizeHint().width() for tile in self.tiles.values())
        gap = self._grid.horizontalSpacing()
        self._arrange(min(MOST_COLUMNS, max(1, (self.width() + gap) // (widest + gap))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, place // columns, place % columns)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

"""Which activation a card has: small curves to press."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document.card_edits import CHOICES
from app.forms.texts import kind_tip
from app.panels.build.activation_tile import ActivationTile
from app.panels.build.function_shapes import FunctionShapes
from app.system.i18n import _
from app.theme import Theme, set_role
from simulator.declaration import kind_of

GAP: Final = 6
MOST_COLUMNS: Final = 4
SLIDE: Final = "B1"


def columns_for(tiles: int, width: int, least: int, gap: int = GAP) -> int:
    """Return in how many columns tiles stand: no tile narrower than `least`, and the last row as full as can be."""
    fits = max(1, min(MOST_COLUMNS, (width + gap) // (least + gap)))
    return min(range(1, fits + 1), key=lambda columns: (math.ceil(tiles / columns) * columns - tiles > 1, -columns))


class ActivationChooser(QWidget):
    """Every activation once, drawn from its own function.

    Signals
    -------
    chosen(str)
        The user chose that kind.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shapes = FunctionShapes(self)
        self._ready = False
        title = QLabel(_("Activation"))
        set_role(title, "value")
        slide = QLabel(_("slide {slide}").format(slide=SLIDE))
        set_role(slide, "muted")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(slide)
        self._group = QButtonGroup(self)
        self.tiles: dict[str, ActivationTile] = {}
        for index, kind in enumerate(CHOICES):
            tile = ActivationTile(theme, _(kind.label))
            tile.setAccessibleName(_("Activation: {name}").format(name=_(kind.label)))
            tile.setToolTip(kind_tip(kind, self.palette()))
            self._group.addButton(tile, index)
            self.tiles[kind_of(kind)] = tile
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        self._columns = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(self._grid)
        self._arrange()
        self._group.idClicked.connect(lambda index: self.chosen.emit(kind_of(CHOICES[index])))
        self._shapes.known.connect(self._draw)
        theme.theme_changed.connect(self._arrange)

    @property
    def value(self) -> str:
        """The kind that is on; empty if none is."""
        return next((kind for kind, tile in self.tiles.items() if tile.isChecked()), "")

    def show_kind(self, kind: str, *, weighted: bool) -> None:
        """Show which kind it is; kinds that are layers themselves are for cards with weights."""
        with QSignalBlocker(self._group):
            for name, tile in self.tiles.items():
                tile.setChecked(name == kind)
        for choice in CHOICES:
            self.tiles[kind_of(choice)].setEnabled(weighted or not choice.weighted)

    def draw_curves(self) -> None:
        """Draw the functions from now on: what computes them is ready."""
        self._ready = True
        if self.isVisible():
            self._shapes.ask()
        self._draw()

    def close_down(self) -> None:
        """End what computes."""
        self._ready = False
        self._shapes.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._ready:
            self.draw_curves()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(1, super().minimumSizeHint().height())

    def _draw(self) -> None:
        for kind, tile in self.tiles.items():
            tile.show_curve(self._shapes.curve(kind))

    def _arrange(self) -> None:
        least = max(tile.least_width() for tile in self.tiles.values())
        columns = columns_for(len(self.tiles), self.width(), least)
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for index, tile in enumerate(self.tiles.values()):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, index // columns, index % columns, Qt.AlignmentFlag(0))
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

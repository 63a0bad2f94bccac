"""What a card has besides weights and activation: batch norm, dropout; the fields of each stand below its box."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.document.card_edits import EXTRAS
from app.forms.texts import kind_tip
from app.system.i18n import _
from simulator.declaration import kind_of
from simulator.experiment import Card

INDENT: Final = 28
"""Pixels that a box's fields stand in: as far as its words."""


class ExtrasChooser(QWidget):
    """One check box for every kind of entry that may stand in a card.

    Signals
    -------
    toggled(str, bool)
        The user wants an entry of that kind in the card, or no more.
    """

    toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        for kind in EXTRAS:
            box = QCheckBox(_(kind.label))
            box.setAccessibleName(_(kind.label))
            box.setToolTip(kind_tip(kind, self.palette()))
            box.toggled.connect(partial(self.toggled.emit, kind_of(kind)))
            self.boxes[kind_of(kind)] = box
            self._layout.addWidget(box)

    def show_card(self, card: Card) -> None:
        """Show which entries the card has."""
        present = {entry.kind for entry in card.entries}
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(name in present)

    def place_forms(self, forms: Mapping[str, QWidget]) -> None:
        """Put the fields of an entry below its box; `forms` by kind."""
        for kind, form in forms.items():
            form.setContentsMargins(INDENT, 0, 0, 0)
            self._layout.insertWidget(self._layout.indexOf(self.boxes[kind]) + 1, form)

"""A place counted from 1, whose last one changes: an example of a mini-batch, a unit of a layer."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _
from simulator.declaration import DeclaredField, Field

MOST_STOPS: Final = 200
"""More stops than pixels help nobody; the field takes any number."""


class CountControl(QWidget):
    """A field and a slider from 1 to the last place.

    Signals
    -------
    changed()
        The user chose another place.
    """

    changed = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._most = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.control: NumberControl
        self.set_most(1)

    @property
    def index(self) -> int:
        """The place, counted from 0."""
        return int(self.control.value) - 1

    def set_index(self, index: int) -> None:
        """Stand at a place, counted from 0."""
        self.control.set_value(index + 1)

    def set_most(self, most: int) -> None:
        """Count up to `most`; the place stays where it can."""
        if most == self._most:
            return
        place = 1 if self._most == 0 else min(most, int(self.control.value))
        if self._most:
            self._column.removeWidget(self.control)
            self.control.hide()
            self.control.deleteLater()
        self._most = most
        stops = sorted({round(1 + step * (most - 1) / MOST_STOPS) for step in range(MOST_STOPS + 1)})
        about = Field(self._label, low=1, high=most, help=_("Counted from 1."))
        self.control = NumberControl(DeclaredField("place", int, place, about), stops)
        self.control.changed.connect(lambda _value: self.changed.emit())
        self._column.addWidget(self.control)

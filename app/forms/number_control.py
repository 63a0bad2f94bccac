"""A number that belongs to a view and not to the experiment: label, field and slider, as in the forms."""

import math
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.forms.stops import stops
from app.forms.texts import field_tip
from app.system.i18n import _
from app.theme import set_role
from app.widgets.number_field import NumberField
from app.widgets.stop_slider import StopSlider
from simulator.declaration import DeclaredField


class NumberControl(QWidget):
    """Holds one number; what is typed beyond its bounds becomes the bound.

    Parameters
    ----------
    declared
        Its label, bounds, default and sentence.
    places
        Where the slider may stand, ascending; by default what the declaration gives.
    snaps
        Whether typed numbers, too, go to the nearest place.

    Signals
    -------
    changed(float)
        The user chose another number; never sent by `set_value`.
    drag_ended()
        The slider was let go.
    """

    changed = Signal(float)
    drag_ended = Signal()

    def __init__(
        self,
        declared: DeclaredField,
        places: Sequence[float] = (),
        *,
        snaps: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._declared = declared
        self._places = tuple(places) or stops(declared)
        self._whole = declared.type is int
        self._snaps = snaps
        self._value = float(declared.default)
        self.label = QLabel(_(declared.about.label))
        self.label.setWordWrap(True)
        set_role(self.label, "muted")
        self.field = NumberField(self._whole)
        self.field.set_bounds(declared.about.low, declared.about.high, self._places)
        self.slider = StopSlider(self._places)
        self._lay_out()
        self.field.entered.connect(self._on_entered)
        self.field.stepped.connect(self._choose)
        self.slider.picked.connect(self._choose)
        self.slider.drag_ended.connect(self.drag_ended)
        self.label.setBuddy(self.field)
        self.setToolTip(field_tip(declared.about, self.palette(), restarts=False))
        self.set_value(self._value)
        self.set_name(self.label.text())

    @property
    def value(self) -> float:
        """The number in force."""
        return self._value

    @property
    def places(self) -> tuple[float, ...]:
        """Where the slider may stand."""
        return self._places

    def set_value(self, value: float) -> None:
        """Show a number."""
        self._value = value
        self.field.set_number(int(value) if self._whole else value)
        if not self.slider.isSliderDown():
            self.slider.show_number(value)

    def set_name(self, name: str) -> None:
        """Say what a screen reader calls it."""
        for control in (self.field, self.slider):
            control.setAccessibleName(name)
            control.setAccessibleDescription(_(self._declared.about.help))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.label, 1)
        head.addWidget(self.field)
        if self._declared.about.unit:
            unit = QLabel(_(self._declared.about.unit))
            set_role(unit, "muted")
            head.addWidget(unit)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(2)
        body.addLayout(head)
        body.addWidget(self.slider)

    def _on_entered(self, typed: float | str) -> None:
        if isinstance(typed, str):
            self.set_value(self._value)
        else:
            self._choose(typed)

    def _choose(self, number: float) -> None:
        low, high = self._declared.about.low, self._declared.about.high
        number = min(math.inf if high is None else high, max(-math.inf if low is None else low, number))
        if self._snaps:
            number = min(self._places, key=lambda place: abs(place - number))
        number = float(round(number) if self._whole else number)
        before = self._value
        self.set_value(number)
        if number != before:
            self.changed.emit(number)

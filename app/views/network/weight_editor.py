"""One weight as a field and a slider: what is entered changes the run from the present step on."""

import math
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document.document import Document
from app.look.numbers import count
from app.system.i18n import _, translate_message, translate_sentence
from app.theme import Theme, set_role
from app.views.network.words import Place
from app.widgets.number_field import NumberField
from app.widgets.stop_slider import StopSlider
from simulator.experiment import weight_name

STOPS: Final = 100
"""Places of the slider on either side of 0."""
FIGURES: Final = 5
_ROUND: Final = (1.0, 2.0, 5.0, 10.0)
_BOX: Final = "QLineEdit { background: palette(base); border-color: palette(dark); padding-right: 4px; }"
_FIELD: Final = 92
"""Pixels of the field, at text scale 1."""


def reach(largest: float) -> float:
    """Return how far a slider goes on either side of 0: a round number beyond the largest weight of the layer."""
    if not math.isfinite(largest) or largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    # round numbers of a power of ten are floats too: 2 * 0.1 may be a hair under 0.2
    return next(factor * power for factor in _ROUND if factor * power >= largest * (1 - 1e-12))


class WeightEditor(QFrame):
    """Shows the chosen weight; disabled, with the reason, while it cannot be set."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "note")
        self._document, self._theme = document, theme
        self._place: Place | None = None
        self._reach = 1.0
        self._gesture: object | None = None
        self.title = QLabel()
        self.title.setWordWrap(True)
        set_role(self.title, "value")
        self.field = NumberField(whole=False)
        self.field.setStyleSheet(self.field.styleSheet() + _BOX)
        self.slider = StopSlider([at / STOPS for at in range(-STOPS, STOPS + 1)])
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.undo_note = QLabel(_("Kept in History. Ctrl+Z takes it back."))
        self.undo_note.setWordWrap(True)
        set_role(self.undo_note, "muted")
        self._lay_out()
        self.field.entered.connect(self._take_typed)
        self.field.stepped.connect(self._set)
        self.slider.picked.connect(lambda share: self._set(share * self._reach))
        self.slider.drag_began.connect(self._begin_drag)
        self.slider.drag_ended.connect(self._end_drag)
        self.apply_theme()

    @property
    def place(self) -> Place | None:
        """The weight on show."""
        return self._place

    def show_weight(self, place: Place | None, step: int) -> None:
        """Show a weight as it is at a step; None for no weight."""
        self.setVisible(place is not None)
        if place is None:
            self._place = None
            return
        before, self._place = self._place, place
        if before is None or (before.block, before.index) != (place.block, place.index):
            self._reach = reach(1.2 * max(place.largest, abs(place.value)))
            name = translate_message(weight_name(self._document.viewpoint.experiment, place.block, place.index))
            self.title.setText(name)
            for control in (self.field, self.slider):
                control.setAccessibleName(name)
            stops = [at / STOPS * self._reach for at in range(-STOPS, STOPS + 1)]
            self.field.set_bounds(-self._reach, self._reach, stops)
        number = float(f"{place.value:.{FIGURES}g}")
        # a text that is set anew loses what is selected in it
        if not (self.field.hasFocus() and (self.field.isModified() or number == self.field.number)):
            self.field.set_number(number)
        if not self.slider.isSliderDown():
            self.slider.show_number(place.value / self._reach)
        self._say(step)

    def take_caret(self) -> None:
        """Have the weight typed over, where it can be set."""
        if self._place is not None and self.field.isEnabled():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.selectAll()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self.field.setFixedWidth(self._theme.px(_FIELD))

    def _say(self, step: int) -> None:
        """Say from which step an edit holds, or why there can be none."""
        fault = self._document.weights.fault()
        words = _("Enter changes the run from step {step}.").format(step=count(step))
        self.note.setText(words if fault is None else translate_sentence(fault))
        self.undo_note.setVisible(fault is None)
        for control in (self.field, self.slider):
            control.setEnabled(fault is None)
            control.setAccessibleDescription(self.note.text())

    def _take_typed(self, typed: float | str) -> None:
        if isinstance(typed, str):
            if self._place is not None:
                self.field.set_number(float(f"{self._place.value:.{FIGURES}g}"))
            return
        self._set(typed)

    def _set(self, value: float) -> None:
        place = self._place
        if place is not None and value != place.value:
            self._document.weights.edit(place.block, place.index, place.value, float(value), self._gesture)

    def _begin_drag(self) -> None:
        self._gesture = object()

    def _end_drag(self) -> None:
        self._gesture = None

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field)
        row.addWidget(self.slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.undo_note)

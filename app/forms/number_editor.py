"""Numbers: a field to type in, and a slider where the declaration gives it a sensible range."""

from typing import Any

from PySide6.QtWidgets import QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from app.forms.gesture import Gesture
from app.forms.stops import stops
from app.widgets.number_field import NumberField
from app.widgets.stop_slider import StopSlider
from simulator.declaration import DeclaredField


class NumberEditor(FieldEditor):
    """A whole or a real number."""

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(document, path, declared, parent)
        about = declared.about
        places = stops(declared)
        self._whole = declared.type is int
        self._gesture = Gesture(self)
        self._field = NumberField(self._whole)
        self._field.set_bounds(about.low, about.high, places)
        self._field.entered.connect(self._commit)
        self._field.stepped.connect(self._step)
        self._head.addWidget(self._field)
        self._add_unit()
        self._slider = StopSlider(places) if places else None
        self._name_control(self._field)
        if self._slider is not None:
            self._slider.picked.connect(self._step)
            self._slider.drag_began.connect(self._gesture.begin)
            self._slider.drag_ended.connect(self._gesture.end)
            self._add_below(self._slider)
            self._name_control(self._slider)

    @property
    def control(self) -> NumberField:
        return self._field

    @property
    def slider(self) -> StopSlider | None:
        """The slider, where there is one."""
        return self._slider

    def _show(self, value: Any) -> None:
        self._field.set_number(value)
        if self._slider is not None and not self._slider.isSliderDown():
            self._slider.show_number(value)

    def _step(self, number: float) -> None:
        self._commit(int(number) if self._whole else float(number), self._gesture.mark())

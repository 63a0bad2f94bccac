"""A number that may be absent: "no limit"."""

from typing import Any, Final, get_args

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from app.forms.gesture import Gesture
from app.system.i18n import _
from app.theme import set_role
from app.widgets.check_words import make_wordless_box
from app.widgets.elided_label import ElidedLabel
from app.widgets.number_field import NumberField
from simulator.declaration import DeclaredField

FIRST_LIMIT: Final = 100
"""What a whole number begins with when it is ticked, within the declared bounds; a real one begins with 1."""


class OptionalEditor(FieldEditor):
    """A check box in front of the label says whether there is a number; without one there is no limit."""

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(document, path, declared, parent)
        about = declared.about
        low, high = about.low or 0, about.high or FIRST_LIMIT
        whole = int in get_args(declared.type)
        self._limit = min(high, max(low, FIRST_LIMIT if whole else 1))
        self._gesture = Gesture(self)
        self._field = NumberField(whole)
        self._field.set_bounds(about.low, about.high)
        self._field.entered.connect(self._commit)
        self._field.stepped.connect(lambda number: self._commit(number, self._gesture.mark()))
        self._absent = ElidedLabel(_("no limit"))
        set_role(self._absent, "muted")
        self._check = make_wordless_box(self._label)
        self._check.toggled.connect(lambda on: self._commit(self._limit if on else None))
        self._head.insertWidget(0, self._check, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addWidget(self._field)
        self._head.addWidget(self._absent)
        self._unit = self._add_unit()
        self._name_control(self._check, self._field)

    @property
    def control(self) -> QWidget:
        return self._check if self._value is None else self._field

    @property
    def field(self) -> NumberField:
        """The number."""
        return self._field

    @property
    def check(self) -> QCheckBox:
        """Whether there is a number."""
        return self._check

    def _show(self, value: Any) -> None:
        with QSignalBlocker(self._check):
            self._check.setChecked(value is not None)
        self._absent.setVisible(value is None)
        self._field.setVisible(value is not None)
        if self._unit is not None:
            self._unit.setVisible(value is not None)
        if value is not None:
            self._limit = value
            self._field.set_number(value)

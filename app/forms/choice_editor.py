"""One of a few fixed words."""

from typing import Any, get_args

from PySide6.QtWidgets import QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from app.system.i18n import _
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.declaration import DeclaredField


class ChoiceEditor(FieldEditor):
    """A field of type `Literal`."""

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(document, path, declared, parent)
        words = declared.about.words or {}
        self._box = ChoiceBox()
        self._box.set_choices([Choice(word, _(words.get(word, word))) for word in get_args(declared.type)])
        self._box.chosen.connect(self._commit)
        self._add_below(self._box)
        self._name_control(self._box)

    @property
    def control(self) -> QWidget:
        return self._box.control

    @property
    def box(self) -> ChoiceBox:
        """The control with the words."""
        return self._box

    def _show(self, value: Any) -> None:
        self._box.set_value(value)

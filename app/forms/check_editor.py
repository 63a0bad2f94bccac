"""Yes or no."""

from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from app.widgets.check_words import make_wordless_box
from simulator.declaration import DeclaredField


class CheckEditor(FieldEditor):
    """A check box in front of the field's label."""

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(document, path, declared, parent)
        self._box = make_wordless_box(self._label)
        self._box.toggled.connect(self._commit)
        self._head.insertWidget(0, self._box, 0, Qt.AlignmentFlag.AlignTop)
        self._name_control(self._box)

    @property
    def control(self) -> QCheckBox:
        return self._box

    def _show(self, value: Any) -> None:
        with QSignalBlocker(self._box):
            self._box.setChecked(value)

"""Words, names and paths."""

from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLineEdit, QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from simulator.declaration import DeclaredField

_SHEET = """
QLineEdit { padding: 4px 8px; }
QLineEdit:focus { padding: 3px 7px; }
"""


class TextEditor(FieldEditor):
    """A field of type `str`. A file dropped or pasted there is its path."""

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(document, path, declared, parent)
        self._line = QLineEdit()
        self._line.setStyleSheet(_SHEET)
        self._line.editingFinished.connect(self._finish)
        self._line.textChanged.connect(self._take_file)
        self._add_below(self._line)
        self._name_control(self._line)

    @property
    def control(self) -> QLineEdit:
        return self._line

    def _show(self, value: Any) -> None:
        self._line.setText(value)

    def _take_file(self, text: str) -> None:
        url = QUrl(text.strip())
        if url.isLocalFile():
            self._commit(url.toLocalFile())

    def _finish(self) -> None:
        if self._line.isModified():
            self._line.setModified(False)
            self._commit(self._line.text())

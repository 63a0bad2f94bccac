"""A form for any struct of the experiment, one editor a declared field."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import State
from app.forms.editor import FieldEditor
from app.forms.tree import join, value_at
from simulator.declaration import DeclaredField, declared_fields

SPACING = 8

MakeEditor = Callable[[Document, str, DeclaredField], FieldEditor]


class EditorForm(QWidget):
    """The fields of what stands at `path`; other kinds at that place get other editors.

    Parameters
    ----------
    make_editor
        Makes the editor of a field; see `make_form`.
    path
        "training", "network.1", "data" ...; "" is the experiment itself.
    only
        Names of the fields to show; all of them if it is None.
    following
        Whether the form listens to the document; one inside an editor is told by the editor.
    """

    def __init__(
        self,
        document: Document,
        make_editor: MakeEditor,
        path: str,
        only: Sequence[str] | None = None,
        *,
        following: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._make_editor = make_editor
        self._path = path
        self._only = only
        self._struct: type | None = None
        self._editors: dict[str, FieldEditor] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self.refresh()
        if following:
            document.changed.connect(self._follow)
            document.viewpoint.changed.connect(self.refresh)

    @property
    def path(self) -> str:
        """Where the struct stands in the experiment."""
        return self._path

    @property
    def editors(self) -> tuple[FieldEditor, ...]:
        """The editors, in the order of the declarations."""
        return tuple(self._editors.values())

    def editor(self, name: str) -> FieldEditor:
        """Return the editor of the field `name`."""
        return self._editors[name]

    def set_path(self, path: str) -> None:
        """Show what stands at another place."""
        if path != self._path:
            self._path = path
            self._struct = None
            self.refresh()

    def refresh(self) -> None:
        """Show what the document holds now."""
        struct = value_at(self._document.viewpoint.experiment, self._path)
        if type(struct) is not self._struct:
            self._rebuild(struct)
        for name, editor in self._editors.items():
            editor.show_value(getattr(struct, name))

    def _follow(self, before: State, after: State) -> None:
        if value_at(before.experiment, self._path) != value_at(after.experiment, self._path):
            self.refresh()

    def _rebuild(self, struct: object) -> None:
        self._struct = type(struct)
        for old in self._editors.values():
            old.hide()
            old.deleteLater()
        self._editors.clear()
        if not isinstance(struct, msgspec.Struct):
            return
        for declared in declared_fields(type(struct)):
            if self._only is None or declared.name in self._only:
                editor = self._make_editor(self._document, join(self._path, declared.name), declared)
                self._editors[declared.name] = editor
                self._layout.addWidget(editor)
                # Qt would show it later only, and until then count it as no height
                editor.show()

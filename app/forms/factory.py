"""Which editor a field gets: decided by its type alone."""

from collections.abc import Sequence
from types import NoneType, UnionType
from typing import Final, Literal, Union, get_args, get_origin

from app.document.document import Document
from app.forms.check_editor import CheckEditor
from app.forms.choice_editor import ChoiceEditor
from app.forms.editor import FieldEditor
from app.forms.form import EditorForm
from app.forms.kind_editor import KindEditor, kinds_of
from app.forms.number_editor import NumberEditor
from app.forms.optional_editor import OptionalEditor
from app.forms.text_editor import TextEditor
from simulator.declaration import DeclaredField

_BY_TYPE: Final[dict[object, type[FieldEditor]]] = {
    bool: CheckEditor,
    int: NumberEditor,
    float: NumberEditor,
    str: TextEditor,
}


def make_editor(document: Document, path: str, declared: DeclaredField) -> FieldEditor:
    """Return an editor for the field at `path`.

    Raises
    ------
    TypeError
        If no editor knows the field's type: a fault of the program, found by the tests.
    """
    if kinds_of(declared):
        return KindEditor(document, path, declared, make_editor)
    return _editor_class(declared)(document, path, declared)


def make_form(
    document: Document, path: str, only: Sequence[str] | None = None, *, following: bool = True
) -> EditorForm:
    """Return the form of what stands at `path`; see `EditorForm`."""
    return EditorForm(document, make_editor, path, only, following=following)


def _editor_class(declared: DeclaredField) -> type[FieldEditor]:
    origin = get_origin(declared.type)
    if declared.type in _BY_TYPE:
        return _BY_TYPE[declared.type]
    if origin is Literal:
        return ChoiceEditor
    if origin in (Union, UnionType) and set(get_args(declared.type)) <= {int, float, NoneType}:
        return OptionalEditor
    raise TypeError(f"no editor for {declared.name}: {declared.type}")

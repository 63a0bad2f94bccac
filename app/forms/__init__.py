"""Forms drawn from the declarations: a new field or kind needs no code here."""

from app.forms.editor import FieldEditor
from app.forms.factory import make_form
from app.forms.form import EditorForm

__all__ = ["EditorForm", "FieldEditor", "make_form"]

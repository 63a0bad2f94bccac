"""Which kind, and below it the fields of that kind."""

from collections.abc import Mapping
from types import NoneType
from typing import Any, Final, get_args

from PySide6.QtWidgets import QLabel, QWidget

from app.document.document import Document
from app.forms.editor import FieldEditor
from app.forms.form import EditorForm, MakeEditor
from app.forms.texts import kind_tip
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.declaration import DeclaredField, Kind, kind_of

INDENT: Final = 12
ABSENT: Final = ""


def kinds_of(declared: DeclaredField) -> tuple[type[Kind], ...]:
    """Return the kinds that a field may hold; empty if it holds none. A union of one kind is that kind itself."""
    options = get_args(declared.type) or (declared.type,)
    return tuple(option for option in options if isinstance(option, type) and issubclass(option, Kind))


class KindEditor(FieldEditor):
    """A field that holds one of several kinds; `make_editor` makes the editors of their fields."""

    def __init__(
        self,
        document: Document,
        path: str,
        declared: DeclaredField,
        make_editor: MakeEditor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(document, path, declared, parent)
        self._kinds = kinds_of(declared)
        self._only = QLabel()
        self._box = ChoiceBox()
        self._form = EditorForm(document, make_editor, path, following=False)
        self._form.setContentsMargins(INDENT, 4, 0, 0)
        choices = [Choice(kind_of(kind), _(kind.label), kind_tip(kind, self.palette())) for kind in self._kinds]
        if NoneType in get_args(declared.type):
            choices.insert(0, Choice(ABSENT, _("none")))
        self._choices = len(choices)
        self._box.set_choices(choices)
        self._box.chosen.connect(self._choose)
        if self._choices == 1:
            # nothing to choose: the name of the one kind is enough
            self._only.setText(choices[0].text)
            self._only.setToolTip(choices[0].tip)
            set_role(self._only, "value")
            self._only.setWordWrap(True)
            self._add_below(self._only)
            self._box.hide()
        else:
            self._add_below(self._box)
        self._add_below(self._form)
        self._name_control(self._only if self._choices == 1 else self._box)

    @property
    def control(self) -> QWidget:
        return self._only if self._choices == 1 else self._box.control

    @property
    def box(self) -> ChoiceBox:
        """The control with the kinds."""
        return self._box

    @property
    def form(self) -> EditorForm:
        """The fields of the chosen kind."""
        return self._form

    def say_kinds(self, words: Mapping[str, str]) -> None:
        """Say more of each kind than its name; `words` by the kinds' ids."""
        self._box.set_texts(words)

    def _show(self, value: Any) -> None:
        self._box.set_value(ABSENT if value is None else kind_of(type(value)))
        self._form.refresh()
        self._form.setVisible(bool(self._form.editors))

    def _choose(self, kind: str) -> None:
        # its fields begin at their defaults
        self._commit(None if kind == ABSENT else {"kind": kind})

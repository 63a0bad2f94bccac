"""What the editors of all fields share: label, tooltip, the sentence about a bad value, the way to the document."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document.document import Document
from app.forms.texts import change_text, fault_sentence, field_tip
from app.system.i18n import _
from app.theme import set_role
from app.widgets.elided_label import ElidedLabel
from simulator.declaration import DeclaredField


class FieldEditor(QWidget):
    """One field: a head line with its label, the control in it or below, and room for a sentence.

    A subclass puts its controls in place, says what they are by `_name_control`, shows values by `_show`, and hands
    what the user enters to `_commit`. The form that holds the editor tells it what to show.

    Parameters
    ----------
    path
        Where the field stands in the experiment: "training.learning_rate".
    """

    def __init__(self, document: Document, path: str, declared: DeclaredField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._path = path
        self._declared = declared
        self._value: Any = None
        self._note: QLabel | None = None
        self._label = QLabel(_(declared.about.label))
        self._label.setWordWrap(True)
        set_role(self._label, "muted")
        self._head = QHBoxLayout()
        self._head.setSpacing(6)
        self._head.addWidget(self._label, 1)
        self._fault = QLabel()
        self._fault.setWordWrap(True)
        set_role(self._fault, "warn")
        self._fault.hide()
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(2)
        self._body.addLayout(self._head)
        self._body.addWidget(self._fault)
        self._describe()

    @property
    def path(self) -> str:
        """Where the field stands in the experiment."""
        return self._path

    @property
    def declared(self) -> DeclaredField:
        """What is declared of the field."""
        return self._declared

    @property
    def control(self) -> QWidget:
        """The control that takes the keyboard."""
        raise NotImplementedError(type(self).__name__)

    @property
    def fault(self) -> str:
        """The sentence on display about a value that was refused; empty if there is none."""
        return self._fault.text() if not self._fault.isHidden() else ""

    def set_note(self, text: str) -> None:
        """Say something of the value at the end of the head line; the label becomes a heading."""
        if self._note is None:
            set_role(self._label, "value")
            self._note = ElidedLabel()
            set_role(self._note, "muted")
            self._head.addWidget(self._note)
        self._note.setText(text)

    def show_value(self, value: Any) -> None:
        """Show the value in force; the controls are silent meanwhile."""
        if value != self._value:
            self._fault.hide()
        self._value = value
        self._show(value)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._describe()

    def _show(self, value: Any) -> None:
        raise NotImplementedError(type(self).__name__)

    def _add_below(self, widget: QWidget) -> None:
        """Put a widget below the head line, above the sentence."""
        self._body.insertWidget(self._body.count() - 1, widget)

    def _add_unit(self) -> QLabel | None:
        """Put the unit, if there is one, at the end of the head line."""
        if not self._declared.about.unit:
            return None
        unit = ElidedLabel(_(self._declared.about.unit))
        set_role(unit, "muted")
        self._head.addWidget(unit)
        return unit

    def _name_control(self, *controls: QWidget) -> None:
        """Give the controls the name and the sentence that a screen reader says."""
        for control in controls:
            control.setAccessibleName(_(self._declared.about.label))
            control.setAccessibleDescription(_(self._declared.about.help))
        self._label.setBuddy(controls[0])

    def _commit(self, plain: Any, gesture: object | None = None) -> None:
        """Make the edit, or say why not; either way show what is in force afterwards."""
        patch = {self._path: plain}
        fault = self._document.fault(patch)
        if fault is None:
            self._fault.hide()
            self._document.edit(patch, change_text(self._declared.about), gesture)
        else:
            self._fault.setText(fault_sentence(fault))
            self._fault.show()
        self._show(self._value)

    def _describe(self) -> None:
        self.setAccessibleName(_(self._declared.about.label))
        self.setToolTip(field_tip(self._declared.about, self.palette()))
        self.setToolTipDuration(30_000)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)

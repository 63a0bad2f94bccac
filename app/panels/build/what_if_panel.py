"""What if…: the same forms on a draft; what is changed there opens a twin and leaves the original alone."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import State
from app.document.undo import UndoStack
from app.look import numbers
from app.panels.build.build_column import BuildColumn
from app.panels.build.twin_name import twin_name
from app.system.i18n import _, translate_message
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from simulator.experiment import what_differs
from simulator.training import RunFacts

LOW: Final = 420
"""Height at text scale 1 under which the words stand in a tooltip."""


class WhatIfPanel(QWidget):
    """A draft of the selected lane: change one thing or several, then open the twin.

    Signals
    -------
    begun()
        There is a draft now: `column` holds its forms.
    opened()
        The twin is on the table.
    closed()
        The draft is given up, or has become a twin; its forms go.
    """

    begun = Signal()
    opened = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._draft: Document | None = None
        self._column: BuildColumn | None = None
        title = QLabel(_("What if…"))
        set_role(title, "title")
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "body")
        self.open_button = QPushButton(_("Open the twin"))
        set_role(self.open_button, "outline")
        self.cancel_button = QToolButton()
        self.cancel_button.setAccessibleName(_("Give the draft up"))
        self.cancel_button.setToolTip(_("Give the draft up"))
        self.open_button.clicked.connect(self._open)
        self.cancel_button.clicked.connect(self.close_draft)
        self.open_button.setAccessibleName(self.open_button.text())
        for button in (self.open_button, self.cancel_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.open_button, 1)
        buttons.addWidget(self.cancel_button)
        self._head = QFrame()
        set_role(self._head, "card")
        rows = QVBoxLayout(self._head)
        rows.setContentsMargins(12, 8, 12, 12)
        rows.setSpacing(8)
        rows.addWidget(title)
        rows.addWidget(self._words)
        rows.addLayout(buttons)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._head)
        self._short = (title, self._words)
        self._covered = False
        document.changed.connect(self._follow)
        document.viewpoint.changed.connect(self._say)
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def undo_stack(self) -> UndoStack | None:
        """What is undone while the draft is open."""
        return None if self._draft is None else self._draft.undo_stack

    @property
    def column(self) -> BuildColumn | None:
        """The forms of the draft."""
        return self._column

    @property
    def words(self) -> str:
        """What is said of the draft."""
        return self._words.text()

    def open_draft(self, facts: RunFacts | None) -> None:
        """Begin a draft with the values of the step on display."""
        self.close_draft()
        self._draft = Document(self._document.viewpoint.experiment)
        self._column = BuildColumn(self._draft, self._theme)
        if facts is not None:
            self._column.network.show_facts(facts)
        self._column.set_twinnable(False)
        self._layout.addWidget(self._column, 1)
        self._draft.changed.connect(self._follow)
        self._say()
        self.begun.emit()

    def set_covered(self, covered: bool) -> None:
        """Give the form of a layer the room of the words and of the learning rate, or take it back."""
        self._covered = covered
        self._give_way()
        if self._column is not None:
            self._column.rate.setVisible(not covered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Leave the words to the tooltip of the button where the forms need their room."""
        for part in self._short:
            part.setVisible(not self._covered and self.height() >= self._theme.px(LOW))

    def close_draft(self) -> None:
        """Give the draft up."""
        if self._draft is None or self._column is None:
            return
        column = self._column
        self._draft = self._column = None
        self.closed.emit()
        column.close_down()
        for part in (column, column.drawer):
            part.hide()
            part.deleteLater()

    def _dress(self) -> None:
        self.cancel_button.setIcon(self._theme.icon("close", "muted"))

    def _open(self) -> None:
        if self._draft is not None and self._document.open_twin(self._draft.experiment, self._name()):
            self.close_draft()
            self.opened.emit()

    def _name(self) -> str:
        """Return the twin's name."""
        if self._draft is None:
            return ""
        return twin_name(self._document.viewpoint.experiment, self._draft.experiment)

    def _follow(self, _before: State, _after: State) -> None:
        self._say()

    def _say(self) -> None:
        if self._draft is None:
            return
        found = what_differs(self._document.viewpoint.experiment, self._draft.experiment)
        self.open_button.setEnabled(bool(found))
        if not found:
            self._tell(_("Change something below. The twin trains beside the original, on the same examples."))
            return
        sentences = [translate_message(message) for message in found]
        if self._document.may_fork(self._draft.experiment):
            at = self._document.viewpoint.at
            begins = (
                _("It takes over the present weights.")
                if at is None
                else _("It takes over the weights of step {step}.").format(step=numbers.count(at))
            )
        else:
            begins = _("It begins at step 0: this change cannot take over trained weights.")
        self._tell("\n".join([*(_("{change}.").format(change=each) for each in sentences), begins]))

    def _tell(self, words: str) -> None:
        self._words.setText(words)
        self.open_button.setToolTip(as_tip(words))
        self.open_button.setAccessibleDescription(words)

"""The first page of the right panel: a headline, one number, one thing to try."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.panels.beside.figure import Figure
from app.panels.beside.headlines.headline import Proposal, Told
from app.system.i18n import _
from app.theme import set_role
from app.theme.fonts import HEADLINE_PERCENT
from app.theme.prose import as_tip, prose, show_prose
from app.widgets.page import Page


class HeadlinePage(Page):
    """Shows what is told; it scrolls where large text leaves no room.

    Signals
    -------
    tried()
        The proposal's button was pressed.
    """

    tried = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline_label = _words("headline")
        self.number_label = Figure(("figure", "figure_small"))
        self.sentence_label = _words("body")
        self.try_label = QLabel(_("Try it"))
        set_role(self.try_label, "subtitle")
        self.words_label = _words("body")
        for label in (self.headline_label, self.sentence_label, self.words_label):
            show_prose(label)
        self.button = QPushButton()
        set_role(self.button, "outline")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.tried)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.headline_label)
        column.addSpacing(8)
        column.addWidget(self.number_label)
        column.addWidget(self.sentence_label)
        column.addSpacing(16)
        column.addWidget(self.try_label)
        column.addSpacing(4)
        column.addWidget(self.words_label)
        column.addSpacing(8)
        column.addWidget(self.button)
        self.add(content)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("What this shows"))

    def show_told(self, told: Told, *, may_try: bool) -> None:
        """Show what is told; `may_try` is off where no other run has room."""
        self.headline_label.setText(prose(escape(told.headline), HEADLINE_PERCENT))
        self.headline_label.setAccessibleName(told.headline)
        self.number_label.show_number(told.number)
        self.number_label.setVisible(bool(told.number))
        self.sentence_label.setText(prose(told.sentence))
        self.sentence_label.setVisible(bool(told.sentence))
        for label in (self.headline_label, self.number_label, self.sentence_label):
            label.setToolTip(as_tip(told.basis))
            label.setAccessibleDescription(told.basis)
        self._propose(told.proposal, may_try=may_try)

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self.number_label.set_roles(("figure_compact", "figure_small") if compact else ("figure", "figure_small"))

    def _propose(self, proposal: Proposal | None, *, may_try: bool) -> None:
        for part in (self.try_label, self.words_label):
            part.setVisible(proposal is not None)
        self.button.setVisible(proposal is not None and proposal.twin is not None)
        if proposal is None:
            return
        self.words_label.setText(prose(proposal.words))
        self.button.setText(proposal.button)
        self.button.setAccessibleName(proposal.button)
        self.button.setEnabled(may_try)
        tip = _("Opens a twin beside this run, from step 0. Undo takes it back.")
        if not may_try:
            tip = _("There are four runs already. Close one at the left to try this.")
        self.button.setToolTip(tip)


def _words(role: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    set_role(label, role)
    return label

"""The right column of the bench: sentences, the note on the way back, and what one can press next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.labs.initialise.setup import Setup
from app.labs.initialise.telling import Telling
from app.system.i18n import _
from app.telling.lab_story import Chapter, LabStory
from app.telling.paragraphs import Paragraphs
from app.theme import set_role


class ToldColumn(QWidget):
    """Shows a `Telling`; `trial` is what can be pressed next, for a place where it does not scroll away.

    Signals
    -------
    setup_asked(Setup)
        The user wants this setting.
    answer_asked()
        The user wants to see the answer to the slide's question.
    """

    setup_asked = Signal(object)
    answer_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._note = ""
        self.story = LabStory()
        self.note = Paragraphs()
        self._note_card = QFrame()
        set_role(self._note_card, "note")
        inside = QVBoxLayout(self._note_card)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.note)
        self.trial = QWidget()
        try_title = QLabel(_("Try it"))
        set_role(try_title, "subtitle")
        self.advice = Paragraphs()
        self.answer_button = QPushButton(_("Show the gradients"))
        self.set_button = QPushButton()
        set_role(self.set_button, "outline")
        set_role(self.answer_button, "outline")
        self.answer_button.setAccessibleName(self.answer_button.text())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.story)
        column.addWidget(self.answer_button)
        column.addWidget(self._note_card)
        below = QVBoxLayout(self.trial)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(try_title)
        below.addWidget(self.advice)
        below.addWidget(self.set_button)
        self.answer_button.clicked.connect(self.answer_asked)
        self.set_button.clicked.connect(lambda: self.setup_asked.emit(self._setup))
        self.answer_button.hide()
        self._note_card.hide()
        self.trial.hide()

    @property
    def note_text(self) -> str:
        """The note on the way back; empty where there is none."""
        return self._note

    def show_telling(self, told: Telling) -> None:
        """Show these words."""
        chapters = [Chapter("", told.seen), Chapter(_("Why"), told.why)]
        if told.question:
            chapters.insert(0, Chapter(_("The slide asks"), (told.question,)))
        self.story.tell(told.slide, told.headline, [each for each in chapters if each.texts])
        self.answer_button.setVisible(bool(told.question))
        self._note = told.note
        self.note.show_texts((told.note,) if told.note else ())
        self._note_card.setVisible(bool(told.note))
        advice = told.advice
        self._setup = None if advice is None else advice.setup
        self.trial.setVisible(advice is not None)
        self.advice.show_texts(() if advice is None else (advice.text,))
        if advice is not None:
            self.set_button.setText(advice.button)
            self.set_button.setAccessibleName(advice.button)

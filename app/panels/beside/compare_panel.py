"""The right column while lanes are compared: what differs, and what came of it."""

from functools import lru_cache
from html import escape

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import Lane, State
from app.panels.beside.measures import BAR, PADDING
from app.panels.beside.narrator import EVERY
from app.panels.beside.repeat_box import RepeatBox
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _, translate_message
from app.telling.paragraphs import Paragraphs
from app.theme import Theme, set_role
from app.widgets.page import Page
from simulator.analysis.spread import what_came
from simulator.experiment import Experiment, what_differs
from simulator.message import Message
from simulator.training import Picture


class ComparePanel(QFrame):
    """Sentences computed from the lanes' experiments and from what they measured; the first lane is the measure."""

    def __init__(
        self, theme: Theme, document: Document, controller: RunController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._controller = controller
        self._picture: Picture | None = None
        self._passed = 0
        self._told: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        set_role(self, "card")
        self._title = QLabel()
        set_role(self._title, "title")
        self._differs_title = QLabel(_("What differs"))
        self._came_title = QLabel(_("What came of it"))
        self._repeated_title = QLabel(_("With other seeds"))
        for title in (self._differs_title, self._came_title, self._repeated_title):
            set_role(title, "subtitle")
        self._differs = Paragraphs()
        self._came = Paragraphs()
        self._doubt = QLabel(_("One seed each. Try other weights before you believe a small difference."))
        self._doubt.setWordWrap(True)
        set_role(self._doubt, "muted")
        self.repeat = RepeatBox(document)
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        groups = (
            (self._title,),
            (self._differs_title, self._differs),
            (self._came_title, self._came),
            (self._repeated_title, self.repeat.words),
        )
        for group in groups:
            for part in group:
                rows.addWidget(part)
            rows.addSpacing(8)
        page = Page()
        page.add(content)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, BAR, 0)
        foot.setSpacing(8)
        foot.addWidget(self._doubt)
        foot.addWidget(self.repeat)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(8)
        self._layout.addWidget(page, 1)
        self._layout.addLayout(foot)
        self.set_compact(False)
        self.repeat.told_changed.connect(self._tell)
        controller.picture_changed.connect(self.show_picture)
        document.changed.connect(self._follow)
        self._tell()

    @property
    def differs(self) -> tuple[str, ...]:
        """What is said to differ, a text a lane."""
        return self._told[0]

    @property
    def came(self) -> tuple[str, ...]:
        """What is said to have come of it, a text a lane."""
        return self._told[1]

    def close_down(self) -> None:
        """End the threads; the window closes."""
        self.repeat.close_down()

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        side = PADDING[compact]
        self._layout.setContentsMargins(side, side, side - BAR, side)

    def show_picture(self, picture: Picture) -> None:
        """Tell of a newer picture, though not of every one while the lanes train."""
        self._picture = picture
        self._passed += 1
        if self._controller.state is not RunState.PLAYING or self._passed >= EVERY:
            self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell()

    def _follow(self, _before: State, _after: State) -> None:
        self._tell()

    def _tell(self) -> None:
        if not self.isVisible():
            return
        self._passed = 0
        state = self._document.state
        first, *others = state.lanes
        letters = [lane.letter for lane in state.lanes]
        if not others:
            self._title.setText(_("One run"))
            self._differs.show_texts((_("Press <b>What if…</b> at the left: change one thing, and train both."),))
            self._came.show_texts(())
        else:
            text = _("{first} and {last}")
            self._title.setText(text.format(first=", ".join(letters[:-1]), last=letters[-1]))
        differs = tuple(_differs(first, lane) for lane in others)
        came = tuple(sentence for lane in others if (sentence := self._what_came(first, lane)))
        self._differs_title.setVisible(bool(others))
        self._came_title.setVisible(bool(came))
        self._doubt.setVisible(bool(came) and not self.repeat.told)
        self.repeat.setVisible(bool(came))
        for part in (self._repeated_title, self.repeat.words):
            part.setVisible(bool(self.repeat.told))
        if (differs, came) != self._told:
            self._told = (differs, came)
            if others:
                self._differs.show_texts(differs)
                self._came.show_texts(came)

    def _what_came(self, first: Lane, other: Lane) -> str:
        if self._picture is None:
            return ""
        found = {each.run_id: each for each in (self._picture, *self._picture.beside)}
        if first.run_id not in found or other.run_id not in found:
            return ""
        changes = _changes(first.experiment, other.experiment)
        text = _("<b>{letter}</b>: {outcome}.")
        outcome = translate_message(what_came(found[first.run_id], found[other.run_id], changes))
        return text.format(letter=other.letter, outcome=escape(outcome))


@lru_cache(maxsize=32)
def _changes(before: Experiment, after: Experiment) -> tuple[Message, ...]:
    """Return what differs: walking over two experiments is dear, and they change less often than their pictures."""
    return what_differs(before, after)


def _differs(first: Lane, other: Lane) -> str:
    found = [translate_message(message) for message in _changes(first.experiment, other.experiment)]
    if not found:
        return _("<b>{letter}</b>: no difference. Both stay equal to the last bit.").format(letter=other.letter)
    text = _("<b>{letter}</b>: {changes}. Nothing else.")
    return text.format(letter=other.letter, changes=escape("; ".join(found)))

"""The second page of the right panel: everything the doctor found, and all sentences on the run."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.panels.beside.story import Story
from app.system.i18n import _
from app.telling.paragraphs import Paragraphs
from app.theme import set_role
from app.views.doctor.finding_item import FindingItem
from app.widgets.page import Page
from simulator.analysis.doctor import Finding


class MorePage(Page):
    """Findings with their proof, what is seen, and what else can be tried; items are kept and given other words.

    Signals
    -------
    proof_asked(str)
        The view of that id shows it: point at it.
    """

    proof_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[FindingItem] = []
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._seen = Paragraphs()
        self._to_try_title = QLabel(_("Try it"))
        set_role(self._to_try_title, "subtitle")
        self._to_try = Paragraphs()
        for part in (self._list, self._seen, self._to_try_title, self._to_try):
            self.add(part)

    def show_all(self, findings: tuple[Finding, ...], story: Story) -> None:
        """Show the findings, causes first, and the sentences."""
        while len(self.items) < len(findings):
            item = FindingItem()
            item.proof_asked.connect(self.proof_asked)
            self.items.append(item)
            self._column.addWidget(item)
        for place, item in enumerate(self.items):
            item.setVisible(place < len(findings))
            if place < len(findings) and item.finding != findings[place]:
                item.show_finding(place + 1, findings[place])
        self._list.setVisible(bool(findings))
        self._seen.show_texts(story.seen)
        text = _("{number}. {text}")
        self._to_try.show_texts(
            tuple(text.format(number=place, text=words) for place, words in enumerate(story.to_try, start=1))
        )

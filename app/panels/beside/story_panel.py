"""The right column: what the picture on display shows, in one headline, and everything else behind "more"."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.document.document import Document
from app.panels.beside.headline_page import HeadlinePage
from app.panels.beside.measures import BAR, PADDING, RISE
from app.panels.beside.more_page import MorePage
from app.panels.beside.narrator import Narrator
from app.system.i18n import _
from app.theme import set_role


class StoryPanel(QFrame):
    """Shows what the narrator says: the headline first, the rest in its place when asked for.

    Signals
    -------
    proof_asked(str)
        The view of that id shows what was found: point at it.
    """

    proof_asked = Signal(str)

    def __init__(self, document: Document, narrator: Narrator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._narrator = narrator
        set_role(self, "card")
        self.setAccessibleName(_("What this shows"))
        self._title = QLabel()
        set_role(self._title, "title")
        self.page = HeadlinePage()
        self.page.tried.connect(self._try)
        self.more = MorePage()
        self.more.proof_asked.connect(self.proof_asked)
        self.more_button = QPushButton()
        self.back_button = QPushButton(_("‹ Back"))
        self.back_button.setAccessibleName(_("Back"))
        for button in (self.more_button, self.back_button):
            set_role(button, "row")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more_button.clicked.connect(lambda: self._turn(more=True))
        self.back_button.clicked.connect(lambda: self._turn(more=False))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self.more)
        self._lay_out()
        self._turn(more=False)
        narrator.told_changed.connect(self._tell)
        document.changed.connect(self._follow)
        self._tell()

    @property
    def shows_more(self) -> bool:
        """Whether all findings and sentences are shown in the place of the headline."""
        return self._pages.currentWidget() is self.more

    def turn_over(self) -> None:
        """Show all that is told in the place of the headline, or the headline again."""
        self._turn(more=not self.shows_more)

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self.page.set_compact(compact)
        side = PADDING[compact]
        self._column.setContentsMargins(side, side - RISE, side - BAR, side)

    def _lay_out(self) -> None:
        rule = QFrame()
        set_role(rule, "rule")
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, BAR, 0)
        foot.setSpacing(8)
        foot.addWidget(rule)
        foot.addWidget(self.more_button)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, BAR, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self.back_button)
        keeping = self.back_button.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)  # so that the title stands still
        self.back_button.setSizePolicy(keeping)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self._pages, 1)
        self._column.addWidget(self._foot)
        self.set_compact(False)

    def _turn(self, *, more: bool) -> None:
        """Show all, or the headline alone; the focus goes along where a key turned the page."""
        focused = self.window().focusWidget() in (self.more_button, self.back_button)
        self._pages.setCurrentWidget(self.more if more else self.page)
        if more:
            self.more.show_all(self._narrator.findings, self._narrator.story)
        self._foot.setVisible(not more)
        self.back_button.setVisible(more)
        if focused:
            (self.back_button if more else self.more_button).setFocus(Qt.FocusReason.TabFocusReason)

    def _follow(self, *_states: object) -> None:
        self._tell()

    def _tell(self) -> None:
        narrator = self._narrator
        text = _("What run {letter} shows") if narrator.letter else _("What this shows")
        self._title.setText(text.format(letter=narrator.letter))
        self.page.show_told(narrator.told, may_try=self._document.state.free_place is not None)
        if self.shows_more:
            self.more.show_all(narrator.findings, narrator.story)
        self.more_button.setText(_("More: {findings}  ›").format(findings=narrator.count))
        self.more_button.setAccessibleName(_("More: {findings}").format(findings=narrator.counts))
        self.more_button.setToolTip(
            _("{findings}; all that is seen, with the plots that prove it").format(findings=narrator.counts)
        )

    def _try(self) -> None:
        proposal = self._narrator.told.proposal
        if proposal is not None and proposal.twin is not None:
            self._document.open_twin(proposal.twin, proposal.name, 0)

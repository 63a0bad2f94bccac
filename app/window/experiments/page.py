"""The page of experiments: search above, the hit large, and below it the whole lecture."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.finding.entry import Entry
from app.finding.ranking import folded
from app.lecture.course import experiments_of
from app.lecture.slides import SLIDES, TAGS
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from app.window.experiments.hit_card import HitCard
from app.window.experiments.side import Side
from app.window.experiments.slide_list import SlideList
from app.window.finding.index import meant
from simulator.experiment import names

SIDE: Final = {False: 280, True: 216}
ROOMY: Final = 1440


class ExperimentsPage(QWidget):
    """Typing hides nothing: what is meant comes up large, and is marked in its place. Enter opens it.

    Parameters
    ----------
    entries
        The slides that can be opened, with the words that find them.

    Signals
    -------
    slide_wanted(str), experiment_wanted(str)
        Open the slide or the experiment of that id.
    left()
        Go back to where one was.
    """

    slide_wanted = Signal(str)
    experiment_wanted = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = tuple(entries)
        self._open = {entry.id for entry in entries}
        self._names = names()
        self._tags = {folded(_(tag)): tag for tag in TAGS}
        title = QLabel(_("Experiments"))
        set_role(title, "name")
        self.back_button = QPushButton(_("Back (Esc)"))
        self.back_button.setToolTip(_("Back to the run"))
        self.back_button.clicked.connect(self.left)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("A letter such as F4, or what is seen, such as: the loss does not fall"))
        self.field.setAccessibleName(_("Find an experiment"))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self._count = QLabel()
        set_role(self._count, "muted")
        self.hit = HitCard(theme)
        self.list = SlideList(theme, self._open)
        self.side = Side(theme)
        self._lay_out(title)
        self._connect()
        self.show_slide(next(iter(SLIDES)))

    def open_up(self, slide: str, recent: tuple[str, ...]) -> None:
        """Come into view with an empty field and a slide, or the first one, shown large."""
        self.side.show_recent(recent)
        self.field.clear()
        self._find()
        self.show_slide(slide or next(iter(SLIDES)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def found(self) -> tuple[str, ...]:
        """Ids of the slides that the typed words mean, the best first; none while nothing is typed."""
        typed = folded(self.field.text())
        if not typed:
            return ()
        tag = self._tags.get(typed)
        if tag is not None:
            return tuple(slide.id for slide in SLIDES.values() if tag in slide.tags)
        return tuple(entry.id for entry in meant(self._entries, typed))

    def show_slide(self, name: str) -> None:
        """Show a slide large."""
        slide = SLIDES[name]
        self.hit.show_slide(slide, experiments_of(slide, self._names), opens=name in self._open)
        self.list.mark(self.found, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.hit.open_slide()
                return True
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(-1 if key == Qt.Key.Key_Up else 1)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.width() / self._theme.text_scale < ROOMY - 32
        self.side.setFixedWidth(self._theme.px(SIDE[compact]))
        self.hit.set_compact(compact)

    def _step(self, by: int) -> None:
        """Go on to the next slide of those that were found, or of all."""
        order = self.found or tuple(SLIDES)
        present = self.hit.slide.id if self.hit.slide is not None else ""
        at = order.index(present) + by if present in order else 0
        self.show_slide(order[min(max(at, 0), len(order) - 1)])

    def _find(self) -> None:
        found = self.found
        whole = _("{count} in all").format(count=len(SLIDES))
        if found:
            words = ngettext("{count} slide", "{count} slides", len(found)).format(count=len(found))
            whole = _("{found}, {all}").format(found=words, all=whole)
        elif self.field.text().strip():
            whole = _("nothing found, {all}").format(all=whole)
        self._count.setText(whole)
        if found:
            self.show_slide(found[0])
        else:
            self.list.mark((), self.hit.slide.id if self.hit.slide is not None else "")

    def _connect(self) -> None:
        for source in (self.list, self.side):
            source.slide_chosen.connect(self.show_slide)
            source.slide_wanted.connect(self._want)
        self.hit.slide_wanted.connect(self.slide_wanted)
        self.hit.experiment_wanted.connect(self.experiment_wanted)
        self.side.tag_chosen.connect(self.field.setText)

    def _want(self, name: str) -> None:
        if name in self._open:
            self.slide_wanted.emit(name)

    def _lay_out(self, title: QLabel) -> None:
        search = QFrame()
        row = QHBoxLayout(search)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.field, 1)
        row.addWidget(self._count)
        row.addWidget(self.back_button)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(search)
        right.addWidget(self.hit)
        right.addWidget(self.list, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        title.setFixedHeight(self.field.sizeHint().height())
        left.addWidget(title)
        left.addWidget(self.side, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(16)
        whole.addLayout(left)
        whole.addLayout(right, 1)


def slides_of(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the slides of all that can be found, each with the titles of its experiments among its words."""
    further: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind == "experiment" and entry.letter:
            further.setdefault(entry.letter, []).extend((entry.title, entry.line))
    return tuple(
        replace(each, words=" ".join((each.words, *further.get(each.id, ()))), mark="")
        for each in entries
        if each.kind == "slide"
    )

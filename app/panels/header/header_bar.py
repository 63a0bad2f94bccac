"""The top row: which slide and experiment is open, its neighbours, undo, and the tabs."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.actions.action_button import ActionButton
from app.actions.actions import Actions, spec_of, tip_text
from app.actions.slides import Slides
from app.arrangement.tabs import TABS
from app.document.document import Document
from app.lecture.course import section_of
from app.lecture.slides import Slide
from app.panels.header.fitting import room_for
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.choice_box import ChoiceBox
from app.widgets.elided_label import ElidedLabel
from app.widgets.quiet_note import QuietNote
from app.widgets.segmented import Choice

HEIGHT: Final = {False: 56, True: 48}
"""By whether space is saved."""
SPACING: Final = 8
SHORTEST_NAME: Final = 120
"""Pixels that the name keeps beside the tabs; with less, the tabs become a list."""


class HeaderBar(QWidget):
    """Says what is open and offers what belongs to the whole window."""

    def __init__(
        self, theme: Theme, document: Document, actions: Actions, slides: Slides, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._actions = actions
        self._slides = slides
        self._compact = False
        self.letter = QLabel()
        self.letter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self.letter, "letter")
        self._name = ElidedLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_role(self._name, "name")
        self._changed = QLabel(_("changed"))
        self._slide_title = QLabel()
        for label in (self._changed, self._slide_title):
            set_role(label, "muted")
        self.before_button, self.after_button = (
            ActionButton(actions[name], theme, role="flat") for name in ("previous_slide", "next_slide")
        )
        self.after_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.note = QuietNote()
        self.undo_button, self.redo_button = (
            ActionButton(actions[name], theme, role="flat") for name in ("undo", "redo")
        )
        self.tabs = ChoiceBox(most_segments=len(TABS))
        self.tabs.set_choices([Choice(tab.id, _(tab.title), _(tab.tip)) for tab in TABS])
        self.tabs.setAccessibleName(_("What you want to do"))
        self._lay_out()
        document.changed.connect(self._show_name)
        document.file_changed.connect(self._show_name)
        slides.changed.connect(self._show_slide)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self._show_slide()
        self._show_name()

    @property
    def name_text(self) -> str:
        """What is said to be open: its name, its file, and whether it was changed."""
        parts = [self._name.text()]
        if not self._changed.isHidden():
            parts.append(self._changed.text())
        return " · ".join(parts)

    def set_compact(self, compact: bool) -> None:
        """Give way where space is short."""
        self._compact = compact
        self._dress()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give way in the order of importance: the slide's title first, the letter and the name never."""
        gap = self._row.spacing()
        quiet: list[QWidget] = [self.letter, self._changed]
        always = [self.undo_button, self.redo_button, *(part for part in quiet if not part.isHidden())]
        needed = sum(part.sizeHint().width() + gap for part in always) + self._theme.px(SHORTEST_NAME)
        whole, least = self.tabs.segments_width, self._theme.px(SHORTEST_NAME)
        side_by_side = needed + whole <= self.width()
        self.tabs.setFixedWidth(whole if side_by_side else least)
        needed += self.tabs.maximumWidth() + self._name.sizeHint().width() - self._theme.px(SHORTEST_NAME)
        pair = self.before_button.sizeHint().width() + self.after_button.sizeHint().width() + 2 * gap
        with_title = bool(self._slides.slide)
        optional = [pair if with_title else 0, self._slide_title.sizeHint().width() + gap if with_title else 0]
        shown = room_for(self.width(), needed, optional) if with_title else 0
        for button in (self.before_button, self.after_button):
            button.setVisible(shown > 0)
        self._slide_title.setVisible(shown > 1)

    def _show_slide(self) -> None:
        slide = self._slides.slide
        self.letter.setVisible(slide is not None)
        if slide is not None:
            section = _("{section}: {slide}").format(section=_(section_of(slide).title), slide=_(slide.title))
            self.letter.setText(slide.id)
            self.letter.setToolTip(as_tip(section))
            self.letter.setAccessibleName(_("Slide {letter}").format(letter=slide.id))
            self._slide_title.setText(_(slide.title))
        self._show_neighbour("previous_slide", self.before_button, self._slides.before)
        self._show_neighbour("next_slide", self.after_button, self._slides.after)
        self._fit()

    def _show_neighbour(self, name: str, button: ActionButton, slide: Slide | None) -> None:
        action = self._actions[name]
        action.setEnabled(slide is not None)
        words = _("{letter}: {title}").format(letter=slide.id, title=_(slide.title)) if slide is not None else ""
        action.setToolTip(as_tip(tip_text(spec_of(action), words)))
        button.set_bare(slide is None)
        button.set_words(slide.id if slide is not None else "")

    def _show_name(self, *_changes: object) -> None:
        name = self._document.name or _("Experiment without a name")
        path = self._document.path
        if path is not None:
            name = _("{name} · {file}").format(name=name, file=path.name)
        self._name.setText(name)
        self._name.setToolTip(as_tip(str(path) if path else name))
        self._changed.setVisible(self._document.modified)
        self._fit()

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACING)
        neighbours = (self.before_button, self.after_button)
        left: list[QWidget] = [self.letter, self._name, self._changed, self._slide_title, *neighbours]
        right: list[QWidget] = [self.note, self.undo_button, self.redo_button, self.tabs]
        for part in left:
            self._row.addWidget(part)
        self._row.addStretch(1)
        for part in right:
            self._row.addWidget(part)

    def _dress(self) -> None:
        side = self._theme.px(36)
        self.setFixedHeight(self._theme.px(HEIGHT[self._compact]))
        for button in (self.undo_button, self.redo_button):
            button.set_bare(True)
            button.setFixedSize(QSize(side, side))
        self.letter.setFixedHeight(side)

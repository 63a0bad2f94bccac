"""The slide that is meant, large: its curve, its question, and the way to open it."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.document.built_in import must_show, title_of
from app.lecture.course import section_of
from app.lecture.slides import Slide
from app.lecture.thumbnails import thumbnails
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from app.widgets.elided_label import ElidedLabel
from app.window.experiments.thumbnail import ThumbnailView

CURVE: Final = {False: QSize(296, 88), True: QSize(148, 76)}
BUTTON: Final = {False: 136, True: 96}
"""By whether space is saved."""


class HitCard(QFrame):
    """Shows one slide.

    Signals
    -------
    slide_wanted(str)
        Open the slide of that id.
    experiment_wanted(str)
        Open one of its further experiments.
    """

    slide_wanted = Signal(str)
    experiment_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.slide: Slide | None = None
        set_role(self, "card")
        self.letter = QLabel()
        set_role(self.letter, "letter")
        self._title, self._section = QLabel(), QLabel()
        self._line, self._shows = ElidedLabel(), ElidedLabel()
        for label, role in (
            (self._title, "name"),
            (self._section, "muted"),
            (self._line, "body"),
            (self._shows, "muted"),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, role)
        self.curve = ThumbnailView(theme)
        self.open_button = QPushButton(_("Open"))
        set_role(self.open_button, "primary")
        self.open_button.clicked.connect(self.open_slide)
        self.others_button = QPushButton()
        set_role(self.others_button, "flat")
        self._others = QMenu(self)
        self.others_button.setMenu(self._others)
        self._lay_out()

    def open_slide(self) -> None:
        """Ask for the slide on show, if there is something to open."""
        if self.slide is not None and self.open_button.isEnabled():
            self.slide_wanted.emit(self.slide.id)

    def show_slide(self, slide: Slide, experiments: tuple[str, ...], *, opens: bool) -> None:
        """Show a slide and the experiments that belong to it; `opens` where there is anything to open."""
        self.slide = slide
        self.letter.setText(slide.id)
        self._title.setText(_(slide.title))
        self._section.setText(_(section_of(slide).title))
        self._line.setText(_(slide.line))
        shown = must_show(experiments[0]) if experiments else None
        nothing = "" if opens else _("There is nothing to open yet.")
        self._shows.setText(_(shown) if shown else nothing)
        self.open_button.setEnabled(opens)
        self.open_button.setAccessibleName(_("Open {letter}").format(letter=slide.id))
        self.curve.show_curve(thumbnails().get(slide.id))
        self._offer(experiments[1:])

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self.curve.setFixedSize(CURVE[compact])
        self.open_button.setMinimumWidth(self._theme.px(BUTTON[compact]))
        self._section.setVisible(not compact)

    def _offer(self, experiments: tuple[str, ...]) -> None:
        self._others.clear()
        for name in experiments:
            # Qt takes a single "&" for a shortcut
            action = self._others.addAction(title_of(name).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, name=name: self.experiment_wanted.emit(name))
        words = ngettext("{count} more", "{count} more", len(experiments)).format(count=len(experiments))
        self.others_button.setText(words)
        self.others_button.setAccessibleName(
            _("Further experiments of this slide: {count}").format(count=len(experiments))
        )
        self.others_button.setVisible(bool(experiments))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._section)
        head.addStretch(1)
        words.addLayout(head)
        for label in (self._line, self._shows):
            words.addWidget(label)
        words.addStretch(1)
        buttons = QVBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.others_button)
        buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addWidget(self.letter, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.curve)
        row.addLayout(buttons)
        self.set_compact(False)

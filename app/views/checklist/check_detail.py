"""What one item of the list found: its sentence, its picture, and the slide's story."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.cards.plot_desk import plot_slot
from app.plots.lab.check_plot import CheckPlot
from app.system.i18n import _
from app.telling.measured_words import plain, rich
from app.theme import Theme, set_role
from app.theme.prose import prose, show_prose
from simulator.analysis.checks import BOTH_WAYS, CheckItem, CheckResult

PLOT: Final = 90
"""Least height of the picture, at text scale 1."""


class CheckDetail(QWidget):
    """Shows one item; where it takes long, a button measures it.

    Signals
    -------
    asked()
        Whole trainings are asked for.
    experiment_asked(str)
        The built-in experiment of a slide is asked for: its name.
    """

    asked = Signal()
    experiment_asked = Signal(str)

    def __init__(self, theme: Theme, experiments: frozenset[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._experiments = experiments
        self._item: CheckItem | None = None
        self._untold = True
        self.sentence_label = QLabel()
        show_prose(self.sentence_label)
        self.story_label = QLabel()
        for label, role in ((self.sentence_label, "body"), (self.story_label, "muted")):
            label.setWordWrap(True)
            set_role(label, role)
        self.story_label.hide()
        self.plot_title = QLabel()
        set_role(self.plot_title, "small")
        self.plot = CheckPlot(theme)
        self._place = plot_slot(self.plot, theme)
        self.run_button = QPushButton(_("Train six times"))
        self.story_button = QPushButton()
        self.story_button.setCheckable(True)
        self.load_button = QPushButton()
        for button in (self.story_button, self.load_button):
            set_role(button, "link")
        for button in (self.run_button, self.story_button, self.load_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.story_button.toggled.connect(self._show_story)
        self.load_button.clicked.connect(self._ask_for_experiment)
        self.run_button.clicked.connect(self.asked)
        self.plot.subtitle_changed.connect(self.plot_title.setText)
        links = QHBoxLayout()
        links.setSpacing(8)
        links.addWidget(self.story_button)
        links.addWidget(self.load_button)
        links.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.plot_title)
        column.addWidget(self._place)
        column.addWidget(self.sentence_label)
        column.addWidget(self.run_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.story_label)
        column.addLayout(links)
        column.addStretch()

    def set_plot_height(self, height: int) -> None:
        """Give the picture this height."""
        self._place.setFixedHeight(max(height, self._theme.px(PLOT)))

    def show_item(self, item: CheckItem, result: CheckResult | None, busy: bool) -> None:
        """Show an item with what was found, if anything was."""
        if self._item != item:
            self.story_button.setChecked(False)
        self._item = item
        self.sentence_label.setText(prose(self._sentence(item, result, busy)))
        self.sentence_label.setAccessibleName("" if result is None else plain(result.sentence))
        self.run_button.setVisible(item is BOTH_WAYS and not busy)
        self.story_label.setText(_(item.story))
        self._say(self.story_button, _("Slide {id}").format(id=item.slide))
        self._say(self.load_button, _("Open experiment {id}").format(id=item.slide))
        has_picture = result is not None and result.picture is not None and not busy
        self.plot_title.setVisible(has_picture)
        self._place.setVisible(has_picture)
        self.plot.show_data(result if has_picture else None)
        self.plot_title.setText(self.plot.subtitle)
        self._untold = result is None and not busy
        self.story_button.setVisible(not self._untold)
        self._show_story(self.story_button.isChecked())

    def _sentence(self, item: CheckItem, result: CheckResult | None, busy: bool) -> str:
        if busy:
            return _("Is being measured.")
        if result is not None:
            return rich(result.sentence)
        if item is BOTH_WAYS:
            return _("Trains six times on a copy: once on your split, and once for each of five folds.")
        return _("Press <b>Check</b>: it is measured on a copy, your run stays as it is.")

    def _show_story(self, shown: bool) -> None:
        shown = shown or self._untold
        self.story_label.setVisible(shown)
        self.load_button.setVisible(shown and self._item is not None and self._item.slide in self._experiments)

    def _say(self, button: QPushButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    def _ask_for_experiment(self) -> None:
        if self._item is not None:
            self.experiment_asked.emit(self._item.slide)

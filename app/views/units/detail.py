"""Words about one unit, and the search for the step from which it has been silent."""

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.cards.pieces.unit_art import Art
from app.cards.pieces.unit_picture import UnitPicture
from app.look.numbers import percent
from app.running.context import Context
from app.running.worker import Worker
from app.system.i18n import _
from app.theme import set_role
from app.views.units import words as unit_words
from simulator.analysis import doctor
from simulator.training import AskPast, LayerUnits, Picture, Silence

if TYPE_CHECKING:  # it brings numba
    from simulator.training import Past

_SHEET = """
QPushButton { padding: 3px 8px; min-height: 0; }
QPushButton:focus { padding: 2px 7px; }
"""

ROOMY: Final = 340
"""Width, at text scale 1, from which the picture stands beside the words."""


class UnitDetail(QWidget):
    """What is known of a unit; a button looks back where it is silent."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._controller = context.controller
        self._worker = Worker("units", self)
        self._worker.answered.connect(self._take_answer)
        self._worker.failed.connect(self._take_failure)
        self._worker.progressed.connect(self._show_progress)
        self._worker.busy_changed.connect(lambda _busy: self._offer())
        self._answers: dict[tuple[int, int, int], Silence] = {}
        self._asked: tuple[int, int, int] | None = None
        self._waiting: tuple[int, int, int] | None = None
        self._shown: tuple[int, int, int] | None = None
        self._step = self._from = 0
        self._silent = False
        self.head = QLabel()
        set_role(self.head, "value")
        self.found = QLabel()
        set_role(self.found, "warn")
        self.facts = QLabel()
        set_role(self.facts, "muted")
        self.drawn = UnitPicture(context.theme)
        self.button = QPushButton(_("Since when?"))
        self.button.setToolTip(_("Look back through the run, step by step, for the last step at which it was alive"))
        self.button.clicked.connect(self._ask)
        self.stop_button = QPushButton(_("Stop"))
        self.stop_button.setAccessibleName(_("Stop looking back"))
        self.stop_button.clicked.connect(self.give_up)
        self.progress = QLabel()
        set_role(self.progress, "muted")
        self._lay_out()
        self._offer()

    def show_unit(
        self, picture: Picture, layer: int, units: LayerUnits, unit: int, examples: int, art: Art | None
    ) -> None:
        """Tell of a unit."""
        self._shown = (picture.run_id, layer, unit)
        self._step = picture.frame.step
        self._silent = bool(units.silent[unit])
        if not self._silent:
            # alive again: what was found is history
            self._answers.pop(self._shown, None)
        self.head.setText(unit_words.activity(units, unit, examples))
        self.facts.setText(unit_words.weights(units, unit))
        self.drawn.show_unit(art, units, unit)
        self._offer()

    def forget(self) -> None:
        """Another run begins."""
        self.give_up()
        self._answers.clear()

    def give_up(self) -> None:
        """Stop looking back."""
        self._waiting = None
        self._worker.cancel()
        self._offer()

    def _ask(self) -> None:
        """Look back from the step on display; the runner hands its snapshots out between two chunks of steps."""
        self._asked = self._waiting = self._shown
        self._from = self._step
        self._controller.ask(AskPast(), self._search)
        self._show_progress(0.0)
        self._offer()

    def _search(self, past: "Past") -> None:
        if self._waiting is None:
            return
        (_run, layer, unit), step = self._waiting, self._from
        self._waiting = None
        self._worker.ask(
            lambda task: doctor.silent_since(past, layer, unit, step, stop=task.stop, progress=task.report)
        )

    def _take_answer(self, silence: Silence | None) -> None:
        if silence is not None and self._asked is not None:
            self._answers[self._asked] = silence
        self._offer()

    def _take_failure(self, sentence: str) -> None:
        self.progress.setText(sentence)
        self._offer()

    def _show_progress(self, share: float) -> None:
        self.progress.setText(_("Looking back: {share}").format(share=percent(share)))

    def _offer(self) -> None:
        """Show the answer, the search, or the button that begins it."""
        answer = None if self._shown is None else self._answers.get(self._shown)
        busy = self._worker.busy or self._waiting is not None
        here = busy and self._asked == self._shown
        self.found.setText("" if answer is None else unit_words.answer(answer))
        self.found.setVisible(answer is not None and self._silent)
        self.button.setVisible(self._silent and answer is None and not here)
        self.progress.setVisible(here)
        self.stop_button.setVisible(here)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the picture beside the words where there is width, else under them."""
        beside = self.width() >= self._theme.px(ROOMY)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)
        self._both.setStretch(0, 3 if beside else 0)
        self._both.setStretch(1, 2 if beside else 1)
        self.drawn.set_low(beside)

    def _lay_out(self) -> None:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for label in (self.head, self.found, self.facts):
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.button, self.stop_button):
            button.setStyleSheet(_SHEET)
        row.addWidget(self.button)
        row.addWidget(self.progress)
        row.addWidget(self.stop_button)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(4)
        self._both.addWidget(words)
        self._both.addWidget(self.drawn, 1)

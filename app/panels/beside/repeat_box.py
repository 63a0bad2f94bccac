"""Repeats two lanes with other seeds, so that nobody takes the luck of one for an effect."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.cards.work_bar import WorkBar
from app.document.document import Document
from app.document.lanes import Lane, State
from app.running.worker import Worker
from app.system.i18n import _
from app.telling.measured_words import rich
from app.telling.paragraphs import Paragraphs
from app.theme import set_role
from simulator.analysis import spread
from simulator.analysis.spread import REPEAT_SEEDS, SeedSpread


class RepeatBox(QWidget):
    """A button, how far the trainings are, and what came of them.

    The first lane is compared with the selected one, or with the second where the first is selected.

    Signals
    -------
    told_changed()
        `told` is different.

    Attributes
    ----------
    words
        What came of it; it stands wherever the panel puts it.
    """

    told_changed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._letters: tuple[str, str] = ("", "")
        self._told: tuple[str, ...] = ()
        self.worker = Worker("other seeds", self)
        self.words = Paragraphs()
        self.button = QPushButton(_("Repeat with {count} seeds").format(count=REPEAT_SEEDS))
        set_role(self.button, "outline")
        self.bar = WorkBar(self.worker, _("Other seeds"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.bar, self.button):
            column.addWidget(widget)
        self.button.clicked.connect(self._repeat)
        self.worker.answered.connect(self._show)
        self.worker.busy_changed.connect(self.button.setHidden)
        document.changed.connect(self._follow)
        self._name_button()

    @property
    def told(self) -> tuple[str, ...]:
        """What is said of the last repetition; nothing while there is none."""
        return self._told

    def close_down(self) -> None:
        """End the thread; the window closes."""
        self.worker.close()

    def _pair(self) -> tuple[Lane, Lane] | None:
        first, *others = self._document.state.lanes
        if not others:
            return None
        return first, next((lane for lane in others if lane.place == self._document.state.selected), others[0])

    def _name_button(self) -> None:
        pair = self._pair()
        if pair is not None:
            letters = {"first": pair[0].letter, "second": pair[1].letter}
            name = _("Repeat {first} and {second} with {count} seeds")
            self.button.setAccessibleName(name.format(count=REPEAT_SEEDS, **letters))
            tip = _(
                "Trains {first} and {second} again from other weights and in another order, as many steps as here; "
                "with fewer seeds where that is a great deal of training"
            )
            self.button.setToolTip(tip.format(**letters))

    def _follow(self, before: State, after: State) -> None:
        self._name_button()
        if before.lanes != after.lanes or before.selected != after.selected:
            self.worker.cancel()
            self._tell(())

    def _repeat(self) -> None:
        pair = self._pair()
        if pair is None:
            return
        records = [self._document.runs[lane.run_id] for lane in pair]
        steps = [record.step for record in records]
        one, other = (record.run for record in records)
        if not all(steps) or one is None or other is None:
            self._tell((_("Train both runs first: press <b>Play</b>."),))
            return
        # what diverged here may go further with other seeds
        first, second = (max(steps) if record.diverged else record.step for record in records)
        runs = one, other
        self._letters = pair[0].letter, pair[1].letter
        self._tell(())
        self.worker.ask(lambda task: spread.repeat_seeds(runs, (first, second), stop=task.stop, progress=task.report))

    def _show(self, spread: SeedSpread | None) -> None:
        if spread is not None:
            self._tell(tuple(rich(message) for message in spread.sentences(self._letters)))

    def _tell(self, told: tuple[str, ...]) -> None:
        if told != self._told:
            self._told = told
            self.words.show_texts(told)
            self.told_changed.emit()

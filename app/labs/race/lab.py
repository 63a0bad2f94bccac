"""The activation race: the same network with each activation, each at its own best rate (slides B6, B8)."""

from typing import Final

import msgspec
from PySide6.QtWidgets import QPushButton, QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.cards.work_bar import WorkBar
from app.document.lanes_opening import open_as_lanes
from app.labs.lab import Lab, LabSpec
from app.labs.race.chart import name_of, race_chart
from app.labs.race.controls import RaceControls
from app.labs.race.training import Race, run_race
from app.labs.race.words import by_speed, facts_of, race_heads, race_rows, race_story
from app.plots.lab.chart_figure import ChartFigure
from app.running.context import Context
from app.running.worker import Worker
from app.system.i18n import _
from app.telling.lab_story import LabStory
from app.theme import set_role
from app.widgets.elided_label import ElidedLabel
from app.widgets.number_table import NumberTable
from simulator.analysis.activations import RaceRun, race_ready
from simulator.experiment import Experiment
from simulator.message import N_
from simulator.training import MOST_LANES

NAME: Final = N_("Activation race")


class RaceLab(Lab):
    """Trains those that are ticked and were not trained before; what was trained is kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._race: Race | None = None
        self._asked: tuple[Experiment, tuple[str, ...]] | None = None
        self.worker = Worker("activation race", self)
        self.controls = RaceControls()
        self.figure = ChartFigure(self.theme, _("Loss of the training set"), _("The first losses are being measured."))
        self.grid = CardGrid([[PlotCard(self.theme, self.figure)]])
        self.table = NumberTable()
        self.story = LabStory(self.table)
        self.hint = ElidedLabel()
        set_role(self.hint, "muted")
        self.run_button = QPushButton(_("Go on"))
        self.lanes_button = QPushButton(_("Open as runs"))
        self._fill()
        self._connect()
        self.set_compact(self.compact)
        self._show()

    @property
    def race(self) -> Race | None:
        """What there is of the race."""
        return self._race

    @property
    def finished(self) -> tuple[RaceRun, ...]:
        """The ticked activations that are trained, in the order of their finish."""
        done = () if self._race is None else self._race.done(self.controls.racers)
        return tuple(by_speed(done, self.controls.loss.value))

    # what the window says --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        self._train()

    def rest(self) -> None:
        self.worker.cancel()
        self._asked = None

    def close_down(self) -> None:
        self.worker.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self.grid.set_compact(compact, 10 if compact else 12)

    # making ----------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        self.left.add(self.controls)
        self.middle.addWidget(self.grid, 1)
        self.right.add(self.story)
        self.run_button.setToolTip(_("Trains the ticked activations that are not trained yet"))
        set_role(self.lanes_button, "primary")
        self.lanes_button.setToolTip(_("Puts the fastest four beside each other in Compare, ready to play"))
        self.bottom.addWidget(WorkBar(self.worker, _("Finding rates and training")), 1)
        self.bottom.addWidget(self.hint, 1)
        self.bottom.addWidget(self.run_button)
        self.bottom.addWidget(self.lanes_button)

    def _connect(self) -> None:
        self.controls.racers_chosen.connect(self._choose)
        self.controls.loss_chosen.connect(self._show)
        self.worker.shown.connect(self._take)
        self.worker.answered.connect(self._take)
        self.worker.busy_changed.connect(lambda _busy: self._show())
        self.run_button.clicked.connect(self._go_on)
        self.lanes_button.clicked.connect(self._open_lanes)
        self.theme.theme_changed.connect(self._dress)

    def _dress(self) -> None:
        self.grid.apply_theme(self.theme)
        self.set_compact(self.compact)
        self._show()

    # training --------------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        self._train()
        self._show()

    def _go_on(self) -> None:
        self._asked = None
        self._train()

    def _train(self) -> None:
        mine, kinds, known = race_ready(self.context.document.experiment), self.controls.racers, self._race
        if not self.isVisible() or (mine, kinds) == self._asked:
            return
        self._asked = (mine, kinds)
        self.worker.ask(lambda task: run_race(task, mine, known, kinds))

    def _take(self, race: Race) -> None:
        self._race = race
        self._show()

    # what is seen ----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        race, kinds, loss = self._race, self.controls.racers, self.controls.loss.value
        busy, finished = self.worker.busy, self.finished
        self.controls.facts.setText("" if race is None else facts_of(race))
        self.figure.show_data(None if race is None else race_chart(race, kinds, loss, self.theme.tokens))
        self.table.show_rows(race_heads(), race_rows(finished, loss))
        self.table.setVisible(bool(finished))
        self.story.tell(*race_story(race, kinds, loss, busy=busy))
        self.hint.setVisible(not busy)
        self.hint.setText(_("Tick others, or move the loss to reach."))
        self.run_button.setVisible(not busy and len(finished) < len(kinds))
        self.lanes_button.setEnabled(any(run.experiment is not None for run in finished))

    # what a hand does ------------------------------------------------------------------------------------------------

    def _open_lanes(self) -> None:
        runs = [run for run in self.finished if run.experiment is not None][:MOST_LANES]
        experiments = [msgspec.structs.replace(run.experiment, name=_(NAME)) for run in runs if run.experiment]
        open_as_lanes(self.context.document, experiments, [name_of(run.kind) for run in runs])
        self.context.go_to("compare")


SPEC: Final = LabSpec(
    id="race",
    title=N_("Activation race"),
    tip=N_("How many epochs does each activation need, at its own best rate?"),
    slides=("B6", "B8"),
    rank=15,
    make=RaceLab,
)

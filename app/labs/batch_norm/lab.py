"""The batch-norm X-ray: values, statistics, gamma and beta, batch sizes, test modes, and a sweep (slides E1 to E4)."""

from typing import Final

from PySide6.QtWidgets import QPushButton, QWidget

from app.cards.work_bar import WorkBar
from app.document.built_in import built_in
from app.labs.batch_norm.batch_page import BatchPage
from app.labs.batch_norm.controls import LECTURE, MINE, Controls
from app.labs.batch_norm.numbers import heads, rows_of
from app.labs.batch_norm.own_statistics import OwnStatistics, norm_places
from app.labs.batch_norm.session import Question, Session, XrayAnswer
from app.labs.batch_norm.story import batch_story, sweep_story, values_story
from app.labs.batch_norm.sweep_page import SweepControls, SweepPage
from app.labs.batch_norm.values_page import AFTER, NORMALISED, ValuesPage
from app.labs.lab import Lab, LabSpec
from app.running.context import Context
from app.running.worker import Worker
from app.system.i18n import _
from app.telling.lab_story import LabStory
from app.theme import set_role
from app.widgets.number_table import NumberTable
from app.widgets.segmented import Choice
from app.widgets.switched_pages import SwitchedPages
from simulator.analysis import batch_norm
from simulator.analysis.batch_norm import SweepResult
from simulator.experiment import Run
from simulator.message import N_

VALUES: Final = "values"
BATCHES: Final = "batches"
SWEEP: Final = "sweep"


class BatchNormLab(Lab):
    """Looks into a trained copy: the network of the user where it has batch norm, else that of experiment E1."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._network = MINE
        self._session = Session()
        self._asked: Question | None = None
        self._answer: XrayAnswer | None = None
        self._sweeping = False
        self._example = self._mini_batch = 0
        self._result: SweepResult | None = None
        self.looker = Worker("batch norm", self)
        self.sweeper = Worker("batch norm sweep", self)
        self.controls = Controls()
        self.own_statistics = OwnStatistics(context.document)
        self.sweep_controls = SweepControls()
        self.values = ValuesPage(self.theme)
        self.batches = BatchPage(self.theme)
        self.sweep = SweepPage(self.theme)
        self.pages = SwitchedPages(_("What to look at"))
        self.table = NumberTable()
        self.story = LabStory(self.table)
        self.sweep_bar = WorkBar(self.sweeper, _("Training network after network"))
        self.sweep_button = QPushButton(_("Run the sweep"))
        self.undo_button = QPushButton(_("Undo it with gamma and beta"))
        self.other_button = QPushButton()
        self._fill()
        self._connect()
        self.set_compact(self.compact)
        self._show_page(VALUES)

    @property
    def answer(self) -> XrayAnswer | None:
        """What is on show."""
        return self._answer

    @property
    def result(self) -> SweepResult | None:
        """What the sweep has found so far."""
        return self._result

    # what the window says --------------------------------------------------------------------------------------------

    def wake(self) -> None:
        self._offer_networks()
        self._ask()
        if self.pages.page == SWEEP and not self._sweeping:
            self._estimate()

    def rest(self) -> None:
        self.looker.cancel()
        self._give_up_estimate()
        self._asked = None

    def close_down(self) -> None:
        self.looker.close()
        self.sweeper.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        gap = 10 if compact else 12
        self.pages.set_gap(gap)
        for page in (self.values, self.batches, self.sweep):
            page.set_compact(compact, gap)

    # making ----------------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        for choice, page in (
            (Choice(VALUES, _("One mini-batch"), _("Values before and after, and what is learned")), self.values),
            (Choice(BATCHES, _("Batch size"), _("Noise in training, and the wrong mode at test time")), self.batches),
            (Choice(SWEEP, _("Scale and rate"), _("Which networks learn, without and with batch norm")), self.sweep),
        ):
            self.pages.add_page(choice, page)
        self.middle.addWidget(self.pages, 1)
        for widget in (self.controls, self.own_statistics, self.sweep_controls):
            self.left.add(widget)
        self.right.add(self.story)
        set_role(self.sweep_button, "primary")
        self.sweep_button.setToolTip(_("Trains every network of both maps; cells appear as they come"))
        self.undo_button.setCheckable(True)
        self.undo_button.setToolTip(
            _("Sets gamma to the square root of Var + epsilon and beta to E of this mini-batch, in the copy only")
        )
        for button in (self.sweep_button, self.undo_button, self.other_button):
            self.bottom.addWidget(button)
        self.bottom.addWidget(self.sweep_bar, 1)
        self.bottom.addWidget(WorkBar(self.looker, _("Training the copy")), 1)
        self.bottom.addStretch(1)

    def _connect(self) -> None:
        self.controls.changed.connect(self._ask)
        self.controls.network_chosen.connect(self._choose_network)
        self.undo_button.toggled.connect(self._undo)
        self.other_button.clicked.connect(self._take_another)
        self.pages.page_changed.connect(self._show_page)
        self.looker.shown.connect(self.values.show_history)
        self.looker.answered.connect(self._show_answer)
        self.sweep_controls.networks.chosen.connect(self._choose_plan)
        self.sweep_button.clicked.connect(self._run_sweep)
        self.sweeper.shown.connect(self._show_sweep)
        self.sweeper.answered.connect(self._show_sweep)
        self.sweeper.busy_changed.connect(self._note_busy)
        self.context.document.changed.connect(self._follow_document)
        self.theme.theme_changed.connect(self._dress)

    def _dress(self) -> None:
        for page in (self.values, self.batches, self.sweep):
            page.apply_theme(self.theme)
        self.set_compact(self.compact)

    # choosing --------------------------------------------------------------------------------------------------------

    @property
    def mine(self) -> bool:
        """Whether the user's own network is looked into."""
        return self._network == MINE and bool(norm_places(self.context.document.experiment))

    @property
    def run(self) -> Run:
        """The run whose copy is looked into."""
        return self.context.controller.run_to_save() if self.mine else built_in(LECTURE)

    def _choose_network(self, network: str) -> None:
        self._network = network
        self._offer_networks()
        self._ask()

    def _offer_networks(self) -> None:
        own = bool(norm_places(self.context.document.experiment))
        name = built_in(LECTURE).experiment.name
        if self.mine:
            about = _("A copy of your network: the same seeds, the same numbers.")
        elif own:
            about = _("{name}: three layers on clothing.").format(name=name)
        else:
            about = _("Your network has no batch norm. This is experiment E1: {name}.").format(name=name)
        self.controls.offer_networks(own, MINE if self.mine else LECTURE, about)
        self.own_statistics.setVisible(own and self.pages.page == BATCHES)

    def _undo(self, undone: bool) -> None:
        self.values.turn_to(AFTER if undone else NORMALISED)
        self._ask()

    def _take_another(self) -> None:
        """Take another mini-batch, or where one example is answered in many, another example."""
        if self.pages.page == BATCHES:
            self._example += 1
        else:
            self._mini_batch += 1
        self._ask()

    def _follow_document(self, _before: object, _after: object) -> None:
        self._offer_networks()
        self._ask()

    # looking ---------------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if not self.isVisible() or self.pages.page == SWEEP:
            return
        controls = self.controls
        question = Question(
            run=self.run,
            step=int(controls.steps.value),
            layer=controls.chosen_layer,
            batch=int(controls.batch.value),
            number=self._mini_batch,
            undone=self.undo_button.isChecked(),
            one_unit=controls.one_unit,
            example=self._example,
            with_batches=self.pages.page == BATCHES,
        )
        if question != self._asked:
            self._asked = question
            self.looker.ask(lambda task: self._session.answer(question, task))

    def _show_answer(self, answer: XrayAnswer | None) -> None:
        if answer is None:
            return
        self._answer = answer
        self.controls.offer_layers(answer.layers)
        self.values.show_view(answer.view)
        self.values.show_history(answer.history)
        self.table.show_rows(heads(), rows_of(answer.view))
        if answer.noise is not None and answer.modes is not None:
            self.batches.show_batches(answer.noise, answer.modes, answer.view.batch)
        self._tell()

    # sweeping --------------------------------------------------------------------------------------------------------

    def _choose_plan(self, place: str) -> None:
        self.sweep_controls.choose(place)
        self._result = None
        self.sweep.show_result(None)
        self._estimate()
        self._tell()

    def _estimate(self) -> None:
        plan = self.sweep_controls.plan
        self._sweeping = False
        self.sweep_controls.show_estimate(None)
        self.sweeper.ask(lambda task: batch_norm.sweep_seconds(plan, stop=task.stop))

    def _run_sweep(self) -> None:
        plan = self.sweep_controls.plan
        self._sweeping = True
        self.sweeper.ask(
            lambda task: batch_norm.scale_sweep(plan, stop=task.stop, progress=task.report, show=task.show)
        )

    def _give_up_estimate(self) -> None:
        """Stop measuring how long a sweep takes; a sweep itself, asked for by hand, goes on out of sight."""
        if not self._sweeping:
            self.sweeper.cancel()

    def _note_busy(self, busy: bool) -> None:
        self._sweeping = self._sweeping and busy
        self.sweep_button.setEnabled(not busy)

    def _show_sweep(self, found: float | SweepResult) -> None:
        if isinstance(found, float):
            self.sweep_controls.show_estimate(found)
            return
        self._result = found
        self.sweep.show_result(found)
        self._tell()

    # telling ---------------------------------------------------------------------------------------------------------

    def _show_page(self, page: str) -> None:
        self.controls.setVisible(page != SWEEP)
        self.controls.show_units(page == VALUES)
        self.undo_button.setVisible(page == VALUES)
        self.other_button.setVisible(page != SWEEP)
        self.other_button.setText(_("Another example") if page == BATCHES else _("Another mini-batch"))
        self.sweep_controls.setVisible(page == SWEEP)
        self.sweep_button.setVisible(page == SWEEP)
        self.table.setVisible(page == VALUES)
        self._offer_networks()
        if page != SWEEP:
            self._give_up_estimate()
            self._ask()
        elif self.isVisible() and not self._sweeping:
            self._estimate()
        self._tell()

    def _tell(self) -> None:
        if self.pages.page == SWEEP:
            self.story.tell(*sweep_story(self.sweep_controls.plan, self._result))
        elif self._answer is not None:
            tell = batch_story if self.pages.page == BATCHES else values_story
            self.story.tell(*tell(self._answer))


SPEC: Final = LabSpec(
    id="batch_norm",
    title=N_("Batch norm"),
    tip=N_("What batch norm does to the values of a layer, in training and at test time"),
    slides=("E1", "E2", "E3", "E4"),
    rank=50,
    make=BatchNormLab,
)

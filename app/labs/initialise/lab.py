"""The initialisation bench (slides D1 to D8): what the weights do to a signal before any training."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout

from app.cards.plot_card import PlotCard
from app.labs.initialise.bottom import MANY_DRAWS, BenchBar
from app.labs.initialise.controls import BenchControls
from app.labs.initialise.formulas import scheme_name
from app.labs.initialise.measuring import BenchMeasure, Wanted
from app.labs.initialise.setup import SLIDES, Setup, named
from app.labs.initialise.telling import tell
from app.labs.initialise.told import ToldColumn
from app.labs.lab import LOADING, Lab, LabSpec
from app.plots.lab.backward_signal import BackwardSignalPlot
from app.plots.lab.bench_picture import BenchPicture
from app.plots.lab.forward_signal import ForwardSignalPlot
from app.plots.lab.signal_row import SignalRowPlot
from app.running.context import Context
from app.system.i18n import _
from app.telling.lab_story import Chapter
from simulator.analysis.signal import Recipe
from simulator.experiment import Experiment, difference
from simulator.layers import LAYERS
from simulator.message import N_


class InitialiseLab(Lab):
    """Puts the parts together: a `Setup` goes in, a `BenchPicture` comes out and is drawn and told."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._asking = False
        self._awake = False
        self._draws_left = 0
        self.measure = BenchMeasure(self)
        self.controls = BenchControls()
        self.left.add(self.controls)
        self.row = SignalRowPlot(self.theme)
        self.forward = ForwardSignalPlot(self.theme)
        self.backward = BackwardSignalPlot(self.theme)
        self.cards = (
            PlotCard(self.theme, self.row),
            PlotCard(self.theme, self.forward, legend_below=True),
            PlotCard(self.theme, self.backward, legend_below=True),
        )
        self._curves = QHBoxLayout()
        self._curves.addWidget(self.cards[1], 1)
        self._curves.addWidget(self.cards[2], 1)
        self.middle.addWidget(self.cards[0], 11)
        self.middle.addLayout(self._curves, 19)
        self.told = ToldColumn()
        self.told.story.tell("", _("The layers are being measured."), [Chapter("", (_(LOADING),))])
        self.right.add(self.told)
        self.pin_right(self.told.trial)
        self.bar = BenchBar(self.theme)
        self.bottom.addWidget(self.bar)
        self.controls.set_table(context.document.experiment)
        self._connect()
        self.set_compact(self.compact)

    @property
    def setup(self) -> Setup:
        """What the bench is set to."""
        return self.controls.setup

    @property
    def recipe(self) -> Recipe:
        """What is measured."""
        return self.setup.recipe(self.context.document.experiment, self.bar.seed)

    @property
    def experiment(self) -> Experiment:
        """What the laboratory would train: the network and the input of the bench."""
        recipe = self.recipe
        activation = "linear" if recipe.activation is None else recipe.activation.kind
        words = _("{layers} × {units}, {activation}, {scheme}").format(
            layers=recipe.layers,
            units=recipe.units,
            activation=_(LAYERS[activation].label),
            scheme=scheme_name(recipe.weights),
        )
        return named(recipe.experiment(), self.setup, words)

    def set_setup(self, setup: Setup) -> None:
        """Set the controls and measure."""
        self.controls.show_setup(setup)
        self._leave_question()

    def wake(self) -> None:
        self._awake = True
        self.controls.set_table(self.context.document.experiment)
        self._ask()
        if self._draws_left:
            self._on_draws(True)

    def rest(self) -> None:
        self._awake = False
        # the memory of the bench is given back, so they begin anew when it is looked at again
        self._draws_left = self.measure.drawing
        self.measure.rest()

    def close_down(self) -> None:
        self._awake = False
        self.measure.close()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for card in self.cards:
            card.set_compact(compact)
        self._curves.setSpacing(self.middle.spacing())

    def _connect(self) -> None:
        self.controls.changed.connect(self._leave_question)
        self.controls.slide_chosen.connect(self._open_slide)
        self.measure.changed.connect(self._show)
        self.measure.failed.connect(self.bar.say)
        self.measure.progressed.connect(self.bar.show_progress)
        self.measure.draws_ended.connect(lambda: self.bar.set_drawing(False))
        self.bar.seed_changed.connect(self._ask)
        self.bar.draws_asked.connect(self._on_draws)
        self.bar.training_asked.connect(self._train)
        self.bar.twins_asked.connect(self._train_both)
        self.told.setup_asked.connect(self.set_setup)
        self.told.answer_asked.connect(self._answer)
        self.context.document.changed.connect(self._follow)
        self.theme.theme_changed.connect(self._dress)

    def _open_slide(self, name: str) -> None:
        self._ask_question(bool(SLIDES[name].question))
        self._ask()

    def _leave_question(self) -> None:
        self._ask_question(False)
        self._ask()

    def _answer(self) -> None:
        self._ask_question(False)
        self._show()

    def _ask_question(self, asking: bool) -> None:
        self._asking = asking
        question = _("What happens to the gradients? Think first, then press “Show the gradients”.")
        self.backward.ask(question if asking else "")

    def _ask(self) -> None:
        if not self._awake:
            return
        self.bar.say_step()
        grey = self.setup.grey_weights()
        recipe = self.recipe
        self.measure.ask(Wanted(self.setup, recipe, None if grey is None else replace(recipe, weights=grey)))

    def _follow(self, *_states: object) -> None:
        self.controls.set_table(self.context.document.experiment)
        if self._awake and self.setup.source == "table":
            self._ask()

    def _show(self) -> None:
        # while a slider moves, the controls are already further
        setup, reading, other = self.measure.setup, self.measure.reading, self.measure.other
        if reading is None or setup is None:
            return
        grey = setup.grey_weights()
        picture = BenchPicture(
            reading=reading,
            name=scheme_name(reading.recipe.weights),
            other=other,
            other_name="" if grey is None else scheme_name(grey),
            spread=self.measure.spread,
        )
        for plot in (self.row, self.forward, self.backward):
            plot.show_data(picture)
        base = reading.recipe.base
        data = _("unit Gaussian") if base is None else _(type(base.data).label)
        self.controls.tell_input(reading.signal.examples, reading.features, data)
        self.told.show_telling(tell(setup, picture, asking=self._asking, brief=self.compact))
        self.bar.train_both.setEnabled(grey is not None)

    def _on_draws(self, wanted: bool) -> None:
        if wanted:
            self.bar.set_drawing(True)
            self.measure.ask_draws(MANY_DRAWS)
            self._draws_left = 0
        else:
            self.measure.end_draws()

    def _train(self) -> None:
        self.context.document.replace(self.experiment, _("Take the network from the bench"))
        self.context.go_to("watch")

    def _train_both(self) -> None:
        grey = self.setup.grey_weights()
        if grey is None:
            return
        document, experiment = self.context.document, self.experiment
        other = replace(self.recipe, weights=grey).experiment()
        document.replace(experiment, _("Take the network from the bench"))
        patch = {path: value for path, value in difference(experiment, other).items() if path != "name"}
        if document.what_if(patch, scheme_name(grey)):
            self.context.go_to("compare")

    def _dress(self) -> None:
        self.set_compact(self.compact)
        for card in self.cards:
            card.apply_theme(self.theme)


SPEC = LabSpec(
    id="initialise",
    title=N_("Initialise"),
    tip=N_("What do the weights at the start do to the signal, forward and back?"),
    slides=("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"),
    rank=0,
    make=InitialiseLab,
)

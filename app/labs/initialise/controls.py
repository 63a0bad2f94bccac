"""The left column of the bench: slides, the network, the weights, the input, and what is grey."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.document.card_edits import ACTIVATIONS
from app.forms.number_control import NumberControl
from app.forms.texts import kind_tip
from app.labs.initialise.formulas import deviation, formula, scheme_name
from app.labs.initialise.setup import FIRST, NO_GREY, SLIDES, Setup, Source, data_of
from app.look.numbers import count, short
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.favourite_box import FavouriteBox
from app.widgets.segmented import Choice, Segmented
from simulator.analysis.signal import MOST_LAYERS, MOST_UNITS
from simulator.declaration import DeclaredField, Field, kind_of
from simulator.experiment import Experiment
from simulator.initializers import INITIALIZERS
from simulator.message import N_

LAYERS: Final = DeclaredField(
    "layers", int, 10, Field(N_("Layers"), low=1, high=MOST_LAYERS, help=N_("How many hidden layers there are."))
)
UNITS: Final = DeclaredField(
    "units",
    int,
    500,
    Field(N_("Units a layer"), low=1, high=MOST_UNITS, scale="logarithmic", help=N_("How wide every layer is.")),
)
SCALE: Final = DeclaredField(
    "scale",
    float,
    1.0,
    Field(N_("Scale ×"), low=1e-4, high=10, scale="logarithmic", help=N_("Every weight is multiplied by it.")),
)
FAVOURITE_ACTIVATIONS: Final = ("sigmoid", "tanh", "relu")
FAVOURITE_SCHEMES: Final = ("normal", "xavier", "he")
# Eight words of two letters beside each other in a narrow column.


class BenchControls(QWidget):
    """Holds a `Setup`.

    Signals
    -------
    changed()
        The user has set something else; never sent by `show_setup`.
    slide_chosen(str)
        The user has chosen a slide; `setup` is its setting already.
    """

    changed = Signal()
    slide_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup = SLIDES[FIRST].setup
        self._table: Experiment | None = None
        self._sources: list[Choice] = []
        self.slides = Segmented(room=0)
        self.slides.set_choices([Choice(name, name, _(slide.title)) for name, slide in SLIDES.items()])
        self.slides.setAccessibleName(_("Slide"))
        self.layers, self.units, self.scale = NumberControl(LAYERS), NumberControl(UNITS), NumberControl(SCALE)
        self.activation, self.scheme, self.grey = FavouriteBox(), FavouriteBox(), ChoiceBox(most_segments=0)
        self.source = ChoiceBox()
        self.formula, self.deviation, self.grey_formula, self.input_words = (QLabel() for _label in range(4))
        self._fill()
        self._lay_out()
        self._connect()
        self.show_setup(self._setup)

    @property
    def setup(self) -> Setup:
        """What the controls say."""
        return self._setup

    def show_setup(self, setup: Setup) -> None:
        """Set the controls without a signal."""
        self._setup = setup
        self._show()

    def set_table(self, experiment: Experiment) -> None:
        """Learn what is on the table: its data are one of the inputs."""
        self._table = experiment
        self._show()

    def tell_input(self, examples: int, features: int, data: str) -> None:
        """Say what the measured input is: how large, and what its `data` are called."""
        words = _("{examples} examples of {features} numbers: {data}.")
        self.input_words.setText(words.format(examples=count(examples), features=count(features), data=data))

    def _show(self) -> None:
        setup = self._setup
        self.slides.set_value(setup.slide if setup == SLIDES[setup.slide].setup else "")
        self.layers.set_value(setup.layers)
        self.units.set_value(setup.units)
        self.scale.set_value(setup.size)
        self.activation.set_value(setup.activation)
        self.scheme.set_value(setup.scheme)
        self.grey.set_value(setup.grey)
        self._offer_sources()
        self.source.set_value(setup.source)
        weights, units = setup.weights(), setup.units
        self.scale.setEnabled(bool(weights.size))
        self.formula.setText(formula(weights, units, units))
        std = deviation(weights, units, units)
        self.deviation.setText("" if std is None else _("standard deviation {std}").format(std=short(std)))
        self.deviation.setVisible(std is not None)
        grey = setup.grey_weights()
        if grey is not None:
            self.grey_formula.setText(_("grey: {formula}").format(formula=formula(grey, units, units)))
        self.grey_formula.setVisible(grey is not None)

    def _offer_sources(self) -> None:
        tip = _("1,000 examples of as many numbers as a layer has units, as on the slides.")
        choices = [Choice("gaussian", _("Gaussian"), tip)]
        if self._table is not None:
            tip = _("The data and the preprocessing of the open experiment.")
            choices.append(Choice("table", _("the open experiment"), tip))
        own = data_of(self._setup.slide)
        if own is not None:
            name = _("slide {slide}").format(slide=self._setup.slide)
            choices.append(Choice("slide", name, _("The data and the preprocessing that belong to the slide.")))
        if choices != self._sources:
            self._sources = choices
            self.source.set_choices(choices)

    def _fill(self) -> None:
        palette = self.palette()
        kinds = {kind_of(kind): kind for kind in ACTIVATIONS}
        order = [*FAVOURITE_ACTIVATIONS, *(kind for kind in kinds if kind not in FAVOURITE_ACTIVATIONS)]
        choices = [Choice(kind, _(kinds[kind].label), kind_tip(kinds[kind], palette)) for kind in order]
        self.activation.set_choices(choices, len(FAVOURITE_ACTIVATIONS))
        order = [*FAVOURITE_SCHEMES, *(kind for kind in INITIALIZERS if kind not in FAVOURITE_SCHEMES)]
        schemes = {kind: INITIALIZERS[kind] for kind in order}
        choices = [Choice(kind, scheme_name(each()), kind_tip(each, palette)) for kind, each in schemes.items()]
        self.scheme.set_choices(choices, len(FAVOURITE_SCHEMES))
        self.grey.set_choices([Choice(NO_GREY, _("nothing")), *choices])
        for box, name in (
            (self.activation, _("Activation")),
            (self.scheme, _("Weights at the start")),
            (self.source, _("Input")),
            (self.grey, _("Grey, for comparison")),
        ):
            box.setAccessibleName(name)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        title, moment = QLabel(_("Bench")), QLabel(_("before any training"))
        set_role(title, "title")
        set_role(moment, "muted")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(moment, 1)
        column.addLayout(head)
        column.addLayout(_under(_("Slides"), self.slides))
        for control in (self.layers, self.units):
            column.addWidget(control)
        column.addLayout(_under(_("Activation"), self.activation))
        column.addLayout(_under(_("Weights at the start"), self.scheme))
        column.addLayout(_under(_("Grey, for comparison"), self.grey))
        column.addWidget(self.scale)
        for label, role in (
            (self.formula, "value"),
            (self.deviation, "muted"),
            (self.grey_formula, "muted"),
            (self.input_words, "muted"),
        ):
            label.setWordWrap(True)
            set_role(label, role)
        column.addWidget(self.formula)
        column.addWidget(self.deviation)
        column.addWidget(self.grey_formula)
        column.addWidget(_rule())
        column.addLayout(_under(_("Input"), self.source))
        column.addWidget(self.input_words)

    def _connect(self) -> None:
        self.slides.chosen.connect(self._on_slide)
        self.layers.changed.connect(lambda layers: self._change(layers=int(layers)))
        self.units.changed.connect(lambda units: self._change(units=int(units)))
        self.scale.changed.connect(lambda size: self._change(size=size))
        self.activation.chosen.connect(lambda kind: self._change(activation=kind))
        self.scheme.chosen.connect(self._on_scheme)
        self.source.chosen.connect(self._on_source)
        self.grey.chosen.connect(lambda kind: self._change(grey=kind))

    def _on_slide(self, name: str) -> None:
        self.show_setup(SLIDES[name].setup)
        self.slide_chosen.emit(name)

    def _on_scheme(self, kind: str) -> None:
        scheme = INITIALIZERS[kind]()
        self._change(scheme=kind, size=float(getattr(scheme, scheme.size)) if scheme.size else 1.0)

    def _on_source(self, value: str) -> None:
        known: tuple[Source, ...] = ("gaussian", "table", "slide")
        self._change(source=next(each for each in known if each == value))

    def _change(self, **values: object) -> None:
        changed = replace(self._setup, **values)  # type: ignore[arg-type]  # each caller names a field and its type
        if changed == self._setup:
            return
        self._setup = changed
        self._show()
        self.changed.emit()


def _under(words: str, control: QWidget) -> QVBoxLayout:
    """Return a control with its label above it."""
    label = QLabel(words)
    set_role(label, "muted")
    label.setBuddy(control)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label)
    column.addWidget(control)
    return column


def _rule() -> QFrame:
    rule = QFrame()
    set_role(rule, "rule")
    return rule

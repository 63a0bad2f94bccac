"""What can be set in the zig-zag lab: the inputs, the mini-batch, the learning rate."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.forms.number_control import NumberControl
from app.system.i18n import _
from app.theme import set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.analysis.landscape import zigzag
from simulator.declaration import DeclaredField, Field
from simulator.message import N_

FEEDS: Final[dict[zigzag.Feed, tuple[str, str]]] = {
    "positive": (N_("positive"), N_("All positive: what a layer of two sigmoid units puts out.")),
    "centred": (N_("centred"), N_("The same numbers, with their mean taken off.")),
    "tanh": (N_("tanh"), N_("What a layer of two tanh units puts out.")),
}
STEPS: Final = 200
DEFAULT_BATCH: Final = 1
DEFAULT_RATE: Final = 1.0

_BATCH: Final = DeclaredField(
    "batch",
    int,
    DEFAULT_BATCH,
    Field(
        N_("Examples in a mini-batch"),
        low=1,
        high=zigzag.EXAMPLES,
        help=N_("Each step follows the mean gradient of so many examples; 200 are all there are."),
    ),
)
_RATE: Final = DeclaredField(
    "rate",
    float,
    DEFAULT_RATE,
    Field(
        N_("Learning rate"),
        low=0.05,
        high=100,
        scale="logarithmic",
        help=N_("How far a step goes along the gradient."),
    ),
)
_SEED: Final = DeclaredField(
    "seed", int, 0, Field(N_("Seed"), low=0, high=99, help=N_("Another number draws other examples in another order."))
)


def feed_name(feed: zigzag.Feed) -> str:
    """Return what the reader calls inputs of a kind."""
    return _(FEEDS[feed][0])


class ZigZagControls(QWidget):
    """The neuron as formulas, and what can be chosen.

    Signals
    -------
    changed()
        The user chose something else.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._feed: zigzag.Feed = zigzag.FEEDS[0]
        self.feed = ChoiceBox()
        self.feed.set_choices([Choice(feed, _(name), _(tip)) for feed, (name, tip) in FEEDS.items()])
        self.feed.setAccessibleName(_("Inputs of the neuron"))
        self.batch = NumberControl(_BATCH, zigzag.BATCHES)
        self.rate = NumberControl(_RATE)
        self.seed = NumberControl(_SEED)
        self._said = QLabel()
        self._said.setWordWrap(True)
        set_role(self._said, "small")
        self._lay_out()
        self.feed.chosen.connect(self._on_feed)
        for control in (self.batch, self.rate, self.seed):
            control.changed.connect(lambda _value: self.changed.emit())
        self.reset()

    @property
    def chosen_feed(self) -> zigzag.Feed:
        """The inputs in force."""
        return self._feed

    def choose_feed(self, feed: zigzag.Feed) -> None:
        """Take other inputs; says nothing."""
        self._feed = feed
        self.feed.set_value(feed)
        self._said.setText(_(FEEDS[feed][1]))

    def reset(self) -> None:
        """Put everything back; says nothing."""
        self.choose_feed(zigzag.FEEDS[0])
        self.batch.set_value(DEFAULT_BATCH)
        self.rate.set_value(DEFAULT_RATE)
        self.seed.set_value(0)

    def _lay_out(self) -> None:
        title, inputs = QLabel(_("One neuron, two weights")), QLabel(_("Inputs of the neuron"))
        title.setWordWrap(True)
        set_role(title, "title")
        set_role(inputs, "muted")
        formulas = QLabel("f = w₁x₁ + w₂x₂\nL = (f − t)² / 2\ndL/dw₁ = (f − t) x₁\ndL/dw₂ = (f − t) x₂")
        meaning = QLabel(_("t is the target. A step follows the mean over its mini-batch."))
        meaning.setWordWrap(True)
        set_role(meaning, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (title, formulas, meaning, inputs, self.feed, self._said, self.batch, self.rate, self.seed):
            column.addWidget(part)

    def _on_feed(self, feed: str) -> None:
        self.choose_feed(next(each for each in zigzag.FEEDS if each == feed))
        self.changed.emit()

"""What the bench is set to, and the slides as settings. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from msgspec.structs import replace as struct_replace

from app.document.built_in import built_in
from simulator.analysis.signal import Recipe
from simulator.experiment import Experiment, names
from simulator.initializers import INITIALIZERS, Initializer
from simulator.layers import LAYERS, Activation
from simulator.message import N_

Source = Literal["gaussian", "table", "slide"]
LINEAR: Final = "linear"
RECTIFIERS: Final = ("relu", "leaky_relu", "prelu", "elu")
NO_GREY: Final = ""
WIDEST_SMALL: Final = 0.1
"""Normal weights up to this standard deviation are small: slide D2, beyond D3."""


@dataclass(frozen=True)
class Setup:
    """Everything the controls hold; `slide` is the one chosen last, whose data the source "slide" means."""

    slide: str
    layers: int
    units: int
    activation: str
    scheme: str
    size: float
    source: Source = "gaussian"
    grey: str = NO_GREY

    def recipe(self, table: Experiment, seed: int) -> Recipe:
        """Return what is to be measured, where `table` is the experiment on the table."""
        base = {"gaussian": None, "table": table, "slide": data_of(self.slide)}[self.source]
        return Recipe(self.layers, self.units, self._activation(), self.weights(), base, seed)

    def weights(self) -> Initializer:
        """Return the scheme in force, with its size."""
        scheme = self._scheme(self.scheme)
        return struct_replace(scheme, **{scheme.size: self.size}) if scheme.size else scheme

    def grey_weights(self) -> Initializer | None:
        """Return the scheme to compare with, at its own size."""
        return self._scheme(self.grey) if self.grey else None

    def _scheme(self, kind: str) -> Initializer:
        scheme = INITIALIZERS[kind]()
        if kind == "random_walk":
            return struct_replace(scheme, units="relu" if self.activation in RECTIFIERS else "linear")
        return scheme

    def _activation(self) -> Activation | None:
        layer = None if self.activation == LINEAR else LAYERS[self.activation]()
        return layer if isinstance(layer, Activation) else None


@dataclass(frozen=True)
class Slide:
    """A slide of the lecture as a setting; `title` is marked."""

    title: str
    setup: Setup
    question: str = ""


SLIDES: Final[Mapping[str, Slide]] = {
    "D1": Slide(N_("W = 0"), Setup("D1", 2, 50, "tanh", "zeros", 1.0, "slide", "xavier")),
    "D2": Slide(
        N_("tanh, 0.01 · randn"),
        Setup("D2", 10, 500, "tanh", "normal", 0.01, "gaussian", "xavier"),
        N_("What happens to the gradients? Think of dW = Xᵀ · dy: what comes in, times what comes back."),
    ),
    "D3": Slide(N_("tanh, 1.0 · randn"), Setup("D3", 10, 500, "tanh", "normal", 1.0, "gaussian", "xavier")),
    "D4": Slide(N_("tanh, Xavier"), Setup("D4", 10, 500, "tanh", "xavier", 1.0, "gaussian", "normal")),
    "D5": Slide(N_("ReLU, Xavier"), Setup("D5", 10, 500, "relu", "xavier", 1.0, "gaussian", "he")),
    "D6": Slide(N_("ReLU, He"), Setup("D6", 10, 500, "relu", "he", 1.0, "gaussian", "xavier")),
    "D7": Slide(N_("30 layers, Xavier against He"), Setup("D7", 30, 100, "relu", "xavier", 1.0, "slide", "he")),
    "D8": Slide(N_("Schemes of the literature"), Setup("D8", 10, 500, "relu", "lsuv", 1.0, "gaussian", "he")),
}
FIRST: Final = "D5"
WITH_DATA: Final = ("D1", "D7")


@cache
def data_of(slide: str) -> Experiment | None:
    """Return the experiment whose data belong to a slide; None where that is the unit Gaussian."""
    return built_in(slide).experiment if slide in WITH_DATA else None


def slide_of(setup: Setup) -> str:
    """Return the slide that tells of a setting, or nothing."""
    if setup == SLIDES[setup.slide].setup or (setup.source == "slide" and setup.slide in WITH_DATA):
        return setup.slide
    rules: dict[str, Callable[[], str]] = {
        "zeros": lambda: "D1",
        "constant": lambda: "D1",
        "normal": lambda: ("D2" if setup.size <= WIDEST_SMALL else "D3") if setup.activation == "tanh" else "",
        "xavier": lambda: {"tanh": "D4", "relu": "D5"}.get(setup.activation, ""),
        "he": lambda: "D6" if setup.activation == "relu" else "",
        **dict.fromkeys(("orthogonal", "random_walk", "lsuv", "data_dependent"), lambda: "D8"),
    }
    return rules.get(setup.scheme, lambda: "")()


def named(experiment: Experiment, setup: Setup, words: str) -> Experiment:
    """Return the experiment under the name of the equal one in the library, which says what to see; else as `words`."""
    for name in names():
        if name.startswith(setup.slide):
            known = built_in(name).experiment
            if struct_replace(experiment, name=known.name) == known:
                return known
    return struct_replace(experiment, name=words)

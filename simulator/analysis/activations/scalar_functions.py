"""Layer kinds as functions of one number, and the numbers that can be turned in them (slide B1). No numba."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from simulator.declaration import DeclaredField, Field, declared_fields
from simulator.layers import LAYERS, Block, Layer
from simulator.message import N_

Numbers = NDArray[np.float64]

SCALAR_FUNCTIONS: Final[dict[str, type[Layer]]] = {
    **{name: kind for name, kind in LAYERS.items() if kind.elementwise},
    "maxout": LAYERS["maxout"],
}
"""The kinds that make one number of one number, by id: all activations, and maxout with one input and one unit."""

KINK = 1e-6  # slopes 2e-9 apart that differ by more belong to a kink
STEEPEST, FLATTEST = 1.0, -0.5  # weights of the first and the last piece: neither a line nor a ReLU
WIDEST = 3.0  # weights and biases are turned from -3 to 3
_LOWERED: Final = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class ScalarFunction:
    """A kind of layer with one input and one output; `numbers` are for its `function_knobs`."""

    kind: str
    numbers: tuple[float, ...]

    @classmethod
    def default(cls, kind: str) -> "ScalarFunction":
        """Return the function as declared."""
        return cls(kind, tuple(float(knob.default) for knob in function_knobs(kind)))

    @property
    def declared(self) -> type[Layer]:
        """What is declared of the kind: label, help, formulas of both passes."""
        return SCALAR_FUNCTIONS[self.kind]

    @property
    def layer(self) -> Layer:
        """The layer with these numbers in its fields; what is learned is in `parameters`."""
        values = dict(zip(_live_fields(self.kind), self.numbers, strict=False))
        return msgspec.structs.replace(_layer_of(self.kind), **values)

    @property
    def parameters(self) -> tuple[float, ...]:
        """The values of its parameters, block after block."""
        return self.numbers[len(_live_fields(self.kind)) :]


@dataclass(frozen=True, eq=False)
class FunctionCurve:
    """A function and its local gradient, as the compiled kernels compute them in float64.

    Attributes
    ----------
    x, y, slope
        Shape (points,): x rising, f(x) and f'(x).
    before, after
        Shape (points,): f' just left and just right of x; they differ where f has a kink, and `slope` is a convention.
    own
        Shape (points,) each: df/dnumber for every learned number of an activation, by the name of its knob.
    """

    function: ScalarFunction
    x: Numbers
    y: Numbers
    slope: Numbers
    before: Numbers
    after: Numbers
    own: Mapping[str, Numbers]

    def index(self, x: float) -> int:
        """Return the index of the point nearest to `x`."""
        return int(np.argmin(np.abs(self.x - x)))

    def has_kink(self, index: int) -> bool:
        """Tell whether the slopes left and right of a point differ by more than the step between them explains."""
        return abs(float(self.after[index] - self.before[index])) > KINK


@dataclass(frozen=True)
class MeanOutput:
    """The mean of f(z) for z drawn from the unit Gaussian (slide B5).

    Attributes
    ----------
    mean
        The integral of f(z) times the Gaussian density, by quadrature.
    sample_mean, standard_error, examples
        The mean over a sample of so many draws, and its standard error.
    """

    function: ScalarFunction
    mean: float
    sample_mean: float
    standard_error: float
    examples: int


@cache
def function_knobs(kind: str) -> tuple[DeclaredField, ...]:
    """Return the numbers of a kind that change its curve: its live fields, then its parameters."""
    layer = _layer_of(kind)
    fields = [field for field in declared_fields(type(layer)) if field.name in _live_fields(kind)]
    return (*fields, *(knob for block in layer.blocks((1,)) for knob in _knobs_of(block)))


@cache
def _live_fields(kind: str) -> tuple[str, ...]:
    fields = declared_fields(SCALAR_FUNCTIONS[kind])
    return tuple(field.name for field in fields if field.type is float and field.about.live)


def _layer_of(kind: str) -> Layer:
    layer = SCALAR_FUNCTIONS[kind]()
    sizes = {"units": 1} if "units" in layer.__struct_fields__ else {}
    return msgspec.structs.replace(layer, **sizes)


def _knobs_of(block: Block) -> list[DeclaredField]:
    """Return a knob for each parameter of a block, named as the block: alpha, or w1, w2."""
    size = math.prod(block.shape)
    stem = block.name.lower()
    names = [stem] if size == 1 else [f"{stem}{k + 1}" for k in range(size)]
    if block.role == "slope":
        drawn = block.initializer.draw(np.random.default_rng(0), block.shape, block.fan_in, block.fan_out)
        about = Field(N_("Slope a, learned"), low=0, high=1, help=N_("The slope on the negative side; it is learned."))
        return [DeclaredField(name, float, float(start), about) for name, start in zip(names, drawn.flat, strict=True)]
    starts = np.linspace(STEEPEST, FLATTEST, size) if block.role == "weight" else np.zeros(size)
    help_ = N_("A parameter of the layer; it is learned.")
    return [
        DeclaredField(name, float, float(start), Field(name.translate(_LOWERED), low=-WIDEST, high=WIDEST, help=help_))
        for name, start in zip(names, starts, strict=True)
    ]

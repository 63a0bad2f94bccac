"""The gates of small graphs (slide A2), as data: what each makes, its local gradients, and what it must keep.

A gate works on plain numbers. `forward(*inputs)` is its output; `local(*inputs)` its derivatives by each input.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from simulator.message import N_

Keeps = Literal["nothing", "inputs", "output"]


@dataclass(frozen=True, slots=True)
class Gate:
    """One kind of gate.

    Attributes
    ----------
    symbol
        What stands in its circle.
    name
        Marked: what it is called in a sentence.
    forward, local
        float inputs -> output, and -> derivatives by each input.
    made, slope
        Marked sentences: what it makes, and where its local gradient comes from. Places: {inputs}, {a} (the first
        input), {b} (the second), {y} (the output), {d} (the derivative by the first).
    role
        Marked sentence: what it does to a gradient on the way back.
    keeps, kept
        What must be kept from forward to backward; the same as a marked phrase.
    bend
        Inputs -> how far they are from a place where the slope jumps; None where it never does.
    """

    symbol: str
    name: str
    forward: Callable[..., float]
    local: Callable[..., tuple[float, ...]]
    made: str
    slope: str
    role: str
    keeps: Keeps
    kept: str
    bend: Callable[..., float] | None = None


@dataclass(frozen=True)
class GateAt:
    """A gate, the numbers that go into it, and which of them is moved; `name` is what the reader calls that one."""

    gate: Gate
    inputs: tuple[float, ...]
    moved: int
    name: str

    @property
    def x(self) -> float:
        """The number that is moved, where it stands now."""
        return self.inputs[self.moved]

    @property
    def y(self) -> float:
        """What the gate puts out now."""
        return self.gate.forward(*self.inputs)

    @property
    def slope(self) -> float:
        """The local gradient for the number that is moved."""
        return self.gate.local(*self.inputs)[self.moved]

    def at(self, x: float) -> float:
        """Return the output for another value of that input; NaN where there is none."""
        inputs = [*self.inputs[: self.moved], x, *self.inputs[self.moved + 1 :]]
        try:
            return self.gate.forward(*inputs)
        except (ZeroDivisionError, OverflowError):
            return math.nan


def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), without overflow on either side."""
    small = math.exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


def _largest_alone(*inputs: float) -> tuple[float, ...]:
    """Return 1 for the largest input, 0 for the others; of equal ones the first counts."""
    chosen = inputs.index(max(inputs))
    return tuple(float(place == chosen) for place in range(len(inputs)))


_NOTHING: Final = N_("nothing: its local gradients are the same whatever came in")

ADD: Final = Gate(
    symbol="+",
    name=N_("add"),
    forward=lambda *inputs: math.fsum(inputs),
    local=lambda *inputs: (1.0,) * len(inputs),
    made=N_("{inputs} = {y}"),
    slope=N_("Raise an input by a little and the sum rises by just as much: its local gradient is 1 for every input."),
    role=N_("An add gate hands the gradient on, unchanged, to all its inputs."),
    keeps="nothing",
    kept=_NOTHING,
)
SUM: Final = Gate(
    symbol="Σ",
    name=N_("cell body"),
    forward=ADD.forward,
    local=ADD.local,
    made=ADD.made,
    slope=ADD.slope,
    role=ADD.role,
    keeps="nothing",
    kept=_NOTHING,
)
MULTIPLY: Final = Gate(
    symbol="×",
    name=N_("multiply"),
    forward=lambda a, b: a * b,
    local=lambda a, b: (b, a),
    made=N_("{a} × {b} = {y}"),
    slope=N_("The local gradient for each input is the other input: {b} for the first, {a} for the second."),
    role=N_("A multiply gate swaps its inputs on the way back."),
    keeps="inputs",
    kept=N_("both inputs, {a} and {b}"),
)
MAX: Final = Gate(
    symbol="max",
    name=N_("max"),
    forward=lambda *inputs: max(inputs),
    local=_largest_alone,
    made=N_("the larger of {a} and {b} is {y}"),
    slope=N_("Only the larger input matters: its local gradient is 1, that of the other is 0."),
    role=N_("A max gate sends the whole gradient to the larger input and nothing to the other."),
    keeps="inputs",
    kept=N_("which input was the larger"),
    bend=lambda a, b: abs(a - b),
)
DOUBLE: Final = Gate(
    symbol="×2",
    name=N_("×2"),
    forward=lambda x: 2 * x,
    local=lambda x: (2.0,),
    made=N_("2 × {a} = {y}"),
    slope=N_("The output changes twice as much as the input: the local gradient is 2."),
    role=N_("It doubles the gradient."),
    keeps="nothing",
    kept=_NOTHING,
)
NEGATE: Final = Gate(
    symbol="×−1",
    name=N_("×−1"),
    forward=lambda x: -x,
    local=lambda x: (-1.0,),
    made=N_("−1 × {a} = {y}"),
    slope=N_("What rises at the input falls at the output: the local gradient is −1."),
    role=N_("It turns the sign of the gradient round."),
    keeps="nothing",
    kept=_NOTHING,
)
PLUS_ONE: Final = Gate(
    symbol="+1",
    name=N_("+1"),
    forward=lambda x: x + 1,
    local=lambda x: (1.0,),
    made=N_("{a} + 1 = {y}"),
    slope=N_("Adding a constant moves the output as far as the input: the local gradient is 1."),
    role=N_("It hands the gradient on, unchanged."),
    keeps="nothing",
    kept=_NOTHING,
)
EXP: Final = Gate(
    symbol="exp",
    name=N_("exp"),
    forward=math.exp,
    local=lambda x: (math.exp(x),),
    made=N_("e<sup>{a}</sup> = {y}"),
    slope=N_("The derivative of eˣ is eˣ itself, so the local gradient is the number it put out: {y}."),
    role=N_("It multiplies the gradient by its own output."),
    keeps="output",
    kept=N_("its output, {y}"),
)
RECIPROCAL: Final = Gate(
    symbol="1/x",
    name=N_("1/x"),
    forward=lambda x: 1 / x,
    local=lambda x: (-1 / (x * x),),
    made=N_("1 / {a} = {y}"),
    slope=N_("The derivative of 1/x is −1/x²: with x = {a} the local gradient is −1 / {a}² = {d}."),
    role=N_("It turns the sign of the gradient round, and divides by the square of its input."),
    keeps="inputs",
    kept=N_("its input, {a}"),
)
SIGMOID: Final = Gate(
    symbol="σ",
    name=N_("sigmoid"),
    forward=sigmoid,
    local=lambda x: (sigmoid(x) * sigmoid(-x),),
    made=N_("1 / (1 + e<sup>−({a})</sup>) = {y}"),
    slope=N_("The derivative of the sigmoid is (1 − σ) σ: with σ = {y} that is (1 − {y}) × {y} = {d}."),
    role=N_("It lets at most a quarter of the gradient through."),
    keeps="output",
    kept=N_("its output, {y}"),
)

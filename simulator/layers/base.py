"""What every layer kind declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from simulator.declaration import Kind, Passes
from simulator.initializers import Initializer

Shape = tuple[int, ...]
Role = Literal["weight", "bias", "gain", "shift", "slope"]


@dataclass(frozen=True, slots=True)
class Block:
    """One array of parameters of a layer: the penalty and the update:weight ratio use role "weight" only."""

    name: str
    shape: Shape
    role: Role
    fan_in: int
    fan_out: int
    initializer: Initializer


class Layer(Kind, frozen=True):
    """One entry of the network. How it computes is in `simulator/kernels` under the same name.

    A layer sees one example: shapes are without the batch.
    """

    weighted: ClassVar[bool] = False  # opens a card on screen
    place: ClassVar[int] = 0  # order within a card: weights 0, batch norm 1, activation 2, dropout 3
    elementwise: ClassVar[bool] = False  # an activation: y[i] depends on x[i] alone
    needs_batch: ClassVar[bool] = False  # an example alone in its mini-batch teaches it nothing
    activates: ClassVar[bool] = False  # bends its own output: no activation need follow
    bounds: ClassVar[tuple[float, float] | None] = None  # the range of values, where it is bounded
    passes: ClassVar[Passes | None] = None  # forward and backward as formulas

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output for an input of `shape`; raise `ExperimentError` if it does not fit."""
        return shape

    def blocks(self, shape: Shape) -> tuple[Block, ...]:
        """Return the parameter blocks for an input of `shape`, at most four."""
        return ()

    def constants(self) -> tuple[float, ...]:
        """Return the real numbers the kernel reads (a slope, a probability)."""
        return ()

    def integers(self, shape: Shape) -> tuple[int, ...]:
        """Return further whole numbers the kernel reads (pieces, strides), at most four."""
        return ()

    def workspace(self, shape: Shape, batch: int) -> int:
        """Return how many numbers the kernel needs to keep between forward and backward."""
        return 0

    def kept(self, shape: Shape, batch: int) -> Mapping[str, tuple[int, Shape]]:
        """Return what a reader may want to see of the workspace after a forward pass: symbol -> (offset, shape)."""
        return {}

    def state(self, shape: Shape) -> tuple[float, ...]:
        """Return the starting values of the running statistics."""
        return ()


class Weighted(Layer, frozen=True):
    """A layer with weights of its own: it opens a card."""

    weighted: ClassVar[bool] = True

    key: int = 0  # stable identity: seeds the weights, wherever the layer stands; 0 = give me one


class Activation(Layer, frozen=True):
    """An activation function: elementwise, no shape of its own."""

    elementwise: ClassVar[bool] = True
    place: ClassVar[int] = 2

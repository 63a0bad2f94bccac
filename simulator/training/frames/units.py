"""What is known of the single units of a network at one step. All arrays are read-only."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

MOST_COLUMNS: Final = 64
"""Incoming weights of a hidden layer that are kept one by one; more are kept in so many buckets."""
LEVELS: Final = 127
"""A kept weight is a whole number of so many parts of the unit's largest."""


@dataclass(frozen=True, eq=False)
class LayerUnits:
    """The units of one card or of the output layer, on the probe batch.

    Attributes
    ----------
    active
        float32, shape (units,): share of examples on which the unit's output or its local derivative is not 0; None
        for a layer without an activation.
    bias
        float32, shape (units,): of a maxout unit the first piece's; None for a card without weights.
    size
        float32, shape (units,): the largest incoming weight's size.
    norm
        float32, shape (units,): Euclidean norm of all incoming weights.
    low, high
        int8, shape (units, pieces, columns): incoming weights in parts of `size` / `LEVELS`, in the order of the
        inputs; the same array where every weight has its column, else least and greatest of neighbours.
    inputs
        How many inputs a unit has.
    straight
        Whether input i is feature i of the data: so for the first layer, unless preprocessing mixes features.
    half_planes
        float32, shape (units, pieces, 3): (a, b, c) of a x + b y + c, what the activation is given at the point (x, y)
        of the raw data; None unless the layer looks straight at data of two features.
    """

    active: NDArray[np.float32] | None
    bias: NDArray[np.float32] | None
    size: NDArray[np.float32] | None
    norm: NDArray[np.float32] | None
    low: NDArray[np.int8] | None
    high: NDArray[np.int8] | None
    inputs: int
    straight: bool
    half_planes: NDArray[np.float32] | None

    @property
    def units(self) -> int:
        """Number of units."""
        held = self.active if self.active is not None else self.size
        return 0 if held is None else int(held.size)

    @property
    def silent(self) -> NDArray[np.bool_]:
        """Shape (units,): whether a unit is silent on every example; the dead units of a frame are these."""
        if self.active is None:
            return np.zeros(self.units, np.bool_)
        return np.asarray(self.active == 0)


@dataclass(frozen=True, eq=False)
class NetworkUnits:
    """The units of every layer, as `Frame.layers` counts them: None for the input."""

    layers: tuple[LayerUnits | None, ...]
    examples: int
    """How many examples the probe batch has."""


@dataclass(frozen=True)
class Silence:
    """Since when a unit has been silent, exactly to the step.

    Attributes
    ----------
    layer, unit
        Index in `Frame.layers`, and in the layer.
    step
        The step that the search began at: the unit is silent there, or `since` is None.
    since
        The first step from which the unit stayed silent up to `step`; None where it is alive at `step`.
    ever_alive
        Whether it was active for any example at any step before.
    """

    layer: int
    unit: int
    step: int
    since: int | None
    ever_alive: bool

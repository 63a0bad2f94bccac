"""An experiment compiled to a program: the table of operations and the flat arrays it works on."""

import importlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.cards import cards
from simulator.experiment.experiment import Experiment
from simulator.experiment.weights import block_path
from simulator.kernels import columns as c
from simulator.kernels.kernel import Kernel
from simulator.layers import Block, Layer, Shape
from simulator.layers.dense import Dense

Real = NDArray[np.floating[Any]]
GUARD = 8  # words left free round every block where a test asks for it
SENTINEL = 123456.0


@dataclass(frozen=True)
class PlacedBlock:
    """A parameter block with its place in the flat parameters."""

    block: Block
    operation: int
    key: int
    offset: int

    @property
    def size(self) -> int:
        """Number of parameters."""
        return math.prod(self.block.shape)

    @property
    def span(self) -> slice:
        """Where the block lies in the flat parameters."""
        return slice(self.offset, self.offset + self.size)


@dataclass(frozen=True)
class Group:
    """A card as the program sees it: operations `first` to `last`, the weight block or None, the activation or None."""

    first: int
    last: int
    weights: PlacedBlock | None
    activation: int | None


@dataclass(frozen=True, eq=False)
class Program:
    """A network as a table. Nothing in it changes while a run trains, except constants that live edits set.

    Attributes
    ----------
    entries
        The layers, output layer last; row i of `layout` is entry i, then come the loss and what follows the backward
        pass: penalties, clipping, the update rule, norms.
    forward, backward, after, penalties
        int64 addresses, and how many of `after` are penalties; see `machine.loop`. Good for this process only.
    constants
        Real numbers of the operations.
    activation_size, workspace_size, state_size, parameter_size
        Lengths of the arenas: the first for one example, the workspace for `capacity` examples.
    """

    experiment: Experiment
    dtype: np.dtype[Any]
    capacity: int
    entries: tuple[Layer, ...]
    shapes: tuple[Shape, ...]
    groups: tuple[Group, ...]
    placed: tuple[PlacedBlock, ...]
    forward: NDArray[np.int64]
    backward: NDArray[np.int64]
    after: NDArray[np.int64]
    penalties: int
    layout: NDArray[np.int64]
    constants: Real
    state_start: Real
    activation_size: int
    workspace_size: int
    parameter_size: int

    @property
    def operations(self) -> int:
        """Number of layers, output layer included."""
        return len(self.entries)

    @property
    def optimizer_size(self) -> int:
        """Numbers that the update rule keeps: slots as long as the parameters, and a few of its own."""
        optimizer = self.experiment.training.optimizer
        return optimizer.slots * self.parameter_size + optimizer.extra

    def path_of(self, placed: PlacedBlock) -> str:
        """Return what an edit calls a block: "network.0.W", "output.b"."""
        return block_path(placed.operation, self.operations, placed.block.name)

    def at_path(self, path: str) -> PlacedBlock:
        """Return the block that an edit calls so; raise `KeyError` where there is none."""
        return {self.path_of(placed): placed for placed in self.placed}[path]


def kernels_of(kind: str) -> Any:
    """Return the module of kernels of that name."""
    return importlib.import_module(f"simulator.kernels.{kind}")


class _Table:
    """Rows and arenas while they grow."""

    def __init__(self, guard: int) -> None:
        self.guard = guard
        self.rows: list[list[int]] = []
        self.constants: list[float] = [0.0]  # the first is the learning rate: the loop puts in one a step
        self.state: list[float] = []
        self.activations = guard
        self.workspace = guard
        self.parameters = guard

    def row(self, **values: int) -> list[int]:
        row = [0] * c.COLUMNS
        for name, value in values.items():
            row[getattr(c, name)] = value
        self.rows.append(row)
        return row

    def take(self, arena: str, size: int) -> int:
        """Return the offset of a new block of `size` in the arena of that name."""
        offset: int = getattr(self, arena)
        setattr(self, arena, offset + size + self.guard)
        return offset

    def keep(self, numbers: tuple[float, ...]) -> int:
        """Append constants and return the offset of the first."""
        offset = len(self.constants)
        self.constants.extend(numbers)
        return offset


def compile_program(
    experiment: Experiment,
    shape: Shape,
    classes: int,
    capacity: int,
    dtype: type[np.floating[Any]] = np.float32,
    guarded: bool = False,
) -> Program:
    """Compile the network of `experiment` for examples of `shape`; shapes are checked here and nowhere below.

    Parameters
    ----------
    capacity
        The most examples a pass may have.
    guarded
        Leave `GUARD` free words round every block, for tests that watch them.
    """
    real = np.dtype(dtype)
    output = Dense(units=classes, weights=experiment.output.weights, bias=experiment.output.bias)
    entries = (*experiment.network, output)
    table = _Table(GUARD if guarded else 0)
    shapes: list[Shape] = [shape]
    at = table.take("activations", math.prod(shape))
    placed: list[PlacedBlock] = []
    forward: list[Kernel] = []
    backward: list[Kernel] = []
    for index, entry in enumerate(entries):
        shapes.append(entry.output_shape(shapes[-1]))
        at, blocks = _append_layer(table, index, entry, shapes[-2], shapes[-1], at, capacity)
        placed += blocks
        module = kernels_of(entry.kind)
        forward.append(module.forward)
        backward.append(module.backward)
    loss = experiment.loss
    table.row(N_IN=classes, INPUT=at, WORKSPACE=table.take("workspace", loss.workspace(classes, capacity)))
    forward.append(kernels_of(loss.kind).forward)
    after, penalties = _append_updates(experiment, table, placed)
    return Program(
        experiment=experiment,
        dtype=real,
        capacity=capacity,
        entries=entries,
        shapes=tuple(shapes),
        groups=_groups(experiment, placed, len(entries)),
        placed=tuple(placed),
        forward=_addresses(forward, real),
        backward=_addresses(backward, real),
        after=_addresses(after, real),
        penalties=penalties,
        layout=np.array(table.rows, np.int64),
        constants=np.array(table.constants, real),
        state_start=np.array(table.state, real),
        activation_size=table.activations,
        workspace_size=table.workspace,
        parameter_size=table.parameters,
    )


def _append_layer(
    table: _Table, index: int, entry: Layer, shape: Shape, into: Shape, at: int, capacity: int
) -> tuple[int, list[PlacedBlock]]:
    """Append the row of a layer whose input of `shape` lies at `at`; return where its output lies, and its blocks."""
    to = table.take("activations", math.prod(into))
    row = table.row(
        N_IN=math.prod(shape),
        N_OUT=math.prod(into),
        INPUT=at,
        OUTPUT=to,
        WORKSPACE=table.take("workspace", entry.workspace(shape, capacity)),
        CONSTANTS=table.keep(entry.constants()),
        STATE=len(table.state),
        FIRST=int(index == 0),
        OPERATION=index,
    )
    table.state.extend(entry.state(shape))
    key = getattr(entry, "key", 0)
    placed = [
        PlacedBlock(block, index, key, table.take("parameters", math.prod(block.shape)))
        for block in entry.blocks(shape)
    ]
    _fill(row, slice(c.BLOCKS, c.OWN), [item.offset for item in placed], f"{entry.kind}: parameter blocks")
    _fill(row, slice(c.OWN, c.OPERATION), entry.integers(shape), f"{entry.kind}: whole numbers of its own")
    return to, placed


def _fill(row: list[int], columns: slice, values: Sequence[int], what: str) -> None:
    """Write `values` into the columns of a row that are for them; one too many would change another's meaning."""
    room = columns.stop - columns.start
    if len(values) > room:
        raise ValueError(f"{what}: {len(values)} are declared, the layout has {room} columns for them")
    row[columns.start : columns.start + len(values)] = values


def _append_updates(experiment: Experiment, table: _Table, placed: list[PlacedBlock]) -> tuple[list[Kernel], int]:
    """Append the rows of what follows the backward pass; return their kernels and how many are penalties."""
    training = experiment.training
    weights = [item for item in placed if item.block.role == "weight"]
    after: list[Kernel] = []
    for kind, strength in (("l1", training.l1), ("l2", training.l2)):
        if strength > 0:
            constant = table.keep((strength,))
            for item in weights:
                row = table.row(N_IN=item.size, WORKSPACE=table.take("workspace", 1), CONSTANTS=constant)
                row[c.BLOCKS] = item.offset
                after.append(kernels_of(kind).forward)
    penalties = len(after)
    if training.clip_norm is not None:
        table.row(N_IN=table.parameters, CONSTANTS=table.keep((training.clip_norm,)))
        after.append(kernels_of("clip_norm").forward)
    table.row(N_IN=table.parameters, CONSTANTS=table.keep(training.optimizer.constants()))
    after.append(kernels_of(training.optimizer.kind).forward)
    if training.max_norm is not None:
        constant = table.keep((training.max_norm,))
        for item in weights:
            row = table.row(N_IN=item.block.shape[0], N_OUT=item.block.shape[1], CONSTANTS=constant)
            row[c.BLOCKS] = item.offset
            after.append(kernels_of("max_norm").forward)
    return after, penalties


def _addresses(kernels: list[Kernel], dtype: np.dtype[Any]) -> NDArray[np.int64]:
    return np.array([kernel.address(dtype) for kernel in kernels], np.int64)


def _groups(experiment: Experiment, placed: list[PlacedBlock], operations: int) -> tuple[Group, ...]:
    """Return the cards as ranges of operations; the output layer is the last."""
    weights = {item.operation: item for item in placed if item.block.role == "weight"}
    found = []
    for card in cards(experiment.network):
        activation = card.activation_at if card.activation is not None else None
        found.append(Group(card.first, card.last, weights.get(card.first), activation))
    last = operations - 1
    return (*found, Group(last, last, weights.get(last), None))

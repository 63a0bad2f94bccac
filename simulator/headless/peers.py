"""The contestants of `bench`: the same training step on the machine, in plain NumPy, and in PyTorch where installed.

Each takes (sizes, batch, examples) and returns a function that makes a number of steps. All gather their mini-batches
from the same kind of array, in a fresh order, in float32.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.preprocessing.none import NoPreprocessing
from simulator.experiment.patch import from_plain
from simulator.machine import loop
from simulator.machine.intrinsics import flush_denormals, restore_control
from simulator.machine.probe import Inputs
from simulator.machine.program import compile_program
from simulator.machine.state import Arenas, State, arrays_of

RATE, MOMENTUM = 1e-4, 0.9
Steps = Callable[[int], None]


def _data(sizes: tuple[int, ...], examples: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    rng = np.random.default_rng(1)
    return rng.standard_normal((examples, sizes[0])).astype(np.float32), rng.integers(0, sizes[-1], examples)


def machine(sizes: tuple[int, ...], batch: int, examples: int) -> Steps:
    """Return the steps of the simulator's own machine."""
    network = [entry for units in sizes[1:-1] for entry in ({"kind": "dense", "units": units}, {"kind": "relu"})]
    training = {"batch_size": batch, "learning_rate": RATE, "optimizer": {"kind": "sgd", "momentum": MOMENTUM}}
    program = compile_program(from_plain({"network": network, "training": training}), sizes[:1], sizes[-1], batch)
    state = State.initial(program)
    arrays = arrays_of(program, state, Arenas.of(program))
    features, labels = _data(sizes, examples)
    inputs = Inputs.of(features, labels, NoPreprocessing().fit(features), program.dtype)
    rng = np.random.default_rng(2)
    none = np.zeros(0, np.int64)
    rule, recent, tally = np.array([1.0, 1000.0, 0.0]), np.zeros(100), np.zeros(loop.TALLY)
    tally[loop.FIRST_LOSS] = np.nan

    def steps(count: int) -> None:
        for begin in range(0, count, 2000):
            number = min(2000, count - begin)
            plan = np.zeros((number, 3), np.int64)
            per_epoch = examples // batch
            plan[:, 0] = np.arange(number) % per_epoch * batch
            plan[:, 1] = batch
            control = flush_denormals()
            try:
                loop.train(
                    program.forward,
                    program.backward,
                    program.after,
                    program.penalties,
                    program.layout,
                    arrays,
                    state.optimizer_state,
                    inputs.pixels,
                    inputs.numbers,
                    inputs.shift,
                    inputs.scale,
                    inputs.labels,
                    rng.permutation(examples),
                    plan,
                    np.full(number, RATE, np.float32),
                    0,
                    begin,
                    np.empty(number),
                    np.empty(number),
                    np.zeros(0, np.float32),
                    rule,
                    recent,
                    tally,
                    none,
                    none,
                    1,
                    np.zeros((0, 4)),
                )
            finally:
                restore_control(control)

    return steps


def plain_numpy(sizes: tuple[int, ...], batch: int, examples: int) -> Steps:
    """Return the steps of a network written in NumPy as the lecture's notes write it."""
    rng = np.random.default_rng(0)
    x, y = _data(sizes, examples)
    w = [(rng.standard_normal((k, m)) * np.sqrt(2 / k)).astype(np.float32) for k, m in pairwise(sizes)]
    b = [np.zeros(m, np.float32) for m in sizes[1:]]
    vw, vb = [np.zeros_like(a) for a in w], [np.zeros_like(a) for a in b]
    rate, momentum, rows = np.float32(RATE), np.float32(MOMENTUM), np.arange(batch)
    top = len(w) - 1

    def step(chosen: NDArray[np.int64]) -> float:
        h = [x[chosen]]
        labels = y[chosen]
        for i in range(top + 1):
            a = h[i] @ w[i] + b[i]
            h.append(np.maximum(a, 0) if i < top else a)
        shifted = h[-1] - h[-1].max(axis=1, keepdims=True)
        shares = np.exp(shifted)
        shares /= shares.sum(axis=1, keepdims=True)
        loss = -np.log(shares[rows, labels]).mean()
        delta = shares
        delta[rows, labels] -= 1
        delta /= batch
        for i in range(top, -1, -1):
            dw, db = h[i].T @ delta, delta.sum(axis=0)
            if i:
                delta = (delta @ w[i].T) * (h[i] > 0)
            vw[i] *= momentum
            vw[i] -= rate * dw
            w[i] += vw[i]
            vb[i] *= momentum
            vb[i] -= rate * db
            b[i] += vb[i]
        return float(loss)

    return _walk(step, batch, examples)


def _walk(step: Callable[[Any], float], batch: int, examples: int, wrap: Callable[[Any], Any] = lambda a: a) -> Steps:
    rng = np.random.default_rng(2)
    per_epoch = examples // batch

    def steps(count: int) -> None:
        order = wrap(rng.permutation(examples))
        for i in range(count):
            at = i % per_epoch * batch
            step(order[at : at + batch])

    return steps


def pytorch(sizes: tuple[int, ...], batch: int, examples: int) -> Steps | None:
    """Return the steps of eager PyTorch on one thread, or None where it is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    torch.manual_seed(0)
    parts: list[Any] = []
    for k, m in pairwise(sizes):
        parts += [torch.nn.Linear(k, m), torch.nn.ReLU()]
    network = torch.nn.Sequential(*parts[:-1])
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=MOMENTUM)
    features, labels = _data(sizes, examples)
    x, y = torch.from_numpy(features), torch.from_numpy(labels)

    def step(chosen: Any) -> float:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(network(x[chosen]), y[chosen])
        loss.backward()
        optimizer.step()
        return float(loss.item())

    return _walk(step, batch, examples, torch.from_numpy)

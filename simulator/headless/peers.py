"""The contestants of `bench`: the same training step on the machine, in plain NumPy, and in PyTorch where installed.

Each takes (workload, examples) and returns a function that makes a number of steps. All gather their mini-batches
from the same kind of array, in a fresh order, in float32.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.activations.timing import Steps
from simulator.data.preprocessing.none import NoPreprocessing
from simulator.experiment.patch import from_plain
from simulator.headless.workload import Workload
from simulator.kernels.columns import TRAIN
from simulator.machine import loop
from simulator.machine.probe import Inputs
from simulator.machine.program import compile_program
from simulator.machine.state import Arenas, State, arrays_of
from simulator.machine.stepper import Stepper

RATE, MOMENTUM = 1e-4, 0.9
SGEMM_FLOPS = 2 * 1000 * 500 * 500


def _data(sizes: tuple[int, ...], examples: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    rng = np.random.default_rng(1)
    return rng.standard_normal((examples, sizes[0])).astype(np.float32), rng.integers(0, sizes[-1], examples)


def machine(workload: Workload, examples: int) -> Steps:
    """Return the steps of the simulator's own machine."""
    sizes, batch = workload.sizes, workload.batch
    network = [entry for units in sizes[1:-1] for entry in _hidden(workload, units)]
    optimizer = {"kind": "adam"} if workload.optimizer == "adam" else {"kind": "sgd", "momentum": MOMENTUM}
    training = {"batch_size": batch, "learning_rate": RATE, "optimizer": optimizer}
    program = compile_program(from_plain({"network": network, "training": training}), sizes[:1], sizes[-1], batch)
    features, labels = _data(sizes, examples)
    inputs = Inputs.of(features, labels, NoPreprocessing().fit(features), program.dtype)
    return Stepper(program, State.initial(program), inputs, np.arange(examples), batch, RATE)


def _hidden(workload: Workload, units: int) -> list[dict[str, Any]]:
    if workload.activation == "maxout":
        return [{"kind": "maxout", "units": units, "pieces": 2}]
    entries: list[dict[str, Any]] = [{"kind": "dense", "units": units}]
    if workload.batch_norm:
        entries.append({"kind": "batch_norm"})
    entries.append({"kind": workload.activation})
    if workload.dropout:
        entries.append({"kind": "dropout", "probability": workload.dropout})
    return entries


def passes(workload: Workload) -> Steps:
    """Return forward and backward passes alone, without gathering examples and updating weights."""
    network = [entry for units in workload.sizes[1:-1] for entry in _hidden(workload, units)]
    sizes, batch = workload.sizes, workload.batch
    program = compile_program(from_plain({"network": network}), sizes[:1], sizes[-1], batch)
    arrays = arrays_of(program, State.initial(program), Arenas.of(program))
    count = program.operations

    def steps(number: int) -> None:
        for step in range(number):
            loop.run_forward(program.forward, program.layout, arrays, 0, count + 1, batch, TRAIN, 0, step)
            loop.run_backward(program.backward, program.layout, arrays, 0, count, batch, TRAIN, 0, step)

    return steps


def sgemm() -> Steps:
    """Return multiplications of (1000, 500) by (500, 500): the rate that wide layers are held against."""
    rng = np.random.default_rng(0)
    a, b = (rng.standard_normal(shape).astype(np.float32) for shape in ((1000, 500), (500, 500)))
    c = np.empty((1000, 500), np.float32)

    def steps(count: int) -> None:
        for _step in range(count):
            np.dot(a, b, c)

    return steps


def plain_numpy(workload: Workload, examples: int) -> Steps:
    """Return the steps of a network written in NumPy as the lecture's notes write it."""
    sizes, batch = workload.sizes, workload.batch
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


def pytorch(workload: Workload, examples: int) -> Steps | None:
    """Return the steps of eager PyTorch on one thread, or None where it is not installed."""
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    torch.manual_seed(0)
    sizes, batch = workload.sizes, workload.batch

    class Maxout(torch.nn.Module):  # type: ignore[misc]
        def __init__(self, k: int, m: int) -> None:
            super().__init__()
            self.linear = torch.nn.Linear(k, 2 * m)

        def forward(self, x: Any) -> Any:
            z = self.linear(x)
            return z.view(z.shape[0], -1, 2).amax(dim=2)

    activations = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh}
    parts: list[Any] = []
    for k, m in pairwise(sizes[:-1]):
        if workload.activation == "maxout":
            parts.append(Maxout(k, m))
            continue
        parts.append(torch.nn.Linear(k, m))
        if workload.batch_norm:
            parts.append(torch.nn.BatchNorm1d(m))
        parts.append(activations[workload.activation]())
        if workload.dropout:
            parts.append(torch.nn.Dropout(workload.dropout))
    network = torch.nn.Sequential(*parts, torch.nn.Linear(*sizes[-2:]))
    if workload.optimizer == "adam":
        optimizer: Any = torch.optim.Adam(network.parameters(), lr=RATE)
    else:
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

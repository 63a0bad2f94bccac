"""Compiles, or loads from the cache, what runs need: numba first, then the kernels in order of use."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.kernels.kernel import Kernel
from simulator.layers import LAYERS
from simulator.machine.needed import needed_kernels
from simulator.optimizers import OPTIMIZERS
from simulator.training.measuring.framing import frame_of
from simulator.training.measuring.parts import makers
from simulator.training.run.trainer import Trainer

Part = Callable[[], object]
Report = Callable[[int, int], None]
"""Told how many parts are there, and how many there will be."""
TINY = {
    "data": {"kind": "spiral", "examples": 20},
    "network": [{"kind": "dense", "units": 4}, {"kind": "relu"}],
}
REAL = np.dtype(np.float32)


def warm_up(frames: bool = True, report: Report = lambda done, total: None) -> None:
    """Train one step of a small network, so that the first real one does not wait; with `frames`, measure it too."""
    experiment = from_plain(TINY)
    parts = [_made_ready(kernel, REAL) for kernel in needed_kernels(experiment)]
    made: list[Trainer] = []
    parts += (lambda: made.append(Trainer(Run(experiment))), lambda: made[0].advance(1, measure=True))
    if frames:
        parts.append(lambda: frame_of(made[0], {"decision"}))
    _carry_out(parts, report)


def ready(experiment: Experiment) -> Iterator[tuple[int, int]]:
    """Compile or load the missing kernels of a network, one at a time; yield how many of how many are there."""
    missing = [kernel for kernel in needed_kernels(experiment) if not kernel.is_ready(REAL)]
    for done, kernel in enumerate(missing):
        yield done, len(missing)
        kernel.address(REAL)


def prepare_everything(report: Report) -> None:
    """Compile every kernel there is, in both precisions, and what runs and measures them."""
    everything = [from_plain({**TINY, "network": [{"kind": "dense", "units": 4}, *_network(kind)]}) for kind in LAYERS]
    everything += [apply(everything[0], {"training.optimizer": {"kind": kind}}) for kind in OPTIMIZERS]
    limits = {"training.l1": 0.1, "training.l2": 0.1, "training.clip_norm": 1.0, "training.max_norm": 1.0}
    everything.append(apply(everything[0], limits))
    kernels = dict.fromkeys(kernel for experiment in everything for kernel in needed_kernels(experiment))
    parts: list[Part] = []
    for dtype in (np.float32, np.float64):
        parts += [_made_ready(kernel, np.dtype(dtype)) for kernel in kernels]
        parts.append(partial(_run_once, everything[0], dtype))
    _carry_out(parts, report)


def _made_ready(kernel: Kernel, dtype: np.dtype[Any]) -> Part:
    return partial(kernel.address, dtype)


def _network(kind: str) -> list[dict[str, object]]:
    sizes = {"units": 4} if "units" in LAYERS[kind].__struct_fields__ else {}
    return [{"kind": kind, **sizes}]


def _run_once(experiment: Experiment, dtype: type[np.floating[Any]]) -> None:
    trainer = Trainer(Run(experiment), dtype)
    trainer.advance(1, measure=True)
    if dtype is np.float32:
        frame_of(trainer, makers())


def _carry_out(parts: list[Part], report: Report) -> None:
    for done, part in enumerate(parts):
        report(done, len(parts))
        part()
    report(len(parts), len(parts))

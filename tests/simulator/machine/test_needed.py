"""The kernels that are told beforehand are those that a program asks for."""

import numpy as np

from simulator.experiment.library import load, names
from simulator.experiment.patch import apply
from simulator.kernels.kernel import Kernel
from simulator.machine.needed import needed_kernels
from simulator.machine.program import compile_program
from simulator.optimizers import OPTIMIZERS

LIMITS = {"training.l1": 0.1, "training.l2": 0.1, "training.clip_norm": 1.0, "training.max_norm": 1.0}
A4 = load("A4").experiment
CASES = [*(load(name).experiment for name in names()), apply(A4, LIMITS)]
CASES += [apply(A4, {"training.optimizer": {"kind": kind}}) for kind in OPTIMIZERS]


def test_that_they_are_the_kernels_that_a_program_asks_for(monkeypatch):
    asked = []
    monkeypatch.setattr(Kernel, "address", lambda kernel, dtype: asked.append(kernel) or 1)
    seen = set()
    for experiment in CASES:
        asked.clear()
        compile_program(experiment, (784,), 10, 4, np.float32)
        assert set(needed_kernels(experiment)) == set(asked), experiment.name
        assert len(needed_kernels(experiment)) == len(set(asked))
        seen |= set(asked)
    assert len(seen) > 20

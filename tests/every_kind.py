"""A network of every kind of layer, found in the registry; and a program that runs it: `python -m tests.every_kind`.

The program is for a process of its own with OBUKA_BOUNDS_CHECK=1: there a wrong index raises instead of writing into
memory.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numba import carray

from simulator.data.sources.spiral import Spiral
from simulator.declaration import kind_of
from simulator.experiment.cards import with_keys
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.run import Run
from simulator.kernels.columns import INPUT, N_IN, OUTPUT, PROBE, TRAIN
from simulator.kernels.kernel import BOUNDS_CHECK, kernel
from simulator.layers import LAYERS
from simulator.optimizers import OPTIMIZERS
from simulator.schedules import SCHEDULES
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.watched import Watched

CALM = {"units": 3, "pieces": 3, "momentum": 0.5, "epsilon": 0.01, "length": 4, "period": 2, "speed": 1.0}


def made(kind: Any) -> Any:
    """One of a kind: narrow, calm, and with changes within a few epochs."""
    return kind(**{name: value for name, value in CALM.items() if name in kind.__struct_fields__})


def experiment(
    layers: Iterable[str] = LAYERS, optimizer: str = "sgd", schedule: str = "constant", **training: Any
) -> Experiment:
    """A run through a layer of each of these kinds, a narrow dense one before each; with a remainder of one."""
    entries = [entry for name in layers for entry in (LAYERS["dense"](units=5, bias=0.1), made(LAYERS[name]))]
    return Experiment(
        data=Spiral(examples=51),
        network=with_keys(tuple(entries)),
        training=Training(
            **{
                "learning_rate": 0.005,
                "batch_size": 10,
                "optimizer": made(OPTIMIZERS[optimizer]),
                "schedule": made(SCHEDULES[schedule]),
                "l1": 1e-3,
                "l2": 1e-3,
                "clip_norm": 3.0,
                **training,
            }
        ),
    )


@kernel
def reads_beyond(
    layout, constants, parameters, gradients, state, activations, deltas, workspace, batch, mode, seed, step
):  # fmt: skip
    n = layout[N_IN] * batch
    x = carray(activations, layout[INPUT] * batch + n)[layout[INPUT] * batch :]
    y = carray(activations, layout[OUTPUT] * batch + n)[layout[OUTPUT] * batch :]
    for i in range(n):
        y[i] = x[i + 1]


def notices_a_wrong_index() -> bool:
    """Tell whether a kernel that reads one number too many is stopped."""
    watched = Watched(Experiment(), 2, 2, 3, np.float32)
    watched.program.forward[0] = reads_beyond.address(watched.program.dtype)
    try:
        watched.forward(0, 1)
    except IndexError:
        return True
    return False


def run_all() -> int:
    """Run every kind forward and backward, alone and in a batch, and every update rule; return the steps made."""
    for batch in (1, 5):
        watched = Watched(experiment(), 2, 3, batch, np.float32)
        rng = np.random.default_rng(batch)
        watched.output(-1)[:] = rng.standard_normal((batch, 2))
        watched.set_labels(rng.integers(0, 3, batch))
        for mode in (TRAIN, PROBE):
            watched.forward(mode=mode)
            watched.backward(mode=mode)
        watched.penalise()
    trainer = Trainer(Run(experiment(max_norm=1.0)))
    for kind in OPTIMIZERS.values():
        trainer.edit({"training.optimizer": {"kind": kind_of(kind)}})
        trainer.advance(6)
    frame_of(trainer, {"decision"})
    return trainer.step


if __name__ == "__main__":
    print(f"bounds checks {'on' if BOUNDS_CHECK else 'off'}")
    print(f"a wrong index is {'noticed' if notices_a_wrong_index() else 'overlooked'}")
    print(f"{run_all()} steps")

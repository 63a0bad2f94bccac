"""Strong weight decay must not slow the steps: python -m tests.benchmarks.denormals

Trains 3072-50-10 with L2 1,200, rate 1e-3 and momentum 0.9, and compares the last hundred steps, when most weights are
as small as numbers get, with the first hundred of the same run.
"""

import statistics
import time

import numpy as np

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

STEPS = 2000
HUNDRED = 100
EXPERIMENT = {
    "data": {"kind": "noise", "examples": 1000, "width": 3072},
    "split": {"validation": 0},
    "network": [{"kind": "dense", "units": 50}, {"kind": "relu"}],
    "training": {
        "learning_rate": 1e-3,
        "batch_size": 100,
        "l2": 1.2e3,
        "optimizer": {"kind": "sgd", "momentum": 0.9},
        "divergence": {"enabled": False},
    },
}


def main() -> None:
    trainer = Trainer(Run(from_plain(EXPERIMENT)))
    trainer.advance(10)
    times = []
    for _hundred in range(STEPS // HUNDRED):
        began = time.perf_counter()
        trainer.advance(HUNDRED)
        times.append((time.perf_counter() - began) / HUNDRED * 1e3)
    weights = np.abs(trainer.state.parameters)
    tiny = np.mean(weights < 1e-30)
    early, late = statistics.median(times[:3]), statistics.median(times[-3:])
    print(
        f"first {early:.2f} ms a step, last {late:.2f} ms: {late / early:.2f} times; {tiny:.0%} of the weights < 1e-30"
    )


if __name__ == "__main__":
    main()

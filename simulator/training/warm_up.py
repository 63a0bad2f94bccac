"""Compiles, or loads from the cache, what the first run will need: numba first, then the kernels in order of use."""

from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.trainer import Trainer


def warm_up(experiment: Experiment | None = None) -> None:
    """Train one step of a small network, so that the first real one does not wait."""
    tiny = {
        "data": {"kind": "spiral", "examples": 20},
        "network": [{"kind": "dense", "units": 4}, {"kind": "relu"}],
    }
    trainer = Trainer(Run(experiment or from_plain(tiny)))
    trainer.advance(1, measure=True)
    trainer.frame(decision=True)

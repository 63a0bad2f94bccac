"""Compiles, or loads from the cache, what the first run will need: numba first, then the kernels in order of use."""

from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer


def warm_up(frames: bool = True) -> None:
    """Train one step of a small network, so that the first real one does not wait; with `frames`, measure it too."""
    tiny = {
        "data": {"kind": "spiral", "examples": 20},
        "network": [{"kind": "dense", "units": 4}, {"kind": "relu"}],
    }
    trainer = Trainer(Run(from_plain(tiny)))
    trainer.advance(1, measure=True)
    if frames:
        frame_of(trainer, {"decision"})

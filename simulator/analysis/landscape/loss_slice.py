"""The loss along a line between two steps (Goodfellow et al. 2015) and over a plane (Li et al. 2018).

Only the parameters are moved. Batch norm measures the examples it is given, because the running averages belong to one
place; dropout is off, and penalties are left out.
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Progress, Stop
from simulator.analysis.copies import start, with_batch_statistics
from simulator.analysis.landscape.slices import LossLine, LossPlane
from simulator.training.past.replay import Past
from simulator.training.run.trainer import Trainer

Real = NDArray[np.float64]
BEYOND: Final = 0.25  # of the way, on both sides
LINE_POINTS: Final = 61
PLANE_POINTS: Final = 21  # odd: the middle is W itself
PLANE_EXAMPLES: Final = 500
BACK: Final = 0.3  # share of the progress for going back to the steps


class Ground:
    """A network whose parameters are put anywhere and whose loss is asked there."""

    def __init__(self, trainer: Trainer) -> None:
        copy = with_batch_statistics(trainer.experiment)
        self._trainer = start(copy, trainer.program.dtype.type, trainer.setting)
        self.program = self._trainer.program

    def loss(self, weights: Real, sample: NDArray[np.int64]) -> float:
        """Return the mean data loss of the examples `sample` with these parameters."""
        self._trainer.state.parameters[:] = weights
        return self._trainer.evaluate(sample)[0]


def loss_line(
    past: Past,
    first: int,
    last: int,
    points: int = LINE_POINTS,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> LossLine | None:
    """Measure `points` places from a quarter before `first` to a quarter beyond `last`; None where it was stopped."""
    report = progress or (lambda _share: None)
    begin = past.restored(first, lambda share: report(BACK / 2 * share), stop)
    end = None if begin is None else past.restored(last, lambda share: report(BACK / 2 * (1 + share)), stop)
    if begin is None or end is None:
        return None
    ground, setting = Ground(end), past.setting
    origin = begin.state.parameters.astype(np.float64)
    way = end.state.parameters.astype(np.float64) - origin
    shares = np.linspace(-BEYOND, 1 + BEYOND, points)
    losses = np.full((2, points), np.nan)
    for place, share in enumerate(shares):
        if stop is not None and stop():
            return None
        for row, sample in enumerate((setting.probe, setting.read_validation)):
            if sample.size:
                losses[row, place] = ground.loss(origin + share * way, sample)
        report(BACK + (1 - BACK) * (place + 1) / points)
    for array in (shares, losses):
        array.flags.writeable = False
    sizes = int(setting.probe.size), int(setting.read_validation.size)
    return LossLine(first, last, shares, losses[0], losses[1], *sizes, float(np.linalg.norm(way)))


def loss_plane(
    past: Past,
    step: int,
    seed: int = 0,
    points: int = PLANE_POINTS,
    stop: Stop | None = None,
    progress: Progress | None = None,
    show: Callable[[LossPlane], None] | None = None,
) -> LossPlane | None:
    """Measure `points` x `points` places round the weights of `step`; None where it was stopped.

    Parameters
    ----------
    show
        Handed what there is so far, after each row.
    """
    report = progress or (lambda _share: None)
    trainer = past.restored(step, lambda share: report(BACK / 2 * share), stop)
    if trainer is None:
        return None
    ground, sample = Ground(trainer), past.setting.probe[:PLANE_EXAMPLES]
    origin = trainer.state.parameters.astype(np.float64)
    across, up = directions(trainer, seed)
    places = np.linspace(-1.0, 1.0, points)
    losses = np.full((points, points), np.nan)
    # from the middle outwards, so that what is shown first is near W
    for made, row in enumerate(sorted(range(points), key=lambda row: abs(row - points // 2))):
        for column in range(points):
            if stop is not None and stop():
                return None
            losses[row, column] = ground.loss(origin + places[column] * across + places[row] * up, sample)
        report(BACK / 2 + (1 - BACK / 2) * (made + 1) / points)
        if show is not None:
            show(LossPlane(step, places, losses.copy(), int(sample.size)))
    losses.flags.writeable = places.flags.writeable = False
    return LossPlane(step, places, losses, int(sample.size))


def directions(trainer: Trainer, seed: int) -> tuple[Real, Real]:
    """Return two random directions, each unit's incoming weights as long as those it has; all else stays.

    Li et al. 2018: without that, a network whose weights are large would look flat.
    """
    rng = np.random.default_rng([trainer.experiment.seeds.weights, seed, 8])
    found = []
    for _direction in range(2):
        moved = np.zeros(trainer.state.parameters.size)
        for item in trainer.program.placed:
            if item.block.role == "weight" and len(item.block.shape) == 2:
                weights = trainer.state.parameters[item.span].reshape(item.block.shape).astype(np.float64)
                drawn = rng.standard_normal(item.block.shape)
                lengths = np.linalg.norm(weights, axis=0) / np.linalg.norm(drawn, axis=0)
                moved[item.span] = (drawn * lengths).ravel()
        found.append(moved)
    return found[0], found[1]

"""The learning-rate range test: a short run at every rate of a logarithmic sweep, from several starts (Smith 2017)."""

from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import endless, reseeded, start, with_batch_statistics
from simulator.experiment.experiment import Divergence, Experiment
from simulator.schedules.constant import ConstantRate
from simulator.training.setting import Setting, prepare

ENOUGH = 0.8  # of the first loss, or less: the rate learns
TOO_MUCH = 3.0  # times the first loss, or not finite: the rate diverges (slide F6)


@dataclass(frozen=True, eq=False)
class RangeTest:
    """What the sweep found; data losses are measured on a fixed sample of training examples, in evaluation mode.

    Attributes
    ----------
    rates
        Shape (points,), rising.
    losses
        Shape (seeds, points): data loss after the steps over that before the first; NaN where the run was not made,
        infinite where it ended in no finite number.
    start
        Median data loss before the first step.
    suggested
        Lowest and highest rate that learn, in the stretch round the best; None where no rate learns.
    complete
        Whether all runs were made.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    start: float
    suggested: tuple[float, float] | None
    complete: bool

    @property
    def median(self) -> NDArray[np.float64]:
        """The median over the seeds of the relative loss, shape (points,); NaN where a run is missing."""
        with np.errstate(invalid="ignore"):  # the mean of two infinities
            return np.asarray(np.median(self.losses, axis=0))

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """Which rates diverge from at least one start, shape (points,)."""
        return np.asarray((self.losses > TOO_MUCH).any(axis=0))


def range_test(
    experiment: Experiment,
    low: float = 1e-6,
    high: float = 10.0,
    points: int = 13,
    seeds: int = 3,
    steps: int = 100,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> RangeTest:
    """Train `steps` steps at each of `points` rates from `low` to `high`, from `seeds` starts; no schedule.

    Every start has weights and an order of its own; at all rates they are the same. A rate that diverged from one start
    is tried from the others too. Stopped early, it returns what there is.
    """
    return sweep(experiment, np.geomspace(low, high, points), seeds, steps, Clock(stop=stop, progress=progress))


def sweep(experiment: Experiment, rates: NDArray[np.float64], seeds: int, steps: int, clock: Clock) -> RangeTest:
    """Train `steps` steps at each of the rates (points,), which rise; see `range_test`."""
    points = rates.size
    losses = np.full((seeds, points), np.nan)
    starts: list[float] = []
    copy = prepared(experiment)
    setting = prepare(copy, np.dtype(np.float32))  # one for all runs: they differ in seeds of weights and order alone
    for made, (point, seed) in enumerate((p, s) for p in range(points) for s in range(seeds)):
        if clock.over:
            break
        measured = relative_loss(reseeded(copy, seed), float(rates[point]), steps, clock, setting)
        if measured is None:
            break
        first, losses[seed, point] = measured
        starts.append(first)
        clock.report((made + 1) / losses.size)
    return RangeTest(
        rates=rates,
        losses=losses,
        start=float(np.median(starts)) if starts else np.nan,
        suggested=suggested(rates, losses),
        complete=not np.isnan(losses).any(),
    )


def suggested(rates: NDArray[np.float64], losses: NDArray[np.float64]) -> tuple[float, float] | None:
    """Return the range of the rates that lose at least 20 % of the loss and diverge from no start, round the best.

    `losses` is that of `RangeTest`. A rate beyond one that does not learn is no neighbour any more.
    """
    known = ~np.isnan(losses).any(axis=0)
    median = np.where(known, np.median(np.where(known, losses, np.inf), axis=0), np.inf)
    learns = known & (median <= ENOUGH) & ~(losses > TOO_MUCH).any(axis=0)
    if not learns.any():
        return None
    first = last = int(np.argmin(np.where(learns, median, np.inf)))
    while first > 0 and learns[first - 1]:
        first -= 1
    while last + 1 < rates.size and learns[last + 1]:
        last += 1
    return float(rates[first]), float(rates[last])


def prepared(experiment: Experiment) -> Experiment:
    """Return the copy that is trained: its own penalties and optimizer, but a rate that stays."""
    copy = with_batch_statistics(endless(experiment))
    return replace(copy, training=replace(copy.training, schedule=ConstantRate(), divergence=Divergence()))


def relative_loss(
    copy: Experiment, rate: float, steps: int, clock: Clock, setting: Setting
) -> tuple[float, float] | None:
    """Return the first data loss and the share of it that is left; None where the clock ended it."""
    trainer = start(replace(copy, training=replace(copy.training, learning_rate=rate)), setting=setting)
    sample = trainer.setting.probe
    first = trainer.evaluate(sample)[0]
    if not advance(trainer, steps, clock):
        return None
    last = trainer.evaluate(sample)[0]
    if trainer.ending is not None or not np.isfinite(last) or first == 0:
        return first, np.inf
    return first, last / first

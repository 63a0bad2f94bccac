"""The learning-rate range test: a short run at every rate of a logarithmic sweep, from several starts (Smith 2017)."""

from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import endless, reseeded, start, with_batch_statistics
from simulator.analysis.effort import affordable, step_effort
from simulator.experiment.experiment import Divergence, Experiment
from simulator.schedules.constant import ConstantRate
from simulator.training.run.setting import Setting, prepare

ENOUGH = 0.8  # of the loss of the best constant answer, or less: the rate learns
TOO_MUCH = 3.0  # times the first loss, or that of the best constant answer, or not finite: it diverges (slide F6)
STEPS = (100, 1600)  # of a run: from so many, doubled, up to so many
BUDGET = 2.5e12  # multiply-adds of all sweeps together, beyond the first


@dataclass(frozen=True, eq=False)
class RangeTest:
    """What the sweep found; data losses are measured on a fixed sample of training examples, in evaluation mode.

    Attributes
    ----------
    rates
        Shape (points,), rising.
    losses
        Shape (seeds, points): data loss after the steps; NaN where the run was not made, infinite where it ended in no
        finite number.
    first
        Shape (seeds,): data loss before the first step, the same at all rates; NaN where no run was made.
    zero
        Loss of the best constant answer: the entropy of the training labels. Whoever learns comes below.
    steps
        Of each run.
    complete
        Whether all runs were made.
    """

    rates: NDArray[np.float64]
    losses: NDArray[np.float64]
    first: NDArray[np.float64]
    zero: float
    steps: int
    complete: bool

    @property
    def median(self) -> NDArray[np.float64]:
        """The median over the seeds, shape (points,); NaN where a run is missing."""
        with np.errstate(invalid="ignore"):  # the mean of two infinities
            return np.asarray(np.median(self.losses, axis=0))

    @property
    def diverged(self) -> NDArray[np.bool_]:
        """Which rates diverge from at least one start, shape (points,)."""
        return np.asarray((self.losses > TOO_MUCH * np.fmax(self.first, self.zero)[:, None]).any(axis=0))

    @property
    def suggested(self) -> tuple[float, float] | None:
        """Lowest and highest rate that learn, in the stretch round the best; None where no rate learns.

        A rate learns that leaves at most 80 % of the loss of the best constant answer and diverges from no start. One
        beyond a rate that does not learn is no neighbour any more.
        """
        median = np.where(np.isnan(self.median), np.inf, self.median)
        learns = (median <= ENOUGH * self.zero) & ~self.diverged
        if not learns.any():
            return None
        first = last = int(np.argmin(np.where(learns, median, np.inf)))
        while first > 0 and learns[first - 1]:
            first -= 1
        while last + 1 < self.rates.size and learns[last + 1]:
            last += 1
        return float(self.rates[first]), float(self.rates[last])


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


def sweep(
    experiment: Experiment,
    rates: NDArray[np.float64],
    seeds: int,
    steps: int,
    clock: Clock,
    setting: Setting | None = None,
) -> RangeTest:
    """Train `steps` steps at each of the rates (points,), which rise; see `range_test`. Its `setting` can be given."""
    points = rates.size
    losses = np.full((seeds, points), np.nan)
    firsts = np.full(seeds, np.nan)
    copy = prepared(experiment)
    # one for all runs: they differ in seeds of weights and order alone
    setting = prepare(copy, np.dtype(np.float32)) if setting is None else setting
    for made, (point, seed) in enumerate((p, s) for p in range(points) for s in range(seeds)):
        if clock.over:
            break
        measured = short_run(reseeded(copy, seed), float(rates[point]), steps, clock, setting)
        if measured is None:
            break
        firsts[seed], losses[seed, point] = measured
        clock.report((made + 1) / losses.size)
    return RangeTest(rates, losses, firsts, guessing_loss(copy, setting), steps, complete=not np.isnan(losses).any())


def widening_sweep(
    experiment: Experiment,
    rates: NDArray[np.float64],
    seeds: int,
    clock: Clock,
    setting: Setting | None = None,
    budget: float = BUDGET,
) -> RangeTest:
    """Sweep with 100 steps a run, then with twice as many and so on, until a rate learns; return the last sweep.

    It ends at 1,600 steps, or before the sweeps would take more multiply-adds than `budget`; the first is always made.
    """
    trainer = start(prepared(experiment), setting=setting)
    least, most = STEPS
    one_step = rates.size * seeds * step_effort(trainer)
    # all sweeps up to one of N steps make less than 2 N steps together
    most = affordable(budget / 2, one_step, least, most)
    steps, share = least, 0.0
    while True:
        half = (1 + share) / 2
        found = sweep(experiment, rates, seeds, steps, clock.part(share, half), trainer.setting)
        if not found.complete or found.suggested is not None or 2 * steps > most:
            return found
        steps, share = 2 * steps, half


def guessing_loss(experiment: Experiment, setting: Setting) -> float:
    """Return the loss of the best constant answer to the training examples."""
    return experiment.loss.guessing(setting.dataset.labels[setting.training], setting.dataset.classes)[0]


def prepared(experiment: Experiment) -> Experiment:
    """Return the copy that is trained: its own penalties and optimizer, but a rate that stays."""
    copy = with_batch_statistics(endless(experiment))
    divergence = Divergence(enabled=False)  # few steps: what they come to is judged afterwards
    return replace(copy, training=replace(copy.training, schedule=ConstantRate(), divergence=divergence))


def short_run(copy: Experiment, rate: float, steps: int, clock: Clock, setting: Setting) -> tuple[float, float] | None:
    """Return the data loss before and after the steps; None where the clock ended it."""
    trainer = start(replace(copy, training=replace(copy.training, learning_rate=rate)), setting=setting)
    sample = trainer.setting.probe
    first = trainer.evaluate(sample)[0]
    if not advance(trainer, steps, clock):
        return None
    last = trainer.evaluate(sample)[0]
    return first, last if trainer.ending is None and np.isfinite(last) else np.inf

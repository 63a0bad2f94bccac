"""What preprocessing does to training: the same network trained a few steps without it and with it (slide C1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from msgspec.structs import replace

from simulator.analysis.clock import Clock, Progress, Stop, advance
from simulator.analysis.copies import endless, start, with_prepared_data
from simulator.analysis.preprocessing.preprocessing_results import LossRun, Real, TrainingEffect
from simulator.data.preprocessing import Preprocessing
from simulator.data.preprocessing.none import NoPreprocessing
from simulator.experiment.experiment import Divergence, Experiment
from simulator.schedules.constant import ConstantRate
from simulator.training.run.losses import LossLog

Show = Callable[[TrainingEffect], None]


@dataclass
class _Sweep:
    """The trainings on data given one preprocessing, as far as they are made."""

    preprocessing: Preprocessing
    rates: Real
    lasts: Real = field(init=False)
    first: float = np.nan
    best: int | None = None
    history: LossLog = field(default_factory=LossLog)

    def __post_init__(self) -> None:
        self.lasts = np.full(self.rates.size, np.nan)

    def seen(self) -> LossRun:
        return LossRun(self.preprocessing, self.rates, self.lasts.copy(), self.first, self.best, self.history.curve())


def preprocessing_effect(
    experiment: Experiment,
    preprocessing: Preprocessing,
    rates: Sequence[float],
    steps: int = 200,
    stop: Stop | None = None,
    progress: Progress | None = None,
    show: Show | None = None,
) -> TrainingEffect:
    """Train `steps` steps at each of `rates`, on the data as they are and on data given `preprocessing`.

    Seeds, and so the order of the mini-batches, are the same throughout; first weights differ only where preprocessing
    changes how many inputs there are. Stopped early, it returns what there is.

    Parameters
    ----------
    show
        Handed what there is so far after every training.
    """
    clock = Clock(stop=stop, progress=progress)
    kinds = (NoPreprocessing(), preprocessing)
    sweeps = [_Sweep(kind, np.array(rates, np.float64)) for kind in dict.fromkeys(kinds)]
    made, planned = 0, len(sweeps) * len(rates)
    effect = None
    for sweep in sweeps:
        copy = with_prepared_data(_prepared(experiment, sweep.preprocessing))
        for place, rate in enumerate(rates):
            trainer = start(replace(copy, training=replace(copy.training, learning_rate=float(rate))))
            sample = trainer.setting.probe
            sweep.first = trainer.evaluate(sample)[0]
            if not advance(trainer, steps, clock):
                break
            last = trainer.evaluate(sample)[0]
            sweep.lasts[place] = last if trainer.ending is None and np.isfinite(last) else np.inf
            if np.isfinite(sweep.lasts[place]) and (sweep.best is None or last < sweep.lasts[sweep.best]):
                sweep.best, sweep.history = place, trainer.losses
            made += 1
            clock.report(made / planned)
            effect = TrainingEffect(
                runs=tuple(each.seen() for each in sweeps),
                steps=steps,
                examples=sample.size,
                untrained=trainer.facts.guessing_loss,
                complete=made == planned,
            )
            if show is not None:
                show(effect)
    if effect is None:
        return TrainingEffect(tuple(each.seen() for each in sweeps), steps, 0, np.nan, False)
    return effect


def _prepared(experiment: Experiment, preprocessing: Preprocessing) -> Experiment:
    """Return the copy that is trained: the preprocessing, and a rate that stays."""
    copy = replace(endless(experiment), preprocessing=preprocessing)
    return replace(copy, training=replace(copy.training, schedule=ConstantRate(), divergence=Divergence()))

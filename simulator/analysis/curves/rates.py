"""Trains one network at several learning rates, so that their loss curves can be laid over each other (slide H1)."""

from collections.abc import Callable, Sequence
from dataclasses import replace as exchanged
from typing import Final

import numpy as np
from msgspec.structs import replace

from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.copies import start
from simulator.analysis.curves.curve_shapes import RateCurve, RateCurves, name_rates
from simulator.experiment.experiment import Experiment
from simulator.training.run.setting import prepare

SHOWN: Final = 25
"""Times a training hands out what there is of it."""

Show = Callable[[RateCurves], None]


def rate_curves(
    experiment: Experiment,
    rates: Sequence[float],
    epochs: int,
    stop: Stop | None = None,
    progress: Progress | None = None,
    show: Show | None = None,
) -> RateCurves:
    """Train `epochs` passes at each of `rates`, side by side; all else, weights and order too, is the same.

    A run that ends by itself (a loss that is no number, the experiment's rule of divergence) ends earlier. Stopped
    early, it returns what there is, without names.

    Parameters
    ----------
    show
        Handed what there is so far, again and again.
    """
    clock = Clock(stop=stop, progress=progress)
    setting = prepare(experiment, np.dtype(np.float32))
    copies = [replace(experiment, training=replace(experiment.training, learning_rate=rate)) for rate in rates]
    trainers = [start(copy, setting=setting) for copy in copies]
    steps = epochs * trainers[0].steps_per_epoch
    untrained = trainers[0].facts.guessing_loss
    first = trainers[0].evaluate(setting.training)[0]  # the same at all rates

    def seen(complete: bool) -> RateCurves:
        runs = tuple(
            RateCurve(rate, trainer.losses.curves()[1], first) for trainer, rate in zip(trainers, rates, strict=True)
        )
        if complete:
            names = name_rates(rates, [trainer.losses.newest()[0] for trainer in trainers], first, untrained)
            runs = tuple(exchanged(run, name=name) for run, name in zip(runs, names, strict=True))
        return RateCurves(runs, steps, untrained, complete)

    for part in range(SHOWN):
        for trainer in trainers:
            if clock.over:
                return seen(complete=False)
            trainer.advance(steps * (part + 1) // SHOWN - trainer.step, beyond=True)
        clock.report((part + 1) / SHOWN)
        if show is not None and part + 1 < SHOWN:
            show(seen(complete=False))
    return seen(complete=True)

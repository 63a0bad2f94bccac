"""How noisy the statistics of small mini-batches are."""

from typing import Final

import numpy as np

from simulator.analysis.batch_norm.batch_norm_results import BatchNoise
from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy
from simulator.analysis.clock import Clock, Progress, Stop

SIZES: Final = tuple(2**power for power in range(9))
DRAWS: Final = 60  # mini-batches of every size


def batch_noise(
    copy: NormalisedCopy, layer: int = 0, stop: Stop | None = None, progress: Progress | None = None
) -> BatchNoise:
    """Draw mini-batches of 1 to 256 from the frames' examples and compare their mean and variance with those of all.

    The batch norms before it normalise each mini-batch by itself, as in training. Stopped early, it returns what there
    is, and NaN for the rest.
    """
    clock = Clock(stop=stop, progress=progress)
    at = copy.layers[layer].operation
    inputs, pool = copy.trainer.setting.inputs, copy.trainer.setting.probe
    probe, _state = copy.probe("batch", pool.size)
    probe.forward(inputs, pool)
    whole = probe.output(at - 1).astype(np.float64)
    varying = whole.std(axis=0) > 0
    mean, variance = whole.mean(axis=0)[varying], whole.var(axis=0)[varying]
    sizes = np.array([size for size in SIZES if size <= pool.size])
    found = np.full((2, sizes.size), np.nan)
    for place, size in enumerate(sizes):
        if clock.over:
            break
        rng = copy.generator(int(size))
        strays = np.empty((2, DRAWS, mean.size))
        for draw in range(DRAWS):
            probe.forward(inputs, rng.choice(pool, size, replace=False))
            values = probe.output(at - 1)[:, varying].astype(np.float64)
            strays[0, draw] = (values.mean(axis=0) - mean) / np.sqrt(variance)
            strays[1, draw] = values.var(axis=0) / variance - 1
        found[:, place] = np.sqrt(np.mean(np.square(strays), axis=(1, 2)))
        clock.report((place + 1) / sizes.size)
    left = np.sqrt((pool.size - sizes) / max(pool.size - 1, 1))
    return BatchNoise(sizes, found[0], left / np.sqrt(sizes), found[1], DRAWS, pool.size)

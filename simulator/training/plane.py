"""The decision map: what a network answers over the plane of two-dimensional data."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.machine.probe import Probe
from simulator.training.frame import DecisionMap
from simulator.training.setting import Setting

SIDE = 100
MARGIN = 0.12  # of the data's range, on every side


def extent_of(features: NDArray[Any]) -> tuple[float, float, float, float]:
    """Return (x_low, x_high, y_low, y_high) round the points (n, 2): one scale for both axes."""
    low, high = features.min(axis=0).astype(float), features.max(axis=0).astype(float)
    half = float((high - low).max()) * (0.5 + MARGIN) or 1.0
    x, y = (low + high) / 2
    return float(x - half), float(x + half), float(y - half), float(y + half)


def decision_map(probe: Probe, setting: Setting) -> DecisionMap:
    """Return softmax shares on a grid of `SIDE` by `SIDE` cells."""
    extent = extent_of(setting.dataset.features)
    x_low, x_high, y_low, y_high = extent
    steps = (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(x_low + steps * (x_high - x_low), y_low + steps * (y_high - y_low))
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    scores = probe.scores(setting.inputs.at(points), np.arange(len(points)))
    with np.errstate(over="ignore", invalid="ignore"):
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
    shares = shares.astype(np.float32).reshape(SIDE, SIDE, -1)
    shares.flags.writeable = False
    return DecisionMap(shares, extent)

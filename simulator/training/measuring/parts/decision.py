"""The decision map: what a network answers over the plane of two-dimensional data."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.training.frames.frame import DecisionMap

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer

SIDE = 100  # cells; circles stay round
UNLIKE = 5.0
MARGIN = 0.12  # of the data's range, on every side


def make(trainer: "Trainer") -> DecisionMap | None:
    """Return softmax shares on a grid of `SIDE` by `SIDE` cells; None where the data do not lie in a plane."""
    setting = trainer.setting
    if not setting.dataset.plane:
        return None
    extent = extent_of(setting.dataset.features)
    x_low, x_high, y_low, y_high = extent
    middles = (np.arange(SIDE) + 0.5) / SIDE
    x, y = np.meshgrid(x_low + middles * (x_high - x_low), y_low + middles * (y_high - y_low))
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    scores = trainer.probe.scores(setting.inputs.at(points), np.arange(len(points)))
    with np.errstate(over="ignore", invalid="ignore"):
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
    shares = shares.astype(np.float32).reshape(SIDE, SIDE, -1)
    shares.flags.writeable = False
    return DecisionMap(shares, extent)


def extent_of(features: NDArray[Any]) -> tuple[float, float, float, float]:
    """Return (x_low, x_high, y_low, y_high) round the points (n, 2).

    It is a square in the units of the data, or, where one feature ranges `UNLIKE` times as far as the other, as wide
    and as high as each of them needs: such features have different units.
    """
    low, high = features.min(axis=0).astype(float), features.max(axis=0).astype(float)
    width, height = (high - low) * (0.5 + MARGIN)
    x, y = (low + high) / 2
    if min(width, height) > 0 and max(width, height) >= UNLIKE * min(width, height):
        return float(x - width), float(x + width), float(y - height), float(y + height)
    half = float(max(height, width)) or 1.0
    return float(x - half), float(x + half), float(y - half), float(y + half)

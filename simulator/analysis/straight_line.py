"""How far straight borders go: what a network without hidden layers can get right at its best. No numba."""

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.float64]
PULL: Final = 1e-4
"""Half of this times the squared weights is added to the loss: separable data have no largest weights otherwise."""
ROUNDS: Final = 30
ENOUGH: Final = 1e-6
"""A gradient below this ends the search."""


def straight_line_accuracy(features: NDArray[Any], labels: NDArray[np.int64], classes: int) -> float:
    """Return the share of examples that softmax regression, fitted to all of them, gets right.

    Parameters
    ----------
    features
        Shape (n, d); few features, since the fit solves (d + 1) x classes equations at once.
    labels
        Shape (n,), 0 to `classes` - 1.
    """
    x = features.astype(np.float64)
    spread = x.std(axis=0)
    x = np.column_stack([(x - x.mean(axis=0)) / np.where(spread > 0, spread, 1.0), np.ones(len(x))])
    truth: Numbers = np.eye(classes)[labels]
    weights: Numbers = np.zeros((x.shape[1], classes))
    for _ in range(ROUNDS):
        shares = _softmax(x @ weights)
        gradient = x.T @ (shares - truth) / len(x) + PULL * weights
        if np.abs(gradient).max() < ENOUGH:
            break
        step: Numbers = np.reshape(np.linalg.solve(_curvature(x, shares), gradient.ravel()), weights.shape)
        weights = _walk(x, truth, weights, step)
    return float((np.argmax(x @ weights, axis=1) == labels).mean())


def _walk(x: Numbers, truth: Numbers, weights: Numbers, step: Numbers) -> Numbers:
    """Go a Newton step, or the largest halving of it that makes the loss smaller."""
    now = _loss(x, truth, weights)
    for halving in range(20):
        there = weights - step * 0.5**halving
        if _loss(x, truth, there) < now:
            return there
    return weights


def _loss(x: Numbers, truth: Numbers, weights: Numbers) -> float:
    shares = (_softmax(x @ weights) * truth).sum(axis=1)
    return float(-np.log(np.maximum(shares, 1e-300)).mean() + 0.5 * PULL * (weights**2).sum())


def _softmax(scores: Numbers) -> Numbers:
    powers: Numbers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Numbers = powers / powers.sum(axis=1, keepdims=True)
    return shares


def _curvature(x: Numbers, shares: Numbers) -> Numbers:
    """Return the second derivatives, shape (d * classes, d * classes), by the order of the raveled weights."""
    n, d = x.shape
    classes = shares.shape[1]
    of_shares = shares[:, :, None] * (np.eye(classes) - shares[:, None, :])
    whole: Numbers = np.einsum("ni,nj,nab->iajb", x, x, of_shares, optimize=True).reshape(d * classes, d * classes) / n
    whole += PULL * np.eye(d * classes)
    return whole

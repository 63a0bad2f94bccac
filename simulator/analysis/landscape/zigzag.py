"""One neuron with two weights: how the signs of its inputs bind the signs of its gradients (slide B3).

The neuron is f = w1 x1 + w2 x2, its loss the mean of (f - t)^2 / 2. Then dL/dw_i = (f - t) x_i for one example: where
both inputs are positive, both gradients have the sign of f - t. Plain NumPy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.clock import Progress, Stop
from simulator.analysis.landscape.loss_bowl import Bowl, bowl_of

Numbers = NDArray[np.float64]
Feed = Literal["positive", "centred", "tanh"]
FEEDS: Final[tuple[Feed, ...]] = get_args(Feed)

EXAMPLES: Final = 200
SPREAD: Final = 0.6  # standard deviation of what goes into the layer before
NOISE: Final = 0.4  # of the targets: no weights fit all examples
START: Final = (-1.0, 1.0)
GOAL: Final = (1.0, -1.0)
FAR: Final = 1e3  # a weight beyond means that the descent diverges
SETTLED: Final = 1e-9  # a gradient under this has no sign worth counting
BATCHES: Final = (1, 2, 5, 10, 20, 50, 100, EXAMPLES)


@dataclass(frozen=True, eq=False)
class Neuron:
    """The examples of a neuron, inputs (examples, 2) and targets (examples,), and the bowl of its loss."""

    feed: Feed
    inputs: Numbers
    targets: Numbers
    bowl: Bowl

    @property
    def largest_rate(self) -> float:
        """The learning rate from which on descent on the full batch diverges."""
        return 2 / float(self.bowl.curvatures[0])


@dataclass(frozen=True, eq=False)
class Descent:
    """A path of mini-batch gradient descent.

    Attributes
    ----------
    weights
        Shape (steps + 1, 2), from `START`.
    gradients
        Shape (steps, 2): dL/dw of each step's mini-batch.
    losses
        Shape (steps + 1,): on all examples.
    diverged
        Whether the weights ran beyond `FAR`; then there are fewer steps than asked for.
    """

    weights: Numbers
    gradients: Numbers
    losses: Numbers
    diverged: bool

    @property
    def signs(self) -> NDArray[np.int64]:
        """Signs of the two gradients at every step, shape (steps, 2): -1, 0 or 1; 0 is a gradient that has settled."""
        there = np.abs(self.gradients) > SETTLED
        return np.where(there, np.sign(self.gradients), 0).astype(np.int64)

    def same_sign(self, steps: int | None = None) -> tuple[int, int]:
        """Return on how many of the first `steps` steps both gradients had one sign, and how many could be judged."""
        product = self.signs[:steps].prod(axis=1)
        return int((product > 0).sum()), int((product != 0).sum())


@dataclass(frozen=True, eq=False)
class SameSignShares:
    """Shares of same-sign steps, shape (feeds, batches): means over `draws` draws; NaN where a descent diverges."""

    batches: tuple[int, ...]
    shares: Numbers
    steps: int
    draws: int


def neuron(feed: Feed, seed: int = 0) -> Neuron:
    """Return the neuron behind a layer of two units: sigmoid units, the same with their means taken off, or tanh units.

    Every example has a twin with its two inputs exchanged, and the noise of the targets is at right angles to the
    inputs. So the smallest loss lies at `GOAL` exactly, and the axes of the contours on the diagonals: the way from
    `START` leads along the flat axis, one weight up and the other down, as the slide draws it.
    """
    rng = np.random.default_rng(seed)
    before = SPREAD * rng.standard_normal((EXAMPLES // 2, 2))
    before = np.concatenate([before, before[:, ::-1]])
    inputs = np.tanh(before) if feed == "tanh" else 1 / (1 + np.exp(-before))
    if feed == "centred":
        inputs = inputs - inputs.mean(axis=0)
    noise = NOISE * rng.standard_normal(EXAMPLES)
    noise = noise - inputs @ np.linalg.lstsq(inputs, noise, rcond=None)[0]
    targets = inputs @ np.array(GOAL) + noise
    return Neuron(feed, inputs, targets, bowl_of(inputs, targets))


def descend(neuron: Neuron, batch: int, learning_rate: float, steps: int, seed: int = 0) -> Descent:
    """Make `steps` steps with mini-batches of `batch` examples, in orders drawn anew for each epoch from `seed`."""
    rng = np.random.default_rng([seed, 1])
    path, gradients = [np.array(START)], []
    order, at = rng.permutation(EXAMPLES), 0
    for _step in range(steps):
        if at >= EXAMPLES:
            order, at = rng.permutation(EXAMPLES), 0
        chosen = order[at : at + batch]
        at += batch
        x = neuron.inputs[chosen]
        gradient = (x @ path[-1] - neuron.targets[chosen]) @ x / len(chosen)
        gradients.append(gradient)
        path.append(path[-1] - learning_rate * gradient)
        if np.abs(path[-1]).max() > FAR:
            break
    weights = np.array(path)
    return Descent(weights, np.array(gradients).reshape(-1, 2), neuron.bowl.loss(weights), len(gradients) < steps)


def same_sign_shares(
    learning_rate: float,
    steps: int,
    seed: int = 0,
    draws: int = 10,
    batches: Sequence[int] = BATCHES,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> SameSignShares:
    """Measure the share of same-sign steps for every feed and batch size; NaN where a descent diverges."""
    shares = np.full((len(FEEDS), len(batches), draws), np.nan)
    for draw in range(draws):
        if stop is not None and stop():
            shares = shares[..., :draw]
            break
        for row, feed in enumerate(FEEDS):
            chosen = neuron(feed, seed + draw)
            for column, batch in enumerate(batches):
                path = descend(chosen, batch, learning_rate, steps, seed + draw)
                same, judged = path.same_sign()
                shares[row, column, draw] = np.nan if path.diverged or not judged else same / judged
        if progress is not None:
            progress((draw + 1) / draws)
    made = shares.shape[-1]
    means = shares.mean(axis=-1) if made else np.full(shares.shape[:2], np.nan)
    return SameSignShares(tuple(batches), means, steps, made)

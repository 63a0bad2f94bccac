"""The lecture's loss: softmax over the scores, then the negative log of the right class's share."""

import math
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Passes
from simulator.losses.base import Loss
from simulator.message import N_, Message

ALIKE = 2e-3  # relative: then the formula of equal shares has the same three figures


class SoftmaxCrossEntropy(Loss, tag="softmax_cross_entropy", frozen=True):
    """L = mean over examples of -log(exp(s_y) / sum_j exp(s_j))."""

    label: ClassVar[str] = N_("softmax cross-entropy")
    help: ClassVar[str] = N_("Turns scores into shares of 1 and punishes a small share of the right class.")
    source: ClassVar[str] = "F1"
    passes: ClassVar[Passes | None] = Passes(
        (N_("p = eˣ / Σ eˣ over the classes"), N_("L = −ln p of the right class")),
        (N_("dx = p, less 1 at the right class"),),
        N_("the shares p"),
    )

    def untrained(self, classes: int) -> tuple[float, Message]:
        return math.log(classes), Message(N_("ln {classes}"), {"classes": classes})

    def guessing(self, labels: NDArray[np.int64], classes: int) -> tuple[float, Message]:
        loss = entropy(labels)
        equal, formula = self.untrained(classes)
        if abs(loss - equal) <= ALIKE * equal:
            return loss, formula
        return loss, Message(N_("entropy of the labels"))


def entropy(labels: NDArray[np.int64]) -> float:
    """Return the entropy of the shares of the classes, in nats."""
    counts = np.bincount(labels)
    shares = counts[counts > 0] / labels.size
    return float(-(shares * np.log(shares)).sum())

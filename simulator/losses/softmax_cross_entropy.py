"""The lecture's loss: softmax over the scores, then the negative log of the right class's share."""

import math
from typing import ClassVar

from simulator.declaration import Passes
from simulator.losses.base import Loss
from simulator.message import N_, Message


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

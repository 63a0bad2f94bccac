"""The babysitting list as it is read: what must be true, the slide, and its story. No numba."""

from dataclasses import dataclass
from typing import Literal

from simulator.message import N_


@dataclass(frozen=True)
class CheckItem:
    """One line of the list.

    Attributes
    ----------
    title
        Marked source text: what is true where the check passes.
    slide
        The slide it comes from.
    story
        Marked sentences: what the slide says, and what is true.
    form
        How its numbers are written: a share in percent.
    """

    id: str
    title: str
    slide: str
    story: str
    form: Literal["number", "share"] = "number"


CHECKLIST = (
    CheckItem(
        "first_loss",
        N_("First loss is ln C"),
        "F1",
        N_(
            "The slide: from small weights and without a penalty the loss must be ln C, 2.3026 for ten classes. It is "
            "the loss of guessing, not the largest there is: a confident wrong answer costs without bound."
        ),
    ),
    CheckItem(
        "penalty_raises_loss",
        N_("Penalty raises loss"),
        "F2",
        N_(
            "The slide: switch a large penalty on, and the loss must rise. By how much is known: half of the penalty "
            "times the sum of the squared weights. Biases are free."
        ),
    ),
    CheckItem(
        "overfits",
        N_("Learns 20 examples"),
        "F3",
        N_(
            "The slide: before you train on everything, let the network learn 20 examples by heart, without a penalty. "
            "One that cannot will not learn more. With CIFAR-10 it fails unless the mean image is subtracted."
        ),
        form="share",
    ),
    CheckItem(
        "gradient_check",
        N_("Gradients are right"),
        "A2",
        N_(
            "The backward pass finds gradients by the chain rule. Difference quotients find them without it, slowly. "
            "Where both agree the backward pass is right."
        ),
    ),
    CheckItem(
        "good_rate",
        N_("Rate is in range"),
        "F4",
        N_(
            "The slides F4 to F6: at 1e-6 the loss hardly moves, at 1e6 it is NaN, at 3e-3 it explodes, so good "
            "rates lie between. Each network and data set has its own range, found by short runs."
        ),
    ),
    CheckItem(
        "set_up",
        N_("Set-up is sound"),
        "C1",
        N_(
            "What can be told before the first step: features of very different size, columns that are constant or "
            "only count the rows, classes that are really a number or that no training example has, a learning rate "
            "of 0, batch norm over one example. The doctor says the same."
        ),
    ),
)

BOTH_WAYS = CheckItem(
    "both_ways",
    N_("Cross-validation agrees"),
    "F7",
    N_(
        "The slide: hold out one validation set, or let every example validate once in k trainings. Cross-validation "
        "also says how far the score spreads, and costs k times as much; with many examples one set is enough."
    ),
    form="share",
)
"""Apart from the list: it takes several whole trainings."""

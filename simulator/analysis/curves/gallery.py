"""The gallery of odd loss curves (slide H2): what each is, why it comes about, and what to do about it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulator.message import N_, Message
from simulator.training.frames.curves import LossCurve


@dataclass(frozen=True)
class Exhibit:
    """One odd curve.

    Attributes
    ----------
    name
        The built-in experiment that reproduces it; what it shows is told there.
    why
        Marked sentence: where the shape comes from.
    advice
        Marked sentence: what to do.
    validation
        Whether the loss on the validation set belongs to the story.
    """

    name: str
    why: str
    advice: str
    validation: bool = False


@dataclass(frozen=True, eq=False)
class ExhibitCurve:
    """The curve of an exhibit, as it was trained.

    Attributes
    ----------
    name
        The built-in experiment.
    curve
        Losses, penalty included.
    validation_step, validation
        The data losses on the validation set, at step 0 and at each epoch end; empty where nothing validates.
    measured
        What makes it odd, in sentences with the measured numbers.
    """

    name: str
    curve: LossCurve
    validation_step: NDArray[np.float64]
    validation: NDArray[np.float64]
    measured: tuple[Message, ...]


GALLERY: Final = (
    Exhibit(
        "H2",
        N_("The weights at the start are so small that hardly any signal, and hardly any gradient, gets through."),
        N_("Start from Xavier (tanh) or He (ReLU), or put batch norm in."),
    ),
    Exhibit(
        "H2-high-start",
        N_("The weights at the start are far too large: the network is sure of answers that are wrong."),
        N_("Start from He; the first loss should be near the logarithm of the number of classes."),
    ),
    Exhibit(
        "H2-flat",
        N_("With every weight 0 all units are equal and their gradients are 0."),
        N_("Draw the weights at random."),
    ),
    Exhibit(
        "H2-standing",
        N_("The learning rate is so small that the weights do not move; only the mini-batches differ."),
        N_("Multiply the learning rate by 10 until the loss moves, or run the checklist in Diagnose."),
    ),
    Exhibit(
        "H2-falling",
        N_("The learning rate is low, or the run is too short: there is still something to gain at its end."),
        N_("Train longer, or raise the learning rate."),
    ),
    Exhibit(
        "H2-noise",
        N_("Two examples say little about the whole training set, so the loss of a step is mostly chance."),
        N_("Judge the smoothed curve, or take larger mini-batches."),
    ),
    Exhibit(
        "H2-spikes",
        N_("The rate is at the edge: momentum carries the weights over a steep wall now and then."),
        N_("Lower the learning rate, or clip the gradient."),
    ),
    Exhibit(
        "H2-rising",
        N_("Every step leaps over the valley and lands higher: the learning rate is far too high."),
        N_("Divide the learning rate by 10 until the loss falls."),
    ),
    Exhibit(
        "H2-not-a-number",
        N_("A step too long makes the weights large, these make the next step longer, until numbers run out."),
        N_("Lower the learning rate, clip the gradient, and look at the steps before the break."),
    ),
    Exhibit(
        "H2-dying",
        N_("One step too long threw the ReLU units to where they give 0 for every example; no gradient comes back."),
        N_("Lower the learning rate, or take leaky ReLU."),
    ),
    Exhibit(
        "H2-steps",
        N_("A high rate keeps the weights jumping about the valley; each lower rate lets them settle deeper."),
        N_("Nothing is wrong. Lower the rate when the loss has levelled out, not before."),
    ),
    Exhibit(
        "H2-cosine",
        N_("The schedule takes the rate from its full height to 0 along half a cosine; the noise goes with it."),
        N_("Nothing is wrong. Compare runs at their ends, not on the way."),
    ),
    Exhibit(
        "H2-overfitting",
        N_("Forty points are learned by heart, noise and all; other points of the same kind do not fit that."),
        N_("Take more data, a penalty, dropout, or stop when the validation loss is lowest."),
        validation=True,
    ),
    Exhibit(
        "H2-floor",
        N_("The classes overlap: where both occur, no network can be sure, and its loss cannot reach 0."),
        N_("Nothing to gain by training. Look for better features, or cleaner labels."),
    ),
    Exhibit(
        "H2-staircase",
        N_("There is nothing to understand in random labels: new examples cost as much as ever, known ones cost less."),
        N_("Look at the validation loss: what is learned by heart does not help there."),
    ),
    Exhibit(
        "H2-penalty",
        N_("The L2 penalty of all weights is larger than the data loss, and it shrinks at its own slow pace."),
        N_("Look at data loss and penalty apart; lower the penalty if the data loss is still high."),
    ),
)

"""The first two checks: the loss of a network that knows nothing (F1), and what a penalty adds to it (F2)."""

import math

import numpy as np
from msgspec.structs import replace

from simulator.analysis.checks.check_result import CheckPicture, Outcome
from simulator.analysis.clock import Clock
from simulator.analysis.copies import endless, start
from simulator.analysis.measured import Measured
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

SHRUNK = 1e-4  # times the weights: then the scores are nearly 0
FACTORS = (SHRUNK, 1e-3, 1e-2, 0.1, 0.3, 1.0)  # for the picture
PENALTIES = (1.0, 10.0, 100.0)  # likewise, before the slide's
NEAR = 1e-3  # relative, of the first loss
PENALTY = 1e3  # the slide's
EXACT = 1e-4  # relative, of the penalty: it is summed in float32


def four(value: float) -> Measured:
    """Return a number of four figures: the point lies in the fourth."""
    return Measured(value, strong=True, figures=4)


def first_loss(experiment: Experiment, clock: Clock) -> Outcome:
    """Shrink the weights, set the biases to 0, and compare the data loss of all training examples with its formula.

    Batch norm would blow small weights up again, so with it only the output layer's are shrunk.
    """
    trainer = start(experiment)
    top = trainer.program.operations - 1
    normalised = any(entry.needs_batch for entry in trainer.program.entries)
    spans = [(p.span, p.block.role) for p in trainer.program.placed if p.operation == top or not normalised]
    untouched = trainer.state.parameters.copy()
    losses = []
    for factor in FACTORS:
        factors = {"weight": factor, "bias": 0.0}
        for span, role in spans:
            trainer.state.parameters[span] = untouched[span] * factors.get(role, 1.0)
        losses.append(trainer.evaluate(trainer.setting.training)[0])
    expected, formula = experiment.loss.untrained(trainer.setting.dataset.classes)
    loss = losses[0]
    picture = CheckPicture(
        title=Message(N_("Loss of the untrained network")),
        across=Message(N_("times the weights")),
        x=np.array(FACTORS),
        y=np.array(losses),
        logarithmic_x=True,
        reference=(expected, formula),
        mark=(0, Message(N_("checked"))),
    )
    values = {"loss": four(loss), "formula": formula, "expected": four(expected)}
    if not math.isfinite(loss):
        text = N_("The loss of the untrained network is NaN or infinite: are values missing or huge?")
        return Outcome(None, expected, "fail", Message(text))
    if abs(loss - expected) > NEAR * abs(expected):
        text = N_(
            "With weights close to 0 the loss is {loss}, not {formula} = {expected}: the features are probably very "
            "large; try another preprocessing."
        )
        return Outcome(loss, expected, "fail", Message(text, values), picture=picture)
    text = N_("With weights close to 0 the network guesses, and its loss is {formula} = {expected}.")
    if normalised:
        text = N_(
            "With output weights close to 0 (those before batch norm stay as they are) the network guesses, and "
            "its loss is {formula} = {expected}."
        )
    return Outcome(loss, expected, "pass", Message(text, values), picture=picture)


def penalty_raises_loss(experiment: Experiment, clock: Clock) -> Outcome:
    """Compare the first mini-batch's loss with and without an L2 penalty of 1000; the rise is 0.5 · 1000 · ΣW²."""
    totals, expected, setting = [], 0.0, None
    for l2 in (0.0, *PENALTIES, PENALTY):
        copy = endless(replace(experiment, training=replace(experiment.training, l2=l2)))
        trainer = start(copy, setting=setting)
        setting = trainer.setting
        weights = [trainer.state.parameters[p.span] for p in trainer.program.placed if p.block.role == "weight"]
        expected = 0.5 * PENALTY * sum(float(np.sum(np.square(w, dtype=np.float64))) for w in weights)
        data_loss, penalty = trainer.advance(1)
        totals.append(float(data_loss[0] + penalty[0]))
    rise = totals[-1] - totals[0]
    values = {"penalty": Measured(PENALTY, "round"), "rise": four(rise), "expected": four(expected)}
    if expected == 0:
        return Outcome(rise, expected, "skipped", Message(N_("All weights are 0, so a penalty has nothing to punish.")))
    if not math.isfinite(rise):
        text = N_("The first loss is NaN or infinite, so nothing can be seen of the penalty.")
        return Outcome(None, expected, "fail", Message(text))
    picture = CheckPicture(
        title=Message(N_("First loss at each L2 penalty")),
        across=Message(N_("L2 penalty")),
        x=np.array([*PENALTIES, PENALTY]),
        y=np.array(totals[1:]),
        logarithmic_x=True,
        reference=(totals[0], Message(N_("without"))),
        mark=(len(PENALTIES), Message(N_("checked"))),
    )
    # Two losses were subtracted: their own rounding stays.
    if rise > 0 and abs(rise - expected) <= EXACT * expected + 1e-12 * abs(totals[0]):
        text = N_("An L2 penalty of {penalty} raises the first loss by {rise}, half of it times the sum of W².")
        return Outcome(rise, expected, "pass", Message(text, values), picture=picture)
    text = N_(
        "An L2 penalty of {penalty} raises the first loss by {rise}; half of it times the sum of W² is {expected}."
    )
    return Outcome(rise, expected, "fail", Message(text, values), picture=picture)

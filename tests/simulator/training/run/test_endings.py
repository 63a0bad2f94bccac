"""The sentence of every ending: its rule, its step, its number, and who is to blame."""

import pytest

from simulator.experiment.experiment import Training
from simulator.machine.loop import BAD_LOSS, BAD_PARAMETER
from simulator.training.run.endings import diverged, finished
from simulator.training.run.rule import RuleMemory


@pytest.mark.parametrize(
    ("epochs", "steps", "said"),
    [
        (1, 1, "Finished: 1 epoch, 1 step."),
        (1, 2, "Finished: 1 epoch, 2 steps."),
        (2, 2, "Finished: 2 epochs, 2 steps."),
        (30, 300, "Finished: 30 epochs, 300 steps."),
    ],
)
def test_that_one_epoch_and_one_step_are_singular(epochs, steps, said):
    ending = finished(epochs, steps)
    assert (ending.kind, str(ending.message)) == ("finished", said)


@pytest.mark.parametrize(
    ("reason", "step", "said", "blamed"),
    [
        (BAD_LOSS, 1, "the loss of the first mini-batch is nan, before any update", False),
        (BAD_LOSS, 2, "the loss of step 2 is nan", True),
        (BAD_PARAMETER, 1, "by step 1 a weight is no longer a finite number", True),
        (BAD_PARAMETER, 64, "by step 64 a weight is no longer a finite number", True),
    ],
)
def test_that_a_divergence_names_its_rule_and_blames_the_rate_once_it_was_used(reason, step, said, blamed):
    ending = diverged(reason, step, Training(learning_rate=0.25), float("nan"), RuleMemory.fresh(10))
    assert ending.kind == "diverged"
    assert said in str(ending.message)
    assert ("The learning rate 0.25 is probably too large" in str(ending.message)) == blamed

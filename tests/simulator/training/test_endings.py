"""The sentence of every ending: its rule, its step, its number, and who is to blame."""

import pytest

from simulator.machine.loop import BAD_LOSS, BAD_PARAMETER, EXPLODED
from simulator.training.endings import diverged, finished


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
        (EXPLODED, 120, "at step 120 the mean loss is over 1000 times the first loss, 0.693", True),
    ],
)
def test_that_a_divergence_names_its_rule_and_blames_the_rate_once_it_was_used(reason, step, said, blamed):
    ending = diverged(reason, step, 0.25, float("nan"), 1000.0, 0.6931)
    assert ending.kind == "diverged"
    assert said in str(ending.message)
    assert ("The learning rate 0.25 is probably too large" in str(ending.message)) == blamed

"""The next steps as one call of the machine: which examples, which learning rates, how many at the most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.experiment.experiment import Training
from simulator.training.run.orders import Orders, Plan, Position

SEGMENT = 4096  # steps of one call of the machine, at most
PLANNED = 2_000_000  # examples whose order one call is given, at most; one epoch at the least


@dataclass(frozen=True, eq=False)
class Segment:
    """Steps that are made under one experiment.

    Attributes
    ----------
    plan
        Which examples each step looks at.
    rates
        float64 (steps,): learning rates.
    rule
        float64 (3,): the divergence rule as the machine reads it.
    """

    plan: Plan
    rates: NDArray[np.float64]
    rule: NDArray[np.float64]


def next_segment(
    orders: Orders,
    position: Position,
    training: Training,
    steps: int,
    to_epoch_end: bool,
    beyond: bool,
) -> Segment:
    """Return the next steps: at most `steps`, and at most as many epochs as may pass before somebody has to judge."""
    size = orders.examples.size
    epochs = steps
    if to_epoch_end or training.patience is not None:
        epochs = 1  # early stopping judges at every epoch end
    elif training.epochs is not None and not beyond:
        epochs = training.epochs - position.epoch
    epochs = min(epochs, max(PLANNED // size, 1))
    plan = orders.plan(position, min(steps, SEGMENT), training.batch_size, epochs)
    # Whole passes and the rest apart, so that the sum is rounded alike in chunks of any length.
    passes, offsets = np.divmod(plan.steps[:, 0], size)
    epochs_made = (position.epoch + passes) + offsets / size
    rates = training.learning_rate * training.schedule.factors(epochs_made)
    rule = training.divergence
    return Segment(plan, rates, np.array([rule.enabled, rule.factor, rule.judged == "epoch"], float))

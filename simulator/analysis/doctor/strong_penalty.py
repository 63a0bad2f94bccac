"""A penalty that pulls harder than the data (slide F2)."""

import numpy as np

from simulator.analysis.doctor.conditions import learned_nothing
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

TAKEN = 0.5  # of the weights, that the penalty alone could have taken away by now


def pull(record: RunRecord) -> Series | None:
    """Return the size of the penalty's gradient over that of the data, all weights together, by recorded frame.

    With an L2 penalty p = l2 / 2 * sum(W * W) its gradient l2 * W has the size sqrt(2 * l2 * p).
    """
    training = record.experiment.training
    if (not training.l2 and not training.l1) or not record.penalties.size:
        return None
    counts = np.array([_weights(record, layer) for layer in record.weighted], float)
    data = np.sqrt(
        (np.square(record.track.weight_gradient[:, list(record.weighted)], dtype=float) * counts).sum(axis=1)
    )
    penalties = np.interp(record.track.step, record.losses.smooth_step, record.penalties)
    of_l1 = training.l1 * np.sqrt(counts.sum())
    # with both, which part of the penalty is whose is not known: the sure part counts
    of_l2 = 0.0 * penalties if training.l1 else np.sqrt(2 * training.l2 * penalties)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (of_l1 + of_l2) / data
    return Series(record.track.step.astype(float), ratio[:, None])


def _weights(record: RunRecord, layer: int) -> int:
    gradient = record.layer(layer).weight_gradient
    return 0 if gradient is None else gradient.histogram.total


def has_had_time(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the penalty alone could have taken half of the weights away by now: a tiny one has not."""
    training = record.experiment.training
    return record.steps * training.learning_rate * max(training.l2, training.l1) >= TAKEN


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say how much harder it pulls, and what the network has learned."""
    training = record.experiment.training
    text = N_(
        "The L2 penalty of {penalty} pulls {times} times as hard at the weights as the data do. The loss without it "
        "is {loss}; guessing has {guessing}."
    )
    if training.l1:
        text = N_(
            "The L1 penalty of {penalty} pulls {times} times as hard at the weights as the data do. The loss without "
            "it is {loss}; guessing has {guessing}."
        )
    values = {
        "penalty": Measured(training.l1 or training.l2, "round"),
        "times": strong(evidence.value),
        "loss": Measured(record.loss),
        "guessing": Measured(record.guessing_loss),
    }
    return Message(text, values)


def remedy(record: RunRecord, _evidence: Evidence) -> Remedy:
    """Return the same without a penalty."""
    training = record.experiment.training
    patch = {f"training.{name}": 0.0 for name in ("l2", "l1") if getattr(training, name)}
    return Remedy("no_penalty", Message(N_("No penalty")), Message(N_("Large weights cost nothing.")), patch)


DIAGNOSIS = Diagnosis(
    rank=9,
    title=N_("The penalty is too strong"),
    story=N_(
        "A penalty pulls every weight towards 0, the data away from it. Where the penalty is stronger, nothing is left "
        "that could tell one example from another. Slide F2 does this on purpose, to see the loss rise."
    ),
    slide="F2",
    proof="loss",
    quantity=pull,
    threshold=1.0,
    side="above",
    hold=Hold(steps=20),
    needs=(learned_nothing, has_had_time),
    explains=(
        "saturated",
        "rate_too_large",
        "vanishing",
        "dead",
        "rate_too_small",
        "divergence",
        "underfitting",
        "guessing",
    ),
    sentence=sentence,
    remedy=remedy,
)

"""A network that answers as if it did not look (slide F1): what is seen of many causes."""

import numpy as np

from simulator.analysis.doctor.conditions import reading_sample
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

ERRORS = 3.0


def learned_shares(record: RunRecord) -> Series | None:
    """Return the share of the loss of guessing that is gone, by reading."""
    if not record.guessing_loss or not record.readings.step.size or not np.isfinite(record.loss):
        return None
    learned = 1 - record.readings.training_loss / record.guessing_loss
    return Series(record.readings.step, learned[:, None])


def accuracy_is_chance(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the accuracy is no better than one answer for all, within three standard errors."""
    error = np.sqrt(record.chance * (1 - record.chance) / reading_sample(record))
    return bool(record.accuracy <= record.chance + ERRORS * error)


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say loss and accuracy, and what guessing would give."""
    text = N_(
        "Loss {loss} on mini-batches, accuracy {accuracy} of {examples}. Guessing has loss {guessing} "
        "({formula}) and {chance}."
    )
    values = {
        "loss": strong(record.loss),
        "accuracy": strong(record.accuracy, "share"),
        "examples": Measured(reading_sample(record), "count"),
        "formula": record.facts.guessing_formula,
        "guessing": Measured(record.guessing_loss),
        "chance": Measured(record.chance, "share"),
    }
    return Message(text, values)


def remedy(_record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return nothing: only a cause can be cured."""
    return None


DIAGNOSIS = Diagnosis(
    rank=21,
    title=N_("The network guesses"),
    story=N_(
        "The best answer that does not look at the input gives every class its share of the examples; its loss is "
        "the entropy of the labels, ln C where C classes are equally frequent. This is what is seen of many causes; "
        "the checklist tells some of them apart."
    ),
    slide="F1",
    proof="loss",
    quantity=learned_shares,
    threshold=0.03,
    side="below",
    hold=Hold(steps=100, epochs=3),
    needs=(accuracy_is_chance,),
    sample=reading_sample,
    sentence=sentence,
    remedy=remedy,
)

"""A network that learns its examples by heart (slide H3)."""

from simulator.analysis.doctor.conditions import reading_sample, validation_sample
from simulator.analysis.doctor.cures import against
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.gap import Gap, judge_gap
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message

RISEN = 1.15


def gaps(record: RunRecord) -> Series | None:
    """Return training minus validation accuracy, by reading."""
    readings = record.readings
    return Series(readings.step, (readings.training_accuracy - readings.validation_accuracy)[:, None])


def gap_of(record: RunRecord) -> Gap | None:
    """Return what the readings say of the gap."""
    return judge_gap(record.readings, reading_sample(record), validation_sample(record), record.facts.guessing_loss)


def gap_is_open(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether the gap of the accuracies is larger than chance makes it."""
    gap = gap_of(record)
    return gap is not None and gap.case == "overfitting"


def validation_loss_has_risen(record: RunRecord, _evidence: Evidence) -> bool:
    """Tell whether more training has done harm: the validation loss lies well above its least."""
    gap = gap_of(record)
    return gap is not None and gap.validation_loss >= RISEN * gap.best_validation_loss


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say both accuracies, and since when the validation loss grows."""
    gap = gap_of(record)
    assert gap is not None
    text = N_(
        "Training {training} of {of_training}, validation {validation} of {of_validation}. The validation loss was "
        "least after epoch {epoch}, {best}; now it is {now}."
    )
    values = {
        "training": strong(gap.training, "share"),
        "of_training": Measured(reading_sample(record), "count"),
        "validation": strong(gap.validation, "share"),
        "of_validation": Measured(validation_sample(record), "count"),
        "epoch": Measured(gap.best_validation_epoch, "count"),
        "best": Measured(gap.best_validation_loss),
        "now": Measured(gap.validation_loss),
    }
    return Message(text, values)


DIAGNOSIS = Diagnosis(
    rank=18,
    title=N_("The network overfits"),
    story=N_(
        "The network learns its examples, not what they have in common. More examples, a penalty, dropout or "
        "fewer weights help."
    ),
    slide="H3",
    proof="gap",
    quantity=gaps,
    threshold=0.08,
    side="above",
    hold=Hold(epochs=2),
    needs=(gap_is_open, validation_loss_has_risen),
    aim="validation",
    sample=validation_sample,
    sentence=sentence,
    remedy=against("overfitting"),
)

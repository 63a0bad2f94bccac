"""A validation set so small that its accuracy is noise (slides F7, G3)."""

import numpy as np

from simulator.analysis.doctor.conditions import validation_sample
from simulator.analysis.doctor.cures import more_validation
from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.record import Numbers, RunRecord
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message, counted

NEWEST_READINGS = 5


def standard_errors(record: RunRecord) -> Series | None:
    """Return the standard error that so few validation examples leave an accuracy, by reading.

    sqrt(p (1 - p) / n) with two right and two wrong examples added, so that "all right" of ten is not "no doubt"
    (Agresti and Coull 1998).
    """
    count = record.facts.validation_examples
    if not count:
        return None
    share = (record.readings.validation_accuracy * count + 2) / (count + 4)
    return Series(record.readings.step, np.sqrt(share * (1 - share) / (count + 4))[:, None])


def newest(record: RunRecord) -> Numbers:
    """Return the newest validation accuracies."""
    found = record.readings.validation_accuracy[-NEWEST_READINGS:]
    return np.asarray(found[np.isfinite(found)])


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say what one example is worth, and how far the accuracy moves."""
    count = record.facts.validation_examples
    values_ = newest(record)
    values = {
        "count": strong(count, "count"),
        "one": Measured(1 / count, "share"),
        "error": Measured(evidence.value, "share"),
        "readings": Measured(values_.size, "count"),
        "low": Measured(float(values_.min()), "share"),
        "high": Measured(float(values_.max()), "share"),
    }
    if np.ptp(values_) == 0:
        return counted(
            "Only {count} example validates: it is {one} of accuracy, and chance alone makes ± {error}.",
            "Only {count} examples validate: one of them is {one} of accuracy, and chance alone makes ± {error}.",
            count,
            values,
        )
    return counted(
        "Only {count} example validates: it is {one} of accuracy, and chance alone makes ± {error}. Over the last "
        "{readings} readings it moved between {low} and {high}.",
        "Only {count} examples validate: one of them is {one} of accuracy, and chance alone makes ± {error}. Over the "
        "last {readings} readings it moved between {low} and {high}.",
        count,
        values,
    )


DIAGNOSIS = Diagnosis(
    rank=20,
    title=N_("The validation accuracy is noise"),
    story=N_(
        "The share p of n examples wobbles by √(p (1 − p) / n) from one draw of examples to the next, and the "
        "best of many readings flatters itself (slide G3). Cross-validation lets every example validate once."
    ),
    slide="F7",
    proof="accuracy",
    quantity=standard_errors,
    threshold=0.06,
    side="above",
    hold=Hold(epochs=4),
    aim="sureness",
    sample=validation_sample,
    sentence=sentence,
    remedy=more_validation,
)

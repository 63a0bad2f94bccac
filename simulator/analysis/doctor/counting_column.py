"""A column that numbers the rows, such as an Id: it says nothing of the examples."""

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import fact
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import strong
from simulator.message import N_, Message


def columns_that_count(record: RunRecord) -> Series | None:
    """Return how many columns that only count the rows are features all the same."""
    report = record.facts.dataset.report
    return None if report is None else fact(record, len(_kept(record)))


def _kept(record: RunRecord) -> list[str]:
    report = record.facts.dataset.report
    return [] if report is None else [name for name in report.counting if name not in report.left_out]


def sentence(record: RunRecord, _evidence: Evidence) -> Message:
    """Say which column it is, and how many rows it numbers."""
    text = N_(
        "Column {name} counts through all {rows} rows: it numbers them and says nothing of what they hold. Where the "
        "file is sorted it gives the class away. Leave it out."
    )
    values = {"name": _kept(record)[0], "rows": strong(record.facts.dataset.examples, "count")}
    return Message(text, values)


def remedy(_record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return nothing: without it the accuracy is lower, and true."""
    return None


DIAGNOSIS = Diagnosis(
    rank=4,
    title=N_("A column only counts the rows"),
    story=N_(
        "A network takes whatever tells classes apart. In a file sorted by class the number of the row does, and the "
        "accuracy is high for a reason that no new example has."
    ),
    slide="F7",
    proof="accuracy",
    quantity=columns_that_count,
    threshold=1.0,
    side="above",
    hold=Hold(),
    before=True,
    sample=lambda record: record.facts.dataset.examples,
    explains=("overfitting",),
    aim="validation",
    sentence=sentence,
    remedy=remedy,
)

"""Columns that hold one number, or next to one: nothing can be learned from them."""

from simulator.analysis.doctor.diagnosis import Diagnosis, Evidence, Hold, Series
from simulator.analysis.doctor.known_before import column_name, fact, training_size
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy
from simulator.analysis.measured import Measured, strong
from simulator.message import N_, Message


def columns_at_rest(record: RunRecord) -> Series | None:
    """Return how many columns hold one number, or next to one, in all training examples."""
    seen = record.facts.portrait
    return None if seen is None else fact(record, len(seen.constant))


def sentence(record: RunRecord, evidence: Evidence) -> Message:
    """Say which column it is, and what it holds."""
    seen = record.facts.portrait
    assert seen is not None
    column = seen.constant[0]
    values = {
        "name": column_name(record, column),
        "value": strong(float(seen.mean[column])),
        "spread": Measured(float(seen.spread[column])),
        "examples": Measured(training_size(record), "count"),
        "count": strong(evidence.value, "count"),
        "columns": Measured(record.facts.dataset.width, "count"),
    }
    if len(seen.constant) == record.facts.dataset.width > 1:
        text = N_("All {count} columns hold one number each in all {examples} training examples: the network sees one.")
    elif len(seen.constant) > 1:
        text = N_(
            "{count} of {columns} columns hold one number each in all {examples} training examples, such as {name}: "
            "nothing can be learned from them. Leave them out."
        )
    elif seen.spread[column] > 0:
        text = N_(
            "Column {name} is {value} in all {examples} training examples, give or take {spread}: what is left is "
            "mostly rounding. Leave it out, or subtract the {value} in the file."
        )
    else:
        text = N_(
            "Column {name} is {value} in all {examples} training examples: nothing can be learned from it. Leave it "
            "out."
        )
    return Message(text, values)


def remedy(_record: RunRecord, _evidence: Evidence) -> Remedy | None:
    """Return nothing: the file has to be changed."""
    return None


DIAGNOSIS = Diagnosis(
    rank=5,
    title=N_("A column is constant"),
    story=N_(
        "What is the same for every example cannot tell classes apart. A constant acts as a second bias; divided by "
        "its tiny spread, one odd value in it becomes huge."
    ),
    slide="C1",
    proof="activations",
    quantity=columns_at_rest,
    threshold=1.0,
    side="above",
    hold=Hold(),
    before=True,
    sample=training_size,
    sentence=sentence,
    remedy=remedy,
)

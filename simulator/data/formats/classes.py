"""Whether the values of a column are classes at all, or a number to predict."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import fault
from simulator.message import N_, Message

FEW_CLASSES = 20  # so many are never questioned
ROWS_OF_A_CLASS = 5  # on the average; fewer look like the values of a measured quantity, or like names


def are_numbers(names: Sequence[str]) -> bool:
    """Tell whether every class name is a number."""
    try:
        return all(float(name) == float(name) for name in names)
    except ValueError:
        return False


def check_are_classes(names: Sequence[str], examples: int, name: str, column: str | Message) -> None:
    """Raise `FileError` if a column of classes holds so many values that it hardly is one."""
    many = len(names) > FEW_CLASSES
    fractions = many and are_numbers(names) and any(float(each) % 1 for each in names)
    if fractions or (many and examples < ROWS_OF_A_CLASS * len(names)):
        text = N_(
            "{name}, {column}: {count:,} different values in {rows:,} rows are hardly classes but a number or a name; "
            "cut them into groups, choose another column of classes, or allow them in the field '{field}'"
        )
        raise fault(text, name=name, column=column, count=len(names), rows=examples, field=Message(N_("Many classes")))


def are_sorted(labels: NDArray[np.int64]) -> bool:
    """Tell whether the examples of every class stand together, one class after the other."""
    classes = np.unique(labels).size
    return bool(np.count_nonzero(np.diff(labels)) == classes - 1 and labels.size >= ROWS_OF_A_CLASS * classes)

"""The columns of a table: their names, and which of them holds the classes."""

from dataclasses import dataclass
from enum import Enum

from simulator.data.formats.faults import fault, shown
from simulator.message import N_

MOST_SHOWN = 8
MANY_COLUMNS = 5  # a row of examples hardly counts so many of them up
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "-"})


class Doubt(Enum):
    """Whether a first row of numbers may hold names: programs name columns that have none by their places."""

    NONE = "it holds words, or the user said what it holds"
    NUMBERS = "any numbers"
    PLACES = "the cells of the features count the columns"
    ALL_PLACES = "all cells count the columns, and there are many"


@dataclass(frozen=True)
class Columns:
    """What the first row of a table says.

    Attributes
    ----------
    count
        Number of columns, the one of classes included.
    label
        Place of the column of classes, counted from 0.
    named
        Whether the first row holds names.
    names
        The names; "x1", "x2" ... where there are none.
    doubt
        Why the first row may hold names although it holds numbers: see `Doubt`.
    """

    count: int
    label: int
    named: bool
    names: tuple[str, ...]
    doubt: "Doubt" = Doubt.NONE

    @classmethod
    def of(cls, first: list[str], header: bool | None, label: str, name: str) -> "Columns":
        """Return the columns of a table that begins with the row `first`; `name` is what sentences call the file."""
        cells = [cell.strip() for cell in first]
        label = label.strip()
        place = _number(label, len(cells))
        by_name = label in cells and header is not False and (header or place is None)
        if by_name:
            place = cells.index(label)
        if place is None:
            text = N_("{name} has no column '{label}'; choose one of its columns ({count:,}): {names}")
            there = ", ".join(map(shown, cells[:MOST_SHOWN])) + (" …" if len(cells) > MOST_SHOWN else "")
            raise fault(text, name=name, label=shown(label), count=len(cells), names=there)
        if header is None:
            features = [cell for index, cell in enumerate(cells) if index != place]
            words = [cell for cell in features if cell.lower() not in MISSING]
            places = _are_places(cells, place)
            # An index of the rows has no name: that cell is empty, where a row of numbers has one.
            named = by_name or (bool(words) and (not any(map(_is_number, words)) or (places and "" in features)))
        else:
            named = header
        doubt = Doubt.NONE if named or header is not None else _doubt(cells, place)
        names = [cell if named and cell else f"x{index}" for index, cell in enumerate(cells, 1)]
        return cls(len(cells), place, named, tuple(names), doubt)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names without that of the classes."""
        return self.names[: self.label] + self.names[self.label + 1 :]

    @property
    def label_name(self) -> str:
        """The name of the column of classes, or its number."""
        return shown(self.names[self.label]) if self.named else str(self.label + 1)

    @property
    def shown_label(self) -> str:
        """The column of classes as sentences call it."""
        return self._shown(self.label)

    def shown(self, feature: int) -> str:
        """Return what sentences call the column of a feature, counted from 0 among the features."""
        return self._shown(feature + (feature >= self.label))

    def _shown(self, place: int) -> str:
        return f"{place + 1} ('{shown(self.names[place])}')" if self.named else str(place + 1)


def _number(label: str, count: int) -> int | None:
    """Return the place that a column's number says, the last for ""."""
    if not label:
        return count - 1
    if label.isdecimal() and len(label) < 6 and 1 <= int(label) <= count:
        return int(label) - 1
    return None


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


def _are_places(cells: list[str], label: int) -> bool:
    """Tell whether the cells of the features count the columns, from 0 or from 1."""
    features = [(index, cell) for index, cell in enumerate(cells) if index != label and cell]
    if len(features) < 2 or not all(cell.isdecimal() and len(cell) < 6 for _index, cell in features):
        return False
    by_column = {int(cell) - index for index, cell in features}
    by_feature = {int(cell) - place for place, (_index, cell) in enumerate(features)}
    return any(len(shifts) == 1 and shifts <= {0, 1} for shifts in (by_column, by_feature))


def _doubt(cells: list[str], label: int) -> Doubt:
    if not _are_places(cells, label):
        return Doubt.NUMBERS
    all_count = _are_places(cells, -1)
    return Doubt.ALL_PLACES if all_count and len(cells) >= MANY_COLUMNS else Doubt.PLACES

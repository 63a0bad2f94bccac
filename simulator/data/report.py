"""What a reader noticed of a file of the user's own: facts, and the sentences that are said before training."""

from dataclasses import dataclass

from simulator.message import N_, Message


@dataclass(frozen=True)
class FileReport:
    """What was read, and how it was understood.

    Attributes
    ----------
    name
        What sentences call the file.
    rows
        Examples read, the row of names not counted.
    named
        Whether the first row was taken for the names of the columns; None where the format has no such row.
    encoding
        How the letters were read, such as "UTF-8"; "" where the format has no letters.
    counting
        Names of the columns whose values only count the rows up: an Id.
    left_out
        Those of them that are no features.
    sorted_by_class
        Whether the examples of each class stand together in the file, one class after the other.
    numeric_classes
        Whether the name of every class is a number.
    """

    name: str
    rows: int
    named: bool | None = None
    encoding: str = ""
    counting: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    sorted_by_class: bool = False
    numeric_classes: bool = False

    @property
    def sentences(self) -> tuple[Message, ...]:
        """How the file was understood, a sentence each."""
        return tuple(filter(None, (self._first_row, self._letters, self._ids, self._kept, self._order)))

    @property
    def _first_row(self) -> Message | None:
        if self.named is None:
            return None
        return Message(N_("The first row names the columns.") if self.named else N_("No row names the columns."))

    @property
    def _letters(self) -> Message | None:
        return Message(N_("Letters were read as {encoding}."), {"encoding": self.encoding}) if self.encoding else None

    @property
    def _ids(self) -> Message | None:
        text = N_("Columns left out, because they only count the rows: {columns}.")
        return Message(text, {"columns": ", ".join(self.left_out)}) if self.left_out else None

    @property
    def _kept(self) -> Message | None:
        kept = [name for name in self.counting if name not in self.left_out]
        text = N_("Columns that only count the rows, yet are kept as features: {columns}.")
        return Message(text, {"columns": ", ".join(kept)}) if kept else None

    @property
    def _order(self) -> Message | None:
        return Message(N_("The rows are sorted by class.")) if self.sorted_by_class else None

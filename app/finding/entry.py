"""One thing that can be found by typing."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["slide", "experiment", "view", "lab", "field", "command", "size", "theme"]


@dataclass(frozen=True)
class Entry:
    """One thing, in the words of the language that is spoken.

    Attributes
    ----------
    kind, id
        What it is, and by which name its kind knows it.
    title
        What it is called.
    line
        What it is about, in one line; found by its words too.
    letter
        The slide, where it is one or belongs to one.
    words
        Further words that find it.
    mark
        What stands at its right: its key, or what kind of thing it is.
    names
        What else it is called; found like its title.
    """

    kind: Kind
    id: str
    title: str
    line: str = ""
    letter: str = ""
    words: str = ""
    mark: str = ""
    names: tuple[str, ...] = ()

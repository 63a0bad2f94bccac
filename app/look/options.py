"""What a reader may choose about a plot: the part of an axis, its kind, the quantity."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """One way to have it: its id, the word for it, and a sentence about it."""

    id: str
    text: str
    tip: str = ""


@dataclass(frozen=True)
class Option:
    """A question with a few answers, one of them in force.

    Attributes
    ----------
    key
        What the plot calls it.
    label
        What the reader calls it.
    answers
        What there is to choose from.
    value
        The id of the answer in force.
    switch
        What the second of two answers is called where it is on or off, such as "Logarithmic"; empty for a choice.
    usual
        The id of the answer that goes without saying; empty for the first.
    """

    key: str
    label: str
    answers: tuple[Answer, ...]
    value: str
    switch: str = ""
    usual: str = ""

    @property
    def words(self) -> str:
        """The word for the answer in force."""
        return next((answer.text for answer in self.answers if answer.id == self.value), "")

"""Numbers inside sentences: kept as numbers, so that the window can set them in its own type."""

from dataclasses import dataclass
from typing import Literal

Form = Literal["number", "share", "count", "round"]


@dataclass(frozen=True)
class Measured:
    """A measured number, or a range of them.

    Attributes
    ----------
    value, to
        The number; the upper end of a range, or None.
    form
        "share" is 0..1 and written in percent, "count" is whole, "number" was measured, "round" was chosen by us.
    strong
        The number that the sentence is about.
    figures
        Significant figures of a measured number.
    """

    value: float
    form: Form = "number"
    to: float | None = None
    strong: bool = False
    figures: int = 3

    def __str__(self) -> str:
        low = self._written(self.value)
        if self.to is None or self._written(self.to) == low:
            return low
        return f"{low} - {self._written(self.to)}"

    def _written(self, value: float) -> str:
        if self.form == "share":
            return f"{100 * value:.3g} %"
        return f"{value:.0f}" if self.form == "count" else f"{value:.{self.figures}g}"


def strong(value: float, form: Form = "number", to: float | None = None) -> Measured:
    """Return the number that a sentence is about."""
    return Measured(value, form, to, strong=True)

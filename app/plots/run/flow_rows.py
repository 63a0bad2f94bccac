"""How high the rows of gradient flow are, in pixels: where not all have room for words, three have. No Qt."""

from dataclasses import dataclass
from typing import Final

TALLEST: Final = 1.34
"""Times its height that a row takes at most; what is left is air between the rows."""
CLOSE: Final = 0.9
"""Times its height that a row with words can do with."""
LOOSE: Final = 5.0
"""Times its height from row to row at most."""
LOW: Final = 8.0
"""Height of a row without words."""
LEAST: Final = 2.0
"""Height that such a row needs to be seen; rows with words give way before."""


@dataclass(frozen=True)
class FlowRow:
    """One layer's row; `told` where it has its name and its values."""

    top: float
    height: float
    told: bool

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.top + self.height / 2


def flow_rows(count: int, chosen: int | None, height: float, full: float) -> list[FlowRow]:
    """Return the rows of `count` layers in the order of the network.

    Parameters
    ----------
    chosen
        The row of the chosen layer.
    height
        Pixels of all rows.
    full
        Pixels that a row with words needs.
    """
    if count * CLOSE * full <= height:
        pitch = min(height / max(1, count), LOOSE * full)
        high = min(pitch, TALLEST * full)
        return [FlowRow(index * pitch + (pitch - high) / 2, high, True) for index in range(count)]
    wanted = [0, count - 1, *([chosen] if chosen is not None and 0 < chosen < count - 1 else [])]
    while len(wanted) > 1 and len(wanted) * full + LEAST * (count - len(wanted)) > height:
        wanted.pop()
    told = set(wanted)
    least = min(LOW, max(0.0, (height - len(told) * full) / max(1, count - len(told))))
    rows, top = [], 0.0
    for index in range(count):
        high = full if index in told else least
        rows.append(FlowRow(top, high, index in told))
        top += high
    return rows

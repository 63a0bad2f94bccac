"""What tells the runs that are shown together apart: each has a letter, a colour, a dash and a mark."""

from dataclasses import dataclass
from typing import Final

from app.look.dashes import DASHES, INKS
from app.look.marks import CIRCLE, DIAMOND, SQUARE, TRIANGLE
from app.theme import Tokens

LANE_MARKS: Final = (CIRCLE, TRIANGLE, SQUARE, DIAMOND)
"""The mark of each lane."""


@dataclass(frozen=True)
class LaneLook:
    """How a lane looks, the same in every plot.

    Attributes
    ----------
    run_id
        Whose pictures are the lane's.
    letter, name
        "B", and what the user calls it: "He".
    index
        0 to 3: which colour, dash and mark.
    """

    run_id: int
    letter: str
    name: str
    index: int

    @property
    def words(self) -> str:
        """Letter and name: "B He"."""
        return f"{self.letter} {self.name}".rstrip()

    @property
    def mark(self) -> str:
        """The shape of its marks."""
        return LANE_MARKS[self.index]

    @property
    def is_dashed(self) -> bool:
        """Whether its curves must be one polyline: segments would lose the dashes."""
        return bool(DASHES[self.index])

    def colour(self, tokens: Tokens) -> str:
        """Return the colour of its curves and marks."""
        return tokens.lanes[self.index]

    def pale(self, tokens: Tokens) -> str:
        """Return the colour of its raw points."""
        return tokens.lanes_pale[self.index]

    def ink(self, tokens: Tokens) -> str:
        """Return the colour of its words: a token's name, or ``#RRGGBB``."""
        return INKS[self.index] if self.index < len(INKS) else tokens.lanes[self.index]

"""What tells the lanes apart: runs that are drawn over each other, each with a letter, a colour, a dash and a mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from app.look.ink import Ink
from app.look.marks import CIRCLE, DIAMOND, SQUARE, TRIANGLE
from app.look.numbers import count
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import BOX, Note
from app.system.i18n import _
from app.theme import Tokens
from simulator.training import Picture

MOST_LANES: Final = 4
LANE_MARKS: Final = (CIRCLE, TRIANGLE, SQUARE, DIAMOND)
"""The mark of each lane."""
_DASHES: Final = ((), (3.0, 1.6), (0.9, 1.1), (3.2, 1.1, 0.9, 1.1))
"""Solid, long dashes, dots, dash and dot: in widths of the pen."""
_INKS: Final = ("accent", "warn", "good")
"""Of words: marks may be paler than words. The fourth colour is dark enough for both."""


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
        return bool(_DASHES[self.index])

    def colour(self, tokens: Tokens) -> str:
        """Return the colour of its curves and marks."""
        return tokens.lanes[self.index]

    def pale(self, tokens: Tokens) -> str:
        """Return the colour of its raw points."""
        return tokens.lanes_pale[self.index]

    def ink(self, tokens: Tokens) -> str:
        """Return the colour of its words: a token's name, or ``#RRGGBB``."""
        return _INKS[self.index] if self.index < len(_INKS) else tokens.lanes[self.index]


@dataclass(frozen=True, eq=False)
class Lane:
    """A lane and its newest picture."""

    look: LaneLook
    picture: Picture


def moments_apart(lanes: Sequence[Lane]) -> str:
    """Return at which step each lane's frame stands; nothing where all have seen equally many examples.

    Only then are their numbers of one moment, and may be divided by each other.
    """
    frames = [lane.picture.frame for lane in lanes]
    if len({frame.examples for frame in frames}) < 2:
        return ""
    words = _("{lane} at step {step}")
    told = [
        words.format(lane=lane.look.letter, step=count(frame.step)) for lane, frame in zip(lanes, frames, strict=True)
    ]
    return ", ".join(told)


def lanes_of(picture: Picture, looks: Sequence[LaneLook]) -> tuple[Lane, ...]:
    """Return the lanes to draw over each other, in the order of `looks`; none where there is one run alone."""
    pictures = {each.run_id: each for each in (picture, *picture.beside)}
    if len(looks) < 2 or all(look.run_id != picture.run_id for look in looks):
        return ()
    return tuple(Lane(look, pictures[look.run_id]) for look in looks if look.run_id in pictures)


def end_words(looks: Sequence[LaneLook], values: Sequence[str], room: float, ink: Ink) -> list[str]:
    """Return what stands at the ends of curves: "B He 0.002", or all without names where one has no room."""
    whole = [
        # a number after a name that ends in one would be taken for a part of it
        f"{look.words} · {value}" if look.name[-1:].isdigit() else f"{look.words} {value}"
        for look, value in zip(looks, values, strict=True)
    ]
    if all(ink.width(words, "curve_end") <= room for words in whole):
        return whole
    return [f"{look.letter} {value}" for look, value in zip(looks, values, strict=True)]


def name_note(canvas: Canvas, look: LaneLook, tokens: Tokens) -> Note:
    """Return whose picture it is, for the corner of a plot that shows one lane at a time."""
    area = canvas.area
    return Note(look.words, area.left() + 14, area.top() + 18, look.ink(tokens), "curve_end", ground=BOX)


def lane_pen(colour: str, width: float, index: int) -> QPen:
    """Return the pen of a lane's curve, in pixels whatever the zoom."""
    pen = QPen(QColor(colour), width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if _DASHES[index] else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if _DASHES[index]:
        pen.setDashPattern(list(_DASHES[index]))
    return pen

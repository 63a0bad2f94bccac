"""What tells the lanes apart: runs that are drawn over each other, each with a letter, a colour, a dash and a mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.look.ink import Ink
from app.look.lane_look import LaneLook
from app.look.numbers import count
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import BOX, Note
from app.system.i18n import _
from app.theme import Tokens
from simulator.training import Picture


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


def belong_together(one: int, other: int, looks: Sequence[LaneLook]) -> bool:
    """Tell whether two runs are drawn over each other, so that a change from one to the other moves no axis."""
    return one == other or {one, other} <= {look.run_id for look in looks}


def end_words(looks: Sequence[LaneLook], values: Sequence[str], room: float, ink: Ink) -> list[str]:
    """Return what stands at the ends of curves: "B He 0.002", or all without names where one has no room.

    In large type the name has a line of its own, and is cut where it is too long.
    """
    if ink.is_large:
        names = [ink.elided(look.words, room, "curve_end") for look in looks]
        return [f"{name}\n{value}" for name, value in zip(names, values, strict=True)]
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

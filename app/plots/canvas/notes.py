"""Words and marks written over the data, at places in pixels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from app.look.dashes import RULE_DASHES
from app.look.ink import GROUND, Ink
from app.look.seam import paint_mark

MARK_SIZE: Final = 10
CENTRE: Final = 0
ENDS: Final = 1
STARTS: Final = -1
BOX: Final = "box"
PLAIN: Final = "plain"


@dataclass(frozen=True)
class Note:
    """A word over the data.

    Attributes
    ----------
    text
        One line; empty for a mark or a rule alone.
    x, y
        Pixels: the middle of the text's left edge, centre or right edge, as `align` says.
    colour
        The name of a token, or ``#RRGGBB``.
    style
        A type style, see `Ink.font`.
    align
        The text `STARTS` at the place, has its `CENTRE` there, or `ENDS` there.
    ground
        `BOX`: on a card of its own. `PLAIN`: over the card's colour, for words among curves. Empty: none.
    """

    text: str
    x: float
    y: float
    colour: str = "text"
    style: str = "tick"
    align: int = STARTS
    ground: str = ""


@dataclass(frozen=True)
class MarkNote:
    """A mark over the data: the end of a curve, the point under the mouse, an event on the axis."""

    shape: str
    x: float
    y: float
    colour: str = "accent"
    size: int = MARK_SIZE


@dataclass(frozen=True)
class RuleNote:
    """A line over the data, between two pixels."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = "edge"
    dotted: bool = False


AnyNote = Note | MarkNote | RuleNote


def paint_notes(painter: QPainter, notes: Sequence[AnyNote], ink: Ink) -> None:
    """Paint notes in their order."""
    worn = ("", "")
    for note in notes:
        if isinstance(note, Note):
            if note.ground:
                _paint_ground(painter, note, ink)
            # a font or a pen costs the painter more than a word, and neighbours mostly share them
            if worn != (note.style, note.colour) or note.ground:
                worn = (note.style, note.colour)
                painter.setFont(ink.font(note.style))
                painter.setPen(ink.colour(note.colour))
            left = note.x - ink.width(note.text, note.style) * (note.align + 1) / 2
            top = note.y - ink.height(note.style) / 2
            painter.drawStaticText(QPointF(left, top), ink.written(note.text, note.style))
        else:
            worn = ("", "")
            if isinstance(note, MarkNote):
                _paint_mark(painter, note, ink)
            else:
                _paint_rule(painter, note, ink)


def _paint_ground(painter: QPainter, note: Note, ink: Ink) -> None:
    width, height = ink.width(note.text, note.style), ink.height(note.style)
    box = QRectF(note.x - width * (note.align + 1) / 2, note.y - height / 2, width, height)
    painter.setPen(QPen(ink.colour("track" if note.ground == BOX else "card"), 1))
    painter.setBrush(ink.colour("card"))
    painter.drawRoundedRect(box.adjusted(-6.5, -GROUND / 2, 6.5, GROUND / 2), 4, 4)


def _paint_rule(painter: QPainter, note: RuleNote, ink: Ink) -> None:
    pen = QPen(ink.colour(note.colour), 1)
    if note.dotted:
        pen.setDashPattern(RULE_DASHES)
    painter.setPen(pen)
    painter.drawLine(QPointF(note.x, note.y), QPointF(note.to_x, note.to_y))


def _paint_mark(painter: QPainter, note: MarkNote, ink: Ink) -> None:
    at, size = QPointF(note.x, note.y), ink.px(note.size)
    paint_mark(painter, note.shape, at, size, ink.colour(note.colour), ink.colour("card"))

"""Where the cards of Watch stand: one large, the four plots of the mission always, the rest in a strip of names.

Pure functions of the room: the same room and the same hierarchy give the same rectangles. Lengths in this file are
pixels at text scale 1; those of a `Room` and of its rectangles are pixels of the screen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.arrangement.hierarchy import FOUR, PLANE, Hierarchy

ACTIVATIONS: Final = "activations"
FLOW: Final = "gradient_flow"

WITH_NETWORK: Final = (900, 560)
"""Width and height from which a view stands in the network's place."""
SIDE_BY_SIDE: Final = 760
"""From this width on the small views stand at the right of the large one; below, under it."""
STRIP: Final = 32
STRIP_FROM: Final = {True: 540, False: 460}
"""Height from which there is a strip of names, by whether the small views stand at the right."""
SLIM: Final = {"network": 96, "side": 88, "low": 80}
"""Heights of the row of activations."""
LEAST: Final = {"large": 176, "small": 96, "slim": 80, "square": 176}
"""Heights that a view needs; a square is a boundary among the small ones, with its title."""
LOWEST: Final = {"slim": 64, "small": 62, "large": 176}
"""In a low room: heights of the row of activations and of the small views, and the width of the large one."""
WEIGHTS: Final = {"beside": 276, "square": 200, "small": 124}
"""Parts of the height that rows at the right have against each other."""
LEAST_WIDTH: Final = 520
RIGHT: Final = 264
"""Width that small views at the right have at least."""
HEADED: Final = 31
"""A card with a square in it is so much higher than wide: its title, less the padding at its sides."""


class Rect(NamedTuple):
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Room:
    """The stage: its size and gaps in pixels, and the text scale."""

    width: int
    height: int
    scale: float = 1.0
    gap: int = 8


@dataclass(frozen=True)
class Sheet:
    """Where everything stands.

    Attributes
    ----------
    places
        The rectangle of every card, by view.
    slim
        The view that is a row with its title at the left; empty for none.
    strip
        Where the names are; None where there is no room for them.
    names
        The views in the strip.
    has_beside
        Whether one view stands in the network's place.
    height
        What the cards need at least; the stage scrolls where it has less.
    """

    places: Mapping[str, Rect]
    slim: str
    strip: Rect | None
    names: tuple[str, ...]
    has_beside: bool
    height: int


def lay_out(room: Room, order: Hierarchy, extras: Sequence[str]) -> Sheet:
    """Return where everything stands; `extras` are the views besides the four that there are, in the strip's order."""
    width = room.width / room.scale
    if width >= WITH_NETWORK[0] and room.height / room.scale >= WITH_NETWORK[1]:
        return _Layout(room, order, extras, "network").sheet()
    sheet = _Layout(room, order, extras, "side" if width >= SIDE_BY_SIDE else "under").sheet()
    return sheet if sheet.height <= room.height else _Layout(room, order, extras, "low").sheet()


class _Layout:
    """Fills one sheet."""

    def __init__(self, room: Room, order: Hierarchy, extras: Sequence[str], form: str) -> None:
        self._room = room
        self._order = order
        self._form = form
        self._extras = tuple(extras)
        self._places: dict[str, Rect] = {}
        usual = order.beside if order.beside in (*extras, *FOUR) else ""
        self._beside = usual if form == "network" and usual != order.large else ""
        kept = "" if form == "network" else order.companion
        self._companion = kept if kept in extras else ""
        self._small = [view for view in FOUR if view not in (order.large, self._beside)]
        self._width = max(room.width, self._px(LEAST_WIDTH))

    def sheet(self) -> Sheet:
        """Return the sheet."""
        slim = ACTIVATIONS if ACTIVATIONS in self._small else ""
        names = tuple(view for view in self._extras if self._is_offered(view))
        high = self._form != "low" and self._room.height >= self._px(STRIP_FROM[self._form != "under"])
        with_strip = bool(names) and high
        strip_height = self._px(STRIP) + self._room.gap if with_strip else 0
        least = self._under(strip_height, 0) if self._form == "under" else self._beside_large(strip_height, 0)
        height = max(self._room.height, least)
        self._places.clear()
        if self._form == "under":
            self._under(strip_height, height)
        else:
            self._beside_large(strip_height, height)
        strip = Rect(0, height - self._px(STRIP), self._width, self._px(STRIP)) if with_strip else None
        if self._form == "under" and not slim:
            slim = FLOW
        return Sheet(dict(self._places), slim, strip, names, self._form == "network", height)

    def _is_offered(self, view: str) -> bool:
        """Tell whether a view is in the strip: it is out of view, or somebody asked for it there."""
        order = self._order
        if view in (order.large, self._companion):
            return False
        return view != self._beside or view != order.usual_beside

    # the large view at the left, small ones at the right, activations under all --------------------------------------

    def _beside_large(self, strip: int, height: int) -> int:
        """Place everything in `height` pixels, and return how many are needed."""
        gap, low = self._room.gap, self._form == "low"
        rows = self._rows_at_the_right()
        if low:
            least = [self._px(LOWEST["small"])] * len(rows)
            slim = self._px(LOWEST["slim"])
            spare = self._room.height - strip - slim - sum(least) - gap * len(rows)
            slim = min(self._px(SLIM["low"]), slim + max(0, spare // 3))
        else:
            least = [self._px(LEAST["square" if PLANE in row else "small"]) for row in rows]
            slim = self._px(SLIM[self._form])
        under = strip + (slim + gap if ACTIVATIONS in self._small else 0)
        needed = under + max(sum(least) + gap * (len(rows) - 1), 0 if low else self._px(LEAST["large"]))
        upper = max(height, needed) - under
        left = self._width_of_large(upper)
        self._places[self._order.large] = Rect(0, 0, left, upper)
        weights = [WEIGHTS[self._weight_of(row)] for row in rows]
        if low and self._companion:
            # a view that somebody asked for has words and tools, which need the width
            wide = min(self._px(LOWEST["large"]), round((0.28 if self._order.large in FOUR else 0.19) * self._width))
            self._places[self._companion] = Rect(left + gap, 0, wide, upper)
            left += gap + wide
        y = 0
        for row, tall in zip(rows, _shared(upper - gap * (len(rows) - 1), weights, least), strict=True):
            self._place_row(row, left + gap, y, self._width - left - gap, tall)
            y += tall + gap
        if ACTIVATIONS in self._small:
            self._places[ACTIVATIONS] = Rect(0, upper + gap, self._width, slim)
        return needed

    def _rows_at_the_right(self) -> list[list[str]]:
        small = [view for view in self._small if view != ACTIVATIONS]
        if self._beside:
            pair = [view for view in small if view != FLOW]
            rows = [[self._beside], pair, [FLOW] if FLOW in small else []]
        elif self._form == "low":
            rows = [small[:2], small[2:]] if len(small) > 2 and not self._companion else [[view] for view in small]
        else:
            rows = [[self._companion] if self._companion else [], *([view] for view in small)]
        return [row for row in rows if row]

    def _weight_of(self, row: list[str]) -> str:
        if row == [self._beside]:
            return "beside"
        return "square" if row == [self._companion] else "small"

    def _width_of_large(self, height: int) -> int:
        """Return a width for a square as large as the height leaves, unless too little is left for the small ones."""
        width, gap = self._width, self._room.gap
        if self._form == "network":
            right = max(round(0.46 * width), width - gap - (height - self._px(HEADED)))
            return width - gap - min(right, round(0.6 * width))
        if self._form == "low" and self._order.large == PLANE:
            return max(self._px(LOWEST["large"]), min(height - self._px(HEADED), round(0.4 * width)))
        if self._form == "low":
            asked_for = self._order.large not in FOUR
            return round((0.5 if asked_for else 0.32 if self._companion else 0.45) * width)
        return width - gap - max(self._px(RIGHT), round(0.36 * width))

    # the large view over the activations over two small ones ---------------------------------------------------------

    def _under(self, strip: int, height: int) -> int:
        """Place everything in `height` pixels, and return how many are needed."""
        gap, large = self._room.gap, self._order.large
        least = [self._px(LEAST[name]) for name in ("large", "slim", "small")]
        needed = strip + sum(least) + 2 * gap
        room = max(height, needed) - strip - 2 * gap
        slim = min(self._px(112), max(least[1], round(0.187 * room)))
        small = min(self._px(208), max(least[2], round(0.275 * room)))
        top = room - slim - small
        row = ACTIVATIONS if ACTIVATIONS in self._small else FLOW
        pair = [view for view in self._small if view != row]
        beside = self._companion or (pair.pop(0) if len(pair) > 2 else "")
        square = max(top - self._px(HEADED), self._px(LEAST["square"] - HEADED))
        if not beside:
            widths = [self._width]
        elif large == PLANE:
            left = min(square, self._width // 2)
            widths = [left, self._width - gap - left]
        else:
            right = min(square, round(0.36 * self._width))
            widths = [self._width - gap - right, right]
        x = 0
        for view, wide in zip([large, beside], widths, strict=False):
            self._places[view] = Rect(x, 0, wide, top)
            x += wide + gap
        self._places[row] = Rect(0, top + gap, self._width, slim)
        self._place_row(pair, 0, top + slim + 2 * gap, self._width, small)
        return needed

    # helpers ---------------------------------------------------------------------------------------------------------

    def _place_row(self, row: Sequence[str], x: int, y: int, width: int, height: int) -> None:
        gap = self._room.gap
        for view, wide in zip(row, _shared(width - gap * (len(row) - 1), [1] * len(row), [1] * len(row)), strict=True):
            self._places[view] = Rect(x, y, wide, height)
            x += wide + gap

    def _px(self, length: float) -> int:
        return round(length * self._room.scale)


def _shared(whole: int, weights: Sequence[int], least: Sequence[int]) -> list[int]:
    """Return parts of `whole` by weight, none under its least; the first takes what rounding leaves."""
    parts = [0] * len(weights)
    open_ = set(range(len(weights)))
    while open_:
        rest = whole - sum(parts[index] for index in range(len(parts)) if index not in open_)
        total = sum(weights[index] for index in open_)
        short = {index for index in open_ if rest * weights[index] // total < least[index]}
        for index in short or open_:
            parts[index] = least[index] if short else rest * weights[index] // total
        open_ -= short or set(open_)
    if parts:
        parts[0] += whole - sum(parts)
    return parts

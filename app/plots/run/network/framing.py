"""How much of a widget is left for units when names, titles and numbers have their room."""

from typing import Final

from app.look.ink import Ink
from app.plots.run.network.layout import Room
from app.plots.run.network.paint import NAME_GAP
from app.plots.run.network.values import Net, NetLayer

SIDES: Final = {(False, True): (28, 40), (True, True): (88, 104), (False, False): (24, 24), (True, False): (44, 44)}
"""Pixels that a hidden unit and one of input or output would like to have, at text scale 1.

By whether the picture is large, and whether units have maps.
"""
LEAST_SIDE: Final = 20
GAP: Final = 4
TOOLS: Final = 36
"""Pixels under the titles of a large picture, for what changes the network; at text scale 1."""
_TITLE_GAP: Final = 16
_WIDEST_NAME: Final = 90
_EDGE: Final = 3
"""Kept free at both sides: rings are wider than squares."""


def room_for(net: Net, size: tuple[int, int], ink: Ink, *, large: bool) -> Room:
    """Return the room for the units of a network in a widget of this size."""
    maps = any(layer.maps is not None for layer in net.layers)
    side, end_side = (float(ink.px(each)) for each in SIDES[large, maps])
    if net.layers[0].tile is not None:
        end_side = float(ink.px(SIDES[large, True][1]))
    left, right = float(_EDGE), float(_EDGE)
    if net.layers[0].unit_names and not large:
        left += NAME_GAP + widest(net.layers[0], ink)
    if net.layers[-1].unit_names:
        right += NAME_GAP + widest(net.layers[-1], ink)
    caption = ink.height("tick") + 2 if large and any(layer.values is not None for layer in net.layers) else 0.0
    top = head_height(ink) + _TITLE_GAP if large else 0.0
    if large:
        # a title is wider than a unit, and + and - under it are
        left, right = max(left, float(ink.px(30))), max(right, float(ink.px(30)))
    room = Room(left, top, size[0] - right, size[1] - (1.0 if large else 0.0), side, end_side, LEAST_SIDE, GAP, caption)
    if not large or all(layer.units <= room.rows for layer in net.layers):
        return room
    bottom = room.bottom - ink.height("tick") - 1
    return Room(left, top, room.right, bottom, side, end_side, LEAST_SIDE, GAP, caption)


def head_height(ink: Ink) -> float:
    """Return the pixels of titles and tools over a large picture."""
    return ink.height("value") + ink.height("tick") + ink.px(TOOLS)


def widest(layer: NetLayer, ink: Ink) -> float:
    """Return the pixels of the longest name of a unit, and of the values beside it."""
    names = max((ink.width(name, "strong tick") for name in layer.unit_names), default=0.0)
    values = ink.width("−0.000", "tick") if layer.values is not None else 0.0
    return min(max(names, values), ink.px(_WIDEST_NAME))

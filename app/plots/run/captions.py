"""What is written round each histogram: the layer, its share of zeros, and the ends of its axis, as room allows."""

import math
from collections.abc import Sequence
from typing import Final

from app.look.ink import Ink
from app.look.numbers import count, percent, short
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import CENTRE, ENDS, AnyNote, Note, RuleNote
from app.plots.run.panels import Panel
from app.system.i18n import _
from simulator.training import Histogram, LayerFrame

FEW: Final = 1e-4
"""A smaller share is written as less than this."""
_MANY: Final = 6
"""With more layers, shares of zeros are written only where nearly all is zero."""
_NEARLY_ALL: Final = 0.9
_VERY_MANY: Final = 10
"""With more layers, names become numbers."""
_GAP: Final = 8
_LEAST_GAP: Final = 4
"""Pixels between words that stand in one line."""


def panel_notes(
    panels: Sequence[Panel],
    names: Sequence[str],
    layers: Sequence[LayerFrame],
    ends: Sequence[tuple[float, float]],
    selected: int | None,
    ink: Ink,
) -> list[AnyNote]:
    """Return the words over and under every histogram."""
    line = ink.height()
    room = min(panel.width for panel in panels)
    if len(names) > _VERY_MANY:
        names = [_number_of(name) for name in names]
    fitted = fit_names(names, room, lambda text: ink.width(text, "strong tick"))
    widest = max(ink.width(name, "strong tick") for name in fitted)
    # where even numbers have no room, every second one or third, and that of the chosen layer
    stride = max(1, math.ceil((widest + _LEAST_GAP) / (room + _LEAST_GAP)))
    notes: list[AnyNote] = []
    for index, (panel, name, layer) in enumerate(zip(panels, fitted, layers, strict=True)):
        top, foot = panel.y + line / 2, panel.y + panel.height - line
        words, colour = _remark(layer.output, len(names))
        if words:
            left = panel.width - ink.width(words) - _GAP
            shorter = fit_names([name], left, lambda text: ink.width(text, "strong tick"))[0]
            name = shorter if shorter and ink.width(shorter, "strong tick") <= left else name
        taken = ink.width(name, "strong tick") + (_GAP + ink.width(words) if words else 0)
        strong = "strong tick" if index == selected or len(names) <= _VERY_MANY else "tick"
        if words and taken > panel.width and colour == "warn":
            notes.append(Note(words, panel.x, top, colour))
        elif (index - (selected or 0)) % stride == 0:
            notes.append(Note(name, panel.x, top, "text", strong))
            if words and taken <= panel.width:
                notes.append(Note(words, panel.x + panel.width, top, colour, align=ENDS))
        notes.append(RuleNote(panel.x, foot, panel.x + panel.width, foot, "track"))
        notes += _ends(panel, *ends[index], ink)
    return notes


def _ends(panel: Panel, low: float, high: float, ink: Ink) -> list[AnyNote]:
    """Write the ends of an axis, and 0 where it lies between them, as far as they keep apart."""
    row = panel.y + panel.height - ink.height() / 2
    right = panel.x + panel.width
    first, last = short(low), short(high)
    left_end, right_end = panel.x + ink.width(first), right - ink.width(last)
    if max(ink.width(first), ink.width(last)) > panel.width:
        return []
    if left_end + _GAP > right_end:
        if -low < high:
            return [Note(last, right, row, "muted", align=ENDS)]
        return [Note(first, panel.x, row, "muted")]
    notes: list[AnyNote] = [Note(first, panel.x, row, "muted"), Note(last, right, row, "muted", align=ENDS)]
    if low < 0 < high:
        zero = panel.x - low / (high - low) * panel.width
        half = ink.width("0") / 2
        if left_end + _GAP <= zero - half and zero + half <= right_end - _GAP:
            notes.append(Note("0", zero, row, "muted", align=CENTRE))
    return notes


def _remark(histogram: Histogram, layers: int) -> tuple[str, str]:
    """Return what is said of a layer beside its name, and the colour to say it in."""
    if histogram.not_finite:
        return _("{number} not finite").format(number=count(histogram.not_finite)), "warn"
    share = histogram.zero_share
    if not histogram.zeros or (layers > _MANY and share <= _NEARLY_ALL):
        return "", "muted"
    text = f"<{percent(FEW)}" if 0 < share < FEW else percent(share)
    return _("{share} zero").format(share=text), "muted"


def _number_of(name: str) -> str:
    """Return the number of a layer; the first and the last, which have none, keep their names."""
    return name.rpartition(" ")[2] if name[-1:].isdigit() else name

"""What is written under each histogram: the layer, its range, its share of zeros, laid out as room allows."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.look.ink import Ink
from app.look.numbers import bound, count, percent, short
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import CENTRE, ENDS, AnyNote, Note
from app.system.i18n import _
from simulator.training import Histogram, LayerFrame

GAP: Final = 8
"""Pixels between neighbours."""
_LEAST_GAP: Final = 4
WIDEST_SHARE: Final = 0.999
FEW: Final = 1e-4
"""A smaller share is written as less than this."""


@dataclass(frozen=True)
class Caption:
    """The words of one layer."""

    name: str
    limit: str
    zeros: str
    bad: str

    def details(self) -> str:
        """Return all but the name in one line."""
        return " · ".join(part for part in (self.limit, self.zeros, self.bad) if part)

    def widest(self) -> str:
        """Return details at least as wide: what fits must not depend on a share that changes with every frame."""
        return replace(self, zeros=_zeros(WIDEST_SHARE) if self.zeros else "").details()


@dataclass(frozen=True)
class Layout:
    """How the captions stand: their lines from above, and the heads of the lines in a gutter at the left.

    `bad_row` is the line that counts what is not finite, or -1. Of a line with a stride of n, every n-th text is
    written: all of them would lie over each other.
    """

    lines: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    gutter: float = 0.0
    bad_row: int = -1
    strides: tuple[int, ...] = ()


def caption(layer: LayerFrame, name: str) -> Caption:
    """Return what is to be said of one layer."""
    histogram = layer.output
    zeros = _zeros(histogram.zero_share) if histogram.zeros else ""
    bad = _("{number} not finite").format(number=count(histogram.not_finite)) if histogram.not_finite else ""
    return Caption(name, bound(histogram.limit), zeros, bad)


def lay_out(captions: Sequence[Caption], histograms: Sequence[Histogram], width: float, ink: Ink) -> Layout:
    """Return the calmest layout that fits: one line a layer, two lines, or a small table with heads."""
    room = width / max(1, len(captions)) - GAP

    def fits(texts: Sequence[str]) -> bool:
        # the chosen layer's name is in semi-bold
        return all(ink.width(text, "strong tick") <= room for text in texts)

    if fits([f"{each.name} · {each.widest()}" for each in captions]):
        return Layout((tuple(f"{each.name} · {each.details()}" for each in captions),))
    names = tuple(each.name for each in captions)
    if fits(names) and fits([each.widest() for each in captions]):
        return Layout((names, tuple(each.details() for each in captions)))
    return _table(captions, histograms, width, ink)


def _table(captions: Sequence[Caption], histograms: Sequence[Histogram], width: float, ink: Ink) -> Layout:
    """Return names and numbers under each other, with what the numbers are at the left."""
    heads, lines = ["", _("range")], [tuple(each.limit for each in captions)]
    with_zeros = any(histogram.zeros for histogram in histograms)
    if with_zeros:
        heads.append(_("zero"))
        lines.append(tuple(_share(histogram.zero_share) for histogram in histograms))
    bad_row = -1
    if any(histogram.not_finite for histogram in histograms):
        bad_row = len(heads)
        heads.append(_("not finite"))
        lines.append(tuple(count(histogram.not_finite) for histogram in histograms))

    def room() -> float:
        return (width - max(ink.width(head) for head in heads) - GAP) / max(1, len(captions)) - GAP

    if with_zeros and ink.width(percent(WIDEST_SHARE)) > room():
        heads[2] = _("zero, %")
        lines[1] = tuple(short(round(100 * histogram.zero_share)) for histogram in histograms)
    names = fit_names([each.name for each in captions], room(), lambda text: ink.width(text, "strong tick"))
    gutter = max(ink.width(head) for head in heads) + GAP
    pitch = (width - gutter) / max(1, len(captions))
    texts = (tuple(names), *lines)
    strides = tuple(
        max(1, math.ceil((max(ink.width(text, "strong tick") for text in line) + _LEAST_GAP) / pitch)) for line in texts
    )
    return Layout(texts, tuple(heads), gutter, bad_row, strides)


def caption_notes(
    layout: Layout, columns: Sequence[float], top: float, selected: int | None, ink: Ink
) -> list[AnyNote]:
    """Return the captions as notes: centred on `columns`, the first line's top at `top`."""
    line = ink.height()
    notes: list[AnyNote] = []
    for row, texts in enumerate(layout.lines):
        middle = top + (row + 0.5) * line
        if layout.heads and layout.heads[row]:
            notes.append(Note(layout.heads[row], layout.gutter - GAP, middle, "muted", align=ENDS))
        stride = layout.strides[row] if layout.strides else 1
        for index, (text, column) in enumerate(zip(texts, columns, strict=True)):
            if (index - (selected or 0)) % stride:
                continue
            strong = row == 0 and index == selected
            colour = "warn" if row == layout.bad_row and text != "0" else "text" if strong else "muted"
            notes.append(Note(text, column, middle, colour, "strong tick" if strong else "tick", CENTRE))
    return notes


def _zeros(share: float) -> str:
    return _("{share} zero").format(share=_share(share))


def _share(share: float) -> str:
    """Return a share in percent; of a few numbers among very many, that they are few."""
    return f"<{percent(FEW)}" if 0 < share < FEW else percent(share)

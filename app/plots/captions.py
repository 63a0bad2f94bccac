"""What is written under each histogram: the layer, its range, its share of zeros, laid out as room allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.i18n import _
from app.plots.ink import Ink
from app.plots.layer_names import fit_names
from app.plots.notes import CENTRE, ENDS, AnyNote, Note
from app.plots.numbers import count, percent, short
from simulator import Histogram, LayerFrame

GAP: Final = 8
"""Pixels between neighbours."""


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


@dataclass(frozen=True)
class Layout:
    """How the captions stand: their lines from above, and the heads of the lines in a gutter at the left."""

    lines: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    gutter: float = 0.0


def caption(layer: LayerFrame, name: str) -> Caption:
    """Return what is to be said of one layer."""
    histogram = layer.output
    zeros = _("{share} zero").format(share=percent(histogram.zero_share)) if histogram.zeros else ""
    bad = _("{number} not finite").format(number=count(histogram.not_finite)) if histogram.not_finite else ""
    return Caption(name, f"±{short(histogram.limit)}", zeros, bad)


def lay_out(captions: Sequence[Caption], histograms: Sequence[Histogram], width: float, ink: Ink) -> Layout:
    """Return the calmest layout that fits: one line a layer, two lines, or a small table with heads."""
    room = width / max(1, len(captions)) - GAP

    def fits(texts: Sequence[str]) -> bool:
        # the chosen layer's name is in semi-bold
        return all(ink.width(text, "strong tick") <= room for text in texts)

    whole = [f"{each.name} · {each.details()}" for each in captions]
    if fits(whole):
        return Layout((tuple(whole),))
    names, details = tuple(each.name for each in captions), tuple(each.details() for each in captions)
    if fits(names) and fits(details):
        return Layout((names, details))
    heads, lines = [""], [names]
    heads.append(_("range"))
    lines.append(tuple(each.limit for each in captions))
    if any(histogram.zeros for histogram in histograms):
        heads.append(_("zero"))
        lines.append(tuple(percent(histogram.zero_share) for histogram in histograms))
    if any(histogram.not_finite for histogram in histograms):
        heads.append(_("not finite"))
        lines.append(tuple(short(histogram.not_finite) for histogram in histograms))
    gutter = max(ink.width(head) for head in heads) + GAP
    room = (width - gutter) / max(1, len(captions)) - GAP
    lines[0] = tuple(fit_names(names, room, lambda text: ink.width(text, "strong tick")))
    return Layout(tuple(lines), tuple(heads), gutter)


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
        for index, (text, column) in enumerate(zip(texts, columns, strict=True)):
            strong = row == 0 and index == selected
            colour = "text" if strong else "muted"
            notes.append(Note(text, column, middle, colour, "strong tick" if strong else "tick", CENTRE))
    return notes

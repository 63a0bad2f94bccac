"""The words of a graph: symbols in circles, values over edges, gradients and their estimates under them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF

from app.labs.microscope.gates.graph_geometry import (
    BESIDE_GAP,
    NAME_GAP,
    NUMERIC_STYLE,
    TOTAL_STYLE,
    EdgePath,
    Geometry,
    Widths,
)
from app.labs.microscope.gates.walk import Walk
from app.labs.microscope.texts import exact_text, value_text
from app.look.ink import Ink
from app.plots.canvas.notes import CENTRE, ENDS, STARTS, Note
from app.system.i18n import _
from simulator.analysis.gates import GraphEdge, Leaf

VALUE: Final = "value"
GRADIENT: Final = "gradient"
NUMERIC: Final = "numeric"
KEPT: Final = "kept"
"""What can be hidden."""


@dataclass(frozen=True)
class Writing:
    """What is written with: ink, the type style of numbers, their distance from lines, and what is hidden."""

    ink: Ink
    style: str
    lift: int
    hidden: frozenset[str]

    @property
    def line(self) -> float:
        """Pixels of a line of numbers."""
        return self.ink.height(self.style)


@dataclass(frozen=True)
class EdgeTexts:
    """What stands at an edge, empty where it is not known yet; whether its number is kept for the way back."""

    value: str
    gradient: str
    numeric: str
    kept: bool


def edge_texts(walk: Walk, writing: Writing) -> dict[GraphEdge, EdgeTexts]:
    """Return the texts of all edges, as far as they are known and not hidden."""
    found, hidden = {}, writing.hidden
    for edge, (value, gradient, numeric) in _all_texts(walk).items():
        known, back = walk.went_forward(walk.value_on(edge)), walk.has_gradient(edge)
        found[edge] = EdgeTexts(
            value if known and VALUE not in hidden else "",
            gradient if back and GRADIENT not in hidden else "",
            numeric if back and NUMERIC not in hidden else "",
            walk.is_kept(edge) and KEPT not in hidden,
        )
    return found


def widths_of(walk: Walk, writing: Writing) -> tuple[Widths, float]:
    """Return the pixels of all texts of each edge, known or not, so that nothing moves; and of the widest sum."""
    ink, styles = writing.ink, (writing.style, writing.style, NUMERIC_STYLE)
    widths = {}
    for edge, texts in _all_texts(walk).items():
        value, gradient, numeric = (ink.width(text, style) for text, style in zip(texts, styles, strict=True))
        widths[edge] = value, gradient, numeric
    return widths, max(ink.width(_total_text(walk, leaf.name), TOTAL_STYLE) for leaf in walk.graph.leaves)


def graph_notes(walk: Walk, geometry: Geometry, texts: Mapping[GraphEdge, EdgeTexts], writing: Writing) -> list[Note]:
    """Return everything that is written."""
    notes = []
    for name, middle in geometry.circles.items():
        notes += _circle_notes(walk, name, middle, geometry, writing)
    for edge, path in geometry.edges.items():
        notes += _edge_notes(texts[edge], path, writing)
    for leaf in walk.graph.leaves:
        notes += _leaf_notes(walk, leaf, geometry.names[leaf.name], writing)
    return notes


def value_note(texts: EdgeTexts, path: EdgePath, writing: Writing) -> Note:
    """Return the value over an edge."""
    row = path.anchor.y() - writing.lift - writing.line / 2
    return Note(texts.value, path.anchor.x(), row, "accent", writing.style, path.above)


def _all_texts(walk: Walk) -> dict[GraphEdge, tuple[str, str, str]]:
    """Return value, gradient and numeric estimate of every edge."""
    found = walk.found
    return {
        edge: (
            value_text(found.values[walk.value_on(edge)]),
            value_text(gradient),
            _("({number})").format(number=exact_text(found.numeric_edges[edge])),
        )
        for edge, gradient in found.edges.items()
    }


def _circle_notes(walk: Walk, name: str, middle: QPointF, geometry: Geometry, writing: Writing) -> list[Note]:
    ink, symbol, radius = writing.ink, walk.graph.symbol(name), geometry.radius
    style = "value" if ink.width(symbol, "title") > 1.6 * radius else "title"
    notes = [Note(symbol, middle.x(), middle.y(), "text" if walk.went_forward(name) else "muted", style, CENTRE)]
    caption = walk.graph.node(name).caption
    if walk.is_here(name):
        colour = "warn" if walk.backward else "accent"
        # at the right, as edges come in from the left; and on the side that the edge out leaves free
        path = geometry.edges[walk.graph.edges_of(name)[0]]
        away = radius + 0.6 * writing.line
        row = middle.y() + (away if path.points[-1].y() < middle.y() - 1 else -away)
        notes.append(Note(_("here now"), middle.x() + radius / 4, row, colour, "value", STARTS))
    elif caption:
        row = middle.y() - radius - 0.8 * ink.height(NUMERIC_STYLE)
        notes.append(Note(_(caption), middle.x() + radius / 2, row, "muted", NUMERIC_STYLE, STARTS))
    return notes


def _edge_notes(texts: EdgeTexts, path: EdgePath, writing: Writing) -> list[Note]:
    ink, style, at = writing.ink, writing.style, path.anchor
    line, small = writing.line, ink.height(NUMERIC_STYLE)
    notes = [value_note(texts, path, writing)] if texts.value else []
    row = at.y() + writing.lift + line / 2
    if path.beside and texts.numeric and texts.gradient:
        width = ink.width(texts.gradient, style) + BESIDE_GAP + ink.width(texts.numeric, NUMERIC_STYLE)
        start = at.x() - width * (path.below + 1) / 2
        notes.append(Note(texts.gradient, start, row, "warn", style, STARTS))
        notes.append(Note(texts.numeric, start + width, row, "muted", NUMERIC_STYLE, ENDS))
        return notes
    if texts.gradient:
        notes.append(Note(texts.gradient, at.x(), row, "warn", style, path.below))
        row += line / 2 + small / 2 - 1
    if texts.numeric:
        notes.append(Note(texts.numeric, at.x(), row, "muted", NUMERIC_STYLE, path.below))
    return notes


def _leaf_notes(walk: Walk, leaf: Leaf, at: QPointF, writing: Writing) -> list[Note]:
    notes = [Note(leaf.label, at.x(), at.y(), "text", "title", STARTS)]
    edges = walk.graph.edges_of(leaf.name)
    if len(edges) > 1 and GRADIENT not in writing.hidden and all(walk.has_gradient(edge) for edge in edges):
        notes.append(Note(_total_text(walk, leaf.name), at.x() - NAME_GAP, at.y(), "warn", TOTAL_STYLE, ENDS))
    return notes


def _total_text(walk: Walk, name: str) -> str:
    """Return the sum of the gradients of a leaf that is used twice."""
    return _("sum {total}").format(total=value_text(walk.found.totals[name]))

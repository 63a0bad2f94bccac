"""A graph in pixels: where its circles are, how its edges run, and where the numbers of each edge stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

from app.labs.microscope.gates.layout import Layout, Place, lay_out
from app.look.ink import Ink
from app.plots.canvas.notes import CENTRE, ENDS, STARTS
from simulator.analysis.gates import OUTPUT_EDGE, Graph, GraphEdge

VALUE_STYLE: Final = {False: "title", True: "value"}
"""Type style of the numbers on edges, by whether room is saved."""
NUMERIC_STYLE: Final = "tick"
RADIUS: Final = {False: 21, True: 18}
MARGIN: Final = 8
NAME_GAP: Final = 8
"""Between the name of a leaf and its edge."""
LEAD: Final = 8
"""Between numbers and the circles beside them."""
SLANT: Final = 30
"""What a slanted edge takes besides its numbers."""
LEAST_TEXT: Final = 40
"""The numbers of a leaf have this width at least, so that short ones do not stand out."""
LIFT: Final = {False: 5, True: 3}
"""Between a line and the numbers over and under it."""
BESIDE_GAP: Final = 6
MOST_STRETCH: Final = 1.9
ALONG: Final = {False: 0.36, True: 0.5}
"""Where on a slanted edge its numbers stand, by whether it falls: clear of those of the next one."""
ALONG_BRANCH: Final = 0.62
"""The same where two edges begin at one leaf: nearer to the end."""
ALONG_CLOSE: Final = 0.5
"""The same where rows are close: away from the circles at the start."""
TOTAL_STYLE: Final = "value"


Widths = Mapping[GraphEdge, tuple[float, float, float]]


@dataclass(frozen=True)
class EdgePath:
    """One edge: the points of its line, and where its numbers are anchored.

    Attributes
    ----------
    points
        From where it begins to the circle it ends at.
    anchor
        The point of the line that the numbers stand over and under.
    above, below
        How the numbers over and under the line are aligned there.
    beside
        Whether the numeric estimate stands beside the gradient instead of under it.
    """

    points: tuple[QPointF, ...]
    anchor: QPointF
    above: int
    below: int
    beside: bool


@dataclass(frozen=True)
class Geometry:
    """Everything that is drawn, in pixels."""

    radius: float
    circles: Mapping[str, QPointF]
    names: Mapping[str, QPointF]
    """Where the names of leaves begin, at middle height."""
    edges: Mapping[GraphEdge, EdgePath]
    least: QSizeF
    """The room it needs; with less, the view has to scroll."""


def measure(graph: Graph, widths: Widths, total: float, room: QRectF, ink: Ink, *, compact: bool = False) -> Geometry:
    """Return the geometry of a graph in `room`.

    Parameters
    ----------
    widths
        Pixels that the value, the gradient and the numeric estimate of each edge take.
    total
        Pixels that the widest sum of gradients takes.
    """
    return _Measuring(graph, widths, total, room, ink, compact).geometry()


class _Measuring:
    def __init__(
        self,
        graph: Graph,
        widths: Widths,
        total: float,
        room: QRectF,
        ink: Ink,
        compact: bool,
    ) -> None:
        self._graph = graph
        self._widths = widths
        self._ink = ink
        self._layout: Layout = lay_out(graph)
        self._radius = float(ink.px(RADIUS[compact]))
        self._line = ink.height(VALUE_STYLE[compact])
        self._leaves = {leaf.name: leaf.label for leaf in graph.leaves}
        branches = [name for name in self._leaves if len(graph.edges_of(name)) > 1]
        self._branches = frozenset(branches)
        # left of a leaf that is used twice there is room for the sum of its gradients
        self._indent = total + NAME_GAP if branches else 0.0
        self._lift = LIFT[compact]
        self._least_row = 2 * self._line + 2 * self._lift
        margin = ink.px(MARGIN)
        self._room = room.adjusted(margin + self._indent, margin, -margin, -margin)
        self._pitch = max(self._least_row, self._room.height() / max(1, self._layout.rows))
        # three lines on an edge where the next edge is far enough away
        self._three_lines = self._least_row + ink.height(NUMERIC_STYLE)
        self._columns = self._place_columns()

    def geometry(self) -> Geometry:
        circles = {node.name: self._point(self._layout.places[node.name]) for node in self._graph.nodes}
        names = {name: self._point(self._layout.places[name]) - QPointF(self._radius, 0) for name in self._leaves}
        edges = {
            (node.name, place): self._edge(used, node.name, (node.name, place), circles, names)
            for node in self._graph.nodes
            for place, used in enumerate(node.inputs)
        }
        edges[OUTPUT_EDGE] = self._way_out(circles[self._graph.nodes[-1].name])
        margin = self._ink.px(MARGIN)
        least = QSizeF(
            sum(self._needs()) + 2 * self._radius + 2 * margin + self._indent,
            self._least_row * self._layout.rows + 2 * margin,
        )
        return Geometry(self._radius, circles, names, edges, least)

    # columns

    def _place_columns(self) -> list[float]:
        """Return the middles of the columns; spare room is shared out, though not without end."""
        needs = self._needs()
        total = sum(needs)
        free = self._room.width() - 2 * self._radius
        stretch = min(MOST_STRETCH, max(1.0, free / total))
        at = self._room.left() + self._radius + max(0.0, (free - stretch * total) / 2)
        places = []
        for need in needs:
            places.append(at)
            at += stretch * need
        return places

    def _needs(self) -> list[float]:
        """Return the pixels from each column to the next, and from the last one to the end."""
        needs = [2 * self._radius + 30.0] * self._layout.columns
        for edge, (value, gradient, numeric) in self._widths.items():
            if edge == OUTPUT_EDGE:
                needs[-1] = max(needs[-1], self._radius + max(value, gradient) + 2 * LEAD)
                continue
            name = self._graph.node(edge[0]).inputs[edge[1]]
            start, end = self._layout.places[name], self._layout.places[edge[0]]
            gaps = end.column - start.column
            if name in self._leaves:
                need = self._ink.width(self._leaves[name], "title") + NAME_GAP + self._leaf_text(edge) + SLANT
            elif start.row == end.row:
                # the estimate stands lower than the circles reach
                need = max(2 * self._radius + max(value, gradient) + LEAD, numeric + LEAD)
            elif self._is_beside(edge):
                # the numbers end half way
                need = 2 * (self._radius + gradient + BESIDE_GAP + numeric)
            else:
                need = 2 * self._radius + 0.6 * max(value, gradient) + SLANT
            for column in range(start.column, end.column):
                needs[column] = max(needs[column], need / gaps)
        return needs

    def _leaf_text(self, edge: GraphEdge) -> float:
        """Return the width of the numbers at the edge of a leaf."""
        value, gradient, numeric = self._widths[edge]
        below = gradient + BESIDE_GAP + numeric if self._is_beside(edge) else max(gradient, numeric)
        return max(LEAST_TEXT, value, below)

    def _is_beside(self, edge: GraphEdge) -> bool:
        """Tell whether the numeric estimate stands beside the gradient: where edges lie close above each other."""
        if self._is_level(edge):
            return False
        name = self._graph.node(edge[0]).inputs[edge[1]]
        if name in self._leaves and name not in self._branches:
            return self._pitch < self._three_lines - self._lift
        rows = sorted(self._anchor_row(used, edge[0]) for used in self._graph.node(edge[0]).inputs)
        apart = min((low - high for high, low in pairwise(rows)), default=float(self._layout.rows))
        return apart * self._pitch < self._three_lines

    def _anchor_row(self, used: str, into: str) -> float:
        """Return the row in which the numbers of an edge stand; those of a leaf stand in its own."""
        start, end = self._layout.places[used].row, self._layout.places[into].row
        if used in self._leaves and used not in self._branches:
            return start
        return start + (ALONG_BRANCH if used in self._branches else ALONG[end > start]) * (end - start)

    def _is_level(self, edge: GraphEdge) -> bool:
        if edge == OUTPUT_EDGE:
            return True
        name = self._graph.node(edge[0]).inputs[edge[1]]
        return name not in self._leaves and self._layout.places[name].row == self._layout.places[edge[0]].row

    # edges

    def _point(self, place: Place) -> QPointF:
        height = self._pitch * self._layout.rows
        top = self._room.top() + max(0.0, (self._room.height() - height) / 2)
        return QPointF(self._columns[place.column], top + (place.row + 0.5) * self._pitch)

    def _edge(
        self, used: str, into: str, edge: GraphEdge, circles: Mapping[str, QPointF], names: Mapping[str, QPointF]
    ) -> EdgePath:
        end = circles[into]
        beside = self._is_beside(edge)
        if used in self._branches:
            name = names[used] + QPointF(self._ink.width(self._leaves[used], "title") / 2, 0)
            clear = self._ink.width(self._leaves[used], "title") / 2 + NAME_GAP
            return self._slanted(_towards(name, end, clear), _towards(end, name, self._radius), ALONG_BRANCH, beside)
        if used in self._leaves:
            begin = names[used] + QPointF(self._ink.width(self._leaves[used], "title") + NAME_GAP, 0)
            text = self._leaf_text(edge)
            # level as far as it goes: slanted lines take the room of other numbers
            bend = QPointF(max(begin.x() + text, end.x() - self._radius - SLANT), begin.y())
            points = (begin, bend, _towards(end, bend, self._radius))
            return EdgePath(points, begin + QPointF(text / 2, 0), CENTRE, CENTRE, beside)
        start = circles[used]
        first, last = _towards(start, end, self._radius), _towards(end, start, self._radius)
        if self._is_level(edge):
            return EdgePath((first, last), (first + last) / 2, CENTRE, CENTRE, beside)
        return self._slanted(first, last, ALONG_CLOSE if beside else ALONG[last.y() > first.y()], beside)

    def _slanted(self, first: QPointF, last: QPointF, along: float, beside: bool) -> EdgePath:
        falls = last.y() > first.y()
        above, below = (STARTS, ENDS) if falls else (ENDS, STARTS)
        return EdgePath((first, last), first + (last - first) * along, above, below, beside)

    def _way_out(self, last: QPointF) -> EdgePath:
        value, gradient, numeric = self._widths[OUTPUT_EDGE]
        first = last + QPointF(self._radius, 0)
        end = first + QPointF(max(value, gradient, numeric) + LEAD, 0)
        return EdgePath((first, end), (first + end) / 2, CENTRE, CENTRE, False)


def _towards(centre: QPointF, other: QPointF, radius: float) -> QPointF:
    """Return the point of a circle that looks at another point."""
    away = other - centre
    length = (away.x() ** 2 + away.y() ** 2) ** 0.5
    return centre + away * (radius / length) if length > 0 else centre

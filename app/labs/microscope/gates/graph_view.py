"""A graph of gates, drawn: values over the edges, gradients under them, the gate that is at work."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.labs.microscope.arrows import paint_arrow
from app.labs.microscope.gates.graph_geometry import (
    LIFT,
    VALUE_STYLE,
    EdgePath,
    Geometry,
    measure,
)
from app.labs.microscope.gates.graph_notes import (
    GRADIENT,
    KEPT,
    NUMERIC,
    VALUE,
    EdgeTexts,
    Writing,
    edge_texts,
    graph_notes,
    value_note,
    widths_of,
)
from app.labs.microscope.gates.walk import Walk
from app.labs.microscope.texts import value_text
from app.look.ink import Ink
from app.look.marks import CIRCLE, SQUARE, LegendEntry
from app.plots.canvas.notes import Note, paint_notes
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.gates import OUTPUT_EDGE, GraphEdge

ARROW: Final = 9
DRAG: Final = 10
"""Pixels of a drag for one step of a number."""
STEP: Final = 0.1


class GraphView(QWidget):
    """Draws a `Walk`. A number of a leaf can be dragged; a click on a gate goes there.

    Signals
    -------
    number_dragged(str, float)
        A leaf's number was dragged to this value.
    gate_clicked(str)
        A gate was clicked: its name.
    """

    number_dragged = Signal(str, float)
    gate_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._walk: Walk | None = None
        self._hidden: set[str] = set()
        self._compact = False
        self._geometry: Geometry | None = None
        self._texts: dict[GraphEdge, EdgeTexts] = {}
        self._dragged: tuple[str, float, float] | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(_("The graph"))

    def legend(self) -> tuple[LegendEntry, ...]:
        """Return what the colours and marks mean."""
        return (
            LegendEntry(VALUE, _("value, above"), CIRCLE, "accent"),
            LegendEntry(GRADIENT, _("gradient of f, below"), CIRCLE, "warn"),
            LegendEntry(NUMERIC, _("(numeric estimate)"), CIRCLE, "muted"),
            LegendEntry(KEPT, _("kept for the way back"), SQUARE, "good", hollow=True),
        )

    def show_walk(self, walk: Walk) -> None:
        """Draw this."""
        self._walk = walk
        self._lay_out()
        self.setAccessibleDescription(self.describe())

    def set_series_shown(self, key: str, shown: bool) -> None:
        """Show or hide what a legend entry stands for."""
        (self._hidden.discard if shown else self._hidden.add)(key)
        self._lay_out()

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self._compact = compact
        self._lay_out()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._ink.forget()
        self._lay_out()

    def describe(self) -> str:
        """Return the numbers in words, as far as they are known."""
        if self._walk is None:
            return ""
        walk, graph = self._walk, self._walk.graph
        names = {leaf.name: leaf.label for leaf in graph.leaves} | {n.name: graph.symbol(n.name) for n in graph.nodes}
        known = [
            _("{name}: value {value}").format(name=names[name], value=value_text(value))
            for name, value in walk.found.values.items()
            if walk.went_forward(name)
        ]
        return ". ".join(known)

    def place_of(self, name: str) -> QPointF:
        """Return the middle of a gate's circle, or the middle of a leaf's number."""
        if self._geometry is None or self._walk is None:
            return QPointF()
        if name in self._geometry.circles:
            return self._geometry.circles[name]
        path = self._geometry.edges[self._walk.graph.edges_of(name)[0]]
        return path.anchor - QPointF(0, LIFT[self._compact] + self._line / 2)

    # layout ----------------------------------------------------------------------------------------------------------

    @property
    def _line(self) -> float:
        return self._ink.height(VALUE_STYLE[self._compact])

    @property
    def _writing(self) -> Writing:
        return Writing(self._ink, VALUE_STYLE[self._compact], LIFT[self._compact], frozenset(self._hidden))

    def _lay_out(self) -> None:
        if self._walk is None:
            return
        self._texts = edge_texts(self._walk, self._writing)
        room = QRectF(self.rect())
        widths, total = widths_of(self._walk, self._writing)
        self._geometry = measure(self._walk.graph, widths, total, room, self._ink, compact=self._compact)
        least = self._geometry.least.toSize()
        if least != self.minimumSize():
            self.setMinimumSize(least)
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._lay_out()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    # painting --------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._walk is None or self._geometry is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for edge, path in self._geometry.edges.items():
            self._paint_line(painter, edge, path)
        for name, middle in self._geometry.circles.items():
            self._paint_circle(painter, name, middle)
        for edge, path in self._geometry.edges.items():
            self._paint_kept(painter, edge, path)
        paint_notes(painter, self.notes, self._ink)
        painter.end()

    def _paint_line(self, painter: QPainter, edge: GraphEdge, path: EdgePath) -> None:
        walk = self._walk
        assert walk is not None
        back = walk.has_gradient(edge)
        known = walk.went_forward(walk.value_on(edge)) and (edge == OUTPUT_EDGE or walk.went_forward(edge[0]))
        colour = self._ink.colour("warn" if back else "edge" if known else "track")
        painter.setPen(QPen(colour, 2.6 if back else 1.6))
        painter.drawPolyline(QPolygonF(list(path.points)))
        points = path.points if not back else path.points[::-1]
        # the arrow turns round when the gradient passes
        paint_arrow(painter, points[-2], points[-1], colour, self._ink.px(ARROW))

    def _paint_circle(self, painter: QPainter, name: str, middle: QPointF) -> None:
        walk, ink = self._walk, self._ink
        assert walk is not None
        assert self._geometry is not None
        radius = self._geometry.radius
        here = walk.is_here(name)
        outline = (
            "warn" if walk.went_back(name) else "accent" if here else "muted" if walk.went_forward(name) else "track"
        )
        painter.setPen(QPen(ink.colour(outline), 3.2 if here else 2.0))
        painter.setBrush(ink.colour(("warn_soft" if walk.backward else "soft") if here else "card"))
        painter.drawEllipse(middle, radius, radius)

    def _paint_kept(self, painter: QPainter, edge: GraphEdge, path: EdgePath) -> None:
        """Paint the frame round a number that must be kept around."""
        texts = self._texts[edge]
        if not texts.kept or not texts.value:
            return
        note = value_note(texts, path, self._writing)
        width, height = self._ink.width(note.text, note.style), self._ink.height(note.style)
        box = QRectF(note.x - width * (note.align + 1) / 2, note.y - height / 2, width, height)
        painter.setPen(QPen(self._ink.colour("good"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-5, 0, 5, 0), 5, 5)

    @property
    def ink(self) -> Ink:
        """What is written with."""
        return self._ink

    @property
    def circles(self) -> tuple[QPointF, ...]:
        """The middles of the gates."""
        return () if self._geometry is None else tuple(self._geometry.circles.values())

    @property
    def radius(self) -> float:
        """Of the gates."""
        return 0.0 if self._geometry is None else self._geometry.radius

    @property
    def symbols(self) -> frozenset[str]:
        """What stands in the gates."""
        graph = None if self._walk is None else self._walk.graph
        return frozenset() if graph is None else frozenset(graph.symbol(node.name) for node in graph.nodes)

    @property
    def notes(self) -> list[Note]:
        """Everything that is written now."""
        if self._walk is None or self._geometry is None:
            return []
        return graph_notes(self._walk, self._geometry, self._texts, self._writing)

    # the mouse -------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._walk is None:
            return
        name = self._leaf_at(event.position())
        if name:
            self._dragged = (name, event.position().x(), self._walk.inputs[name])
            return
        gate = self._gate_at(event.position())
        if gate:
            self.gate_clicked.emit(gate)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            name, start, value = self._dragged
            steps = round((event.position().x() - start) / self._ink.px(DRAG))
            self.number_dragged.emit(name, round(value + STEP * steps, 6))
            return
        place = event.position()
        over = Qt.CursorShape.SizeHorCursor if self._leaf_at(place) else Qt.CursorShape.ArrowCursor
        self.setCursor(Qt.CursorShape.PointingHandCursor if self._gate_at(place) else over)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None

    def _leaf_at(self, place: QPointF) -> str:
        """Return the leaf whose number is there."""
        if self._geometry is None or self._walk is None:
            return ""
        for leaf in self._walk.graph.leaves:
            for edge in self._walk.graph.edges_of(leaf.name):
                anchor = self._geometry.edges[edge].anchor
                width = max(24.0, self._ink.width(self._texts[edge].value, VALUE_STYLE[self._compact]))
                box = QRectF(anchor.x() - width / 2, anchor.y() - LIFT[self._compact] - self._line, width, self._line)
                if box.adjusted(-8, -4, 8, 4).contains(place):
                    return leaf.name
        return ""

    def _gate_at(self, place: QPointF) -> str:
        if self._geometry is None:
            return ""
        for name, middle in self._geometry.circles.items():
            away = place - middle
            if away.x() ** 2 + away.y() ** 2 <= self._geometry.radius**2:
                return name
        return ""

"""A graph of gates under the microscope: numbers at the left, the graph, the gate's own curve, gradients so far."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel

from app.cards.legend import Legend
from app.cards.plot_card import PlotCard
from app.cards.view_card import ViewCard
from app.labs.microscope.batch.product_box import ProductBox
from app.labs.microscope.gates import gate_words
from app.labs.microscope.gates.graph_view import GraphView
from app.labs.microscope.gates.inputs_form import LIMIT, InputsForm
from app.labs.microscope.gates.step_controls import StepControls
from app.labs.microscope.gates.walk import Walk
from app.labs.microscope.layer.cell_table import Cell, CellTable
from app.labs.microscope.predict import PredictBox
from app.labs.microscope.scrolling import scrolled, show_around
from app.labs.microscope.subject import Subject
from app.labs.microscope.texts import difference_text, edge_name, exact_text
from app.plots.lab.gate_curve import GateCurvePlot
from app.system.i18n import _
from app.telling.lab_story import LabStory
from app.theme import Theme, set_role
from app.widgets.segmented import Choice, Segmented
from simulator.analysis.gates import GRAPHS, OUTPUT_EDGE, GateAt, Graph, GraphEdge

SPLIT: Final = "split"
WHOLE: Final = "whole"


class GatePage(Subject):
    """Steps through the graphs that are built in."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(theme, parent)
        self._graphs = {graph.id: graph for graph in GRAPHS}
        self._walks: dict[str, Walk] = {}
        self._moved = 0
        self.inputs = InputsForm()
        self.neuron = QLabel()
        self.split = Segmented()
        self._split_words = QLabel(_("Gates"))
        self.graph = GraphView(theme)
        self.graph_card = ViewCard(theme, _("Forward, then back"))
        self._scroll = scrolled(self.graph, _("The graph"))
        self.legend = Legend(theme)
        self.curve = GateCurvePlot(theme)
        self.curve_card = PlotCard(theme, self.curve)
        self.moved = Segmented()
        self.table = CellTable(theme, _("Gradients so far"), (_("edge"), _("computed"), _("numeric"), _("difference")))
        self.table_card = ViewCard(theme, _("Gradients so far"))
        self.story = LabStory()
        self.product = ProductBox()
        self.predict = PredictBox()
        self.controls = StepControls(theme, _("Next gate"), _("Lets the next gate do its work (Right)"))
        self._lay_out()
        self._connect()
        self.walk = self._walks.setdefault(SPLIT, Walk(self._graphs[SPLIT]))
        self.show_graph(SPLIT)

    def show_graph(self, graph_id: str) -> None:
        """Look at this graph, where it was left."""
        values = self.walk.inputs if {graph_id, self.walk.graph.id} == {SPLIT, WHOLE} else {}
        if graph_id not in self._walks:
            self._walks[graph_id] = Walk(self._graphs[graph_id])
        self.walk = self._walks[graph_id]
        for name, value in values.items():
            self.walk.put_in(name, value)
        names = [self.walk.graph.symbol(node.name) for node in self.walk.graph.nodes]
        self.controls.steps.set_steps(names, names[::-1])
        neuron = graph_id in (SPLIT, WHOLE)
        self.split.set_value(graph_id)
        self.split.setVisible(neuron)
        self._split_words.setVisible(neuron)
        self._follow()

    def go(self, position: int) -> None:
        """Go to a position of the walk."""
        self.walk.position = min(max(position, 0), self.walk.last)
        self._moved = 0
        self._follow()

    def set_compact(self, compact: bool) -> None:
        for card in (self.graph_card, self.curve_card, self.table_card):
            card.set_compact(compact)
        self.graph.set_compact(compact)
        self.controls.set_compact(compact)

    def apply_theme(self) -> None:
        for card in (self.graph_card, self.curve_card, self.table_card):
            card.apply_theme(self.theme)
        self.graph.apply_theme()
        self.legend.apply_theme(self.theme)
        self.table.apply_theme()
        self.controls.apply_theme()

    # following the walk ----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        walk = self.walk
        self.inputs.show_walk(walk)
        self.neuron.setText(gate_words.neuron_words(walk))
        self.neuron.setVisible(bool(self.neuron.text()))
        self.graph.show_walk(walk)
        if walk.current is not None:
            # where all of it has room nothing moves
            show_around(self._scroll, self.graph.place_of(walk.current.name), self.theme)
        told = gate_words.tell(walk)
        self.story.tell(gate_words.slides_of(walk.graph), told.headline, told.chapters)
        self.product.show_product(gate_words.product(walk))
        self.predict.follow(walk)
        self.controls.show_position(walk.position, gate_words.place_words(walk))
        self._show_curve()
        self._show_table()

    def _show_curve(self) -> None:
        walk, node = self.walk, self.walk.current
        several = node is not None and len(node.inputs) > 1
        self.moved.setVisible(several)
        if node is None:
            self.curve.show_data(None)
            return
        names = [
            next((leaf.label for leaf in walk.graph.leaves if leaf.name == name), "") or walk.graph.symbol(name)
            for name in node.inputs
        ]
        self.moved.set_choices([Choice(str(place), name) for place, name in enumerate(names)] if several else [])
        self.moved.set_value(str(self._moved))
        self.moved.setAccessibleName(_("Which input moves"))
        name = names[self._moved] if several else _("x")
        self.curve.show_data(
            GateAt(node.gate, tuple(walk.found.values[used] for used in node.inputs), self._moved, name)
        )

    def _show_table(self) -> None:
        edges = _edges_backwards(self.walk.graph)
        known = [place for place, edge in enumerate(edges) if self.walk.has_gradient(edge)]
        rows = [self._row(edge) for edge in edges] + self._totals()
        self.table.show_rows(rows, look_at=known[-1] if known else 0)
        total = sum(self.walk.has_gradient(edge) for edge in edges)
        self.table_card.subtitle_label.set_text(
            _("computed beside numeric, {known} of {all}").format(known=total, all=len(edges))
        )

    def _row(self, edge: GraphEdge) -> tuple[Cell, ...]:
        walk = self.walk
        name = edge_name(walk.graph, edge)
        if not walk.has_gradient(edge):
            return tuple(Cell(text, "muted") for text in (name, "…", "…", "…"))
        here = walk.current is not None and edge[0] == walk.current.name
        computed, numeric = walk.found.edges[edge], walk.found.numeric_edges[edge]
        return _numbers(name, computed, numeric, here)

    def _totals(self) -> list[tuple[Cell, ...]]:
        """Return a row for every value that is used more than once."""
        walk, rows = self.walk, []
        for leaf in walk.graph.leaves:
            edges = walk.graph.edges_of(leaf.name)
            if len(edges) > 1:
                name = _("{value} in all").format(value=leaf.label)
                if all(walk.has_gradient(edge) for edge in edges):
                    totals = walk.found.totals[leaf.name], walk.found.numeric_totals[leaf.name]
                    rows.append(_numbers(name, *totals, True))
                else:
                    rows.append(tuple(Cell(text, "muted") for text in (name, "…", "…", "…")))
        return rows

    # what the user does ----------------------------------------------------------------------------------------------

    def _put_in(self, name: str, value: float) -> None:
        value = min(LIMIT, max(-LIMIT, value))
        if value != self.walk.inputs[name]:
            self.walk.put_in(name, value)
            self._follow()

    def _reset(self) -> None:
        for name, value in self.walk.graph.starts().items():
            self.walk.put_in(name, value)
        self._follow()

    def _go_to_gate(self, name: str) -> None:
        """Go to where that gate works: on the way that one is on."""
        place = [node.name for node in self.walk.graph.nodes].index(name)
        self.go(self.walk.last - place if self.walk.backward else place + 1)

    def _fit_legend(self) -> None:
        header, margins = self.graph_card.header, self.graph_card.header_row.contentsMargins()
        taken = self.graph_card.title_label.sizeHint().width() + 2 * self.graph_card.header_row.spacing()
        self.legend.fit(header.width() - margins.left() - margins.right() - taken)

    def _move_input(self, choice: str) -> None:
        self._moved = int(choice)
        self._show_curve()

    def _connect(self) -> None:
        self.inputs.changed.connect(self._put_in)
        self.inputs.reset_asked.connect(self._reset)
        self.graph.number_dragged.connect(self._put_in)
        self.graph.gate_clicked.connect(self._go_to_gate)
        self.legend.toggled.connect(self.graph.set_series_shown)
        self.split.chosen.connect(self.show_graph)
        self.moved.chosen.connect(self._move_input)
        self.controls.rewound.connect(lambda: self.go(0))
        self.controls.went_back.connect(lambda: self.go(self.walk.position - 1))
        self.controls.went_on.connect(lambda: self.go(self.walk.position + 1))
        self.controls.gone.connect(self.go)

    def _lay_out(self) -> None:
        set_role(self._split_words, "muted")
        self.split.set_choices(
            [
                Choice(SPLIT, _("split up"), _("The sigmoid as four gates: ×−1, exp, +1, 1/x")),
                Choice(WHOLE, _("one sigmoid"), _("The sigmoid as one gate")),
            ]
        )
        self.split.setAccessibleName(_("Gates"))
        self.neuron.setWordWrap(True)
        set_role(self.neuron, "value")
        for control in (self._split_words, self.split, self.neuron, self.inputs):
            self._left.addWidget(control)
        self.graph_card.subtitle_label.set_text(_("drag a number"))
        self.graph_card.body.addWidget(self._scroll, 1)
        self.legend.set_entries(self.graph.legend())
        self.graph_card.header.fit_asked.connect(self._fit_legend)
        self.graph_card.add_tool(self.legend)
        self.curve_card.add_tool(self.moved)
        self.table_card.body.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.curve_card, 1)
        below.addWidget(self.table_card, 1)
        self._middle.addWidget(self.graph_card, 8)
        self._middle.addLayout(below, 5)
        for words in (self.story, self.product, self.predict):
            self._right.addWidget(words)
        self._right.addStretch(1)
        self._bottom.addWidget(self.controls)


def _edges_backwards(graph: Graph) -> list[GraphEdge]:
    """Return all edges in the order in which the way back reaches them."""
    inner = [(node.name, place) for node in reversed(graph.nodes) for place in range(len(node.inputs))]
    return [OUTPUT_EDGE, *inner]


def _numbers(name: str, computed: float, numeric: float, here: bool) -> tuple[Cell, ...]:
    return (
        Cell(name, strong=here),
        Cell(exact_text(computed), "warn", strong=True),
        Cell(exact_text(numeric), "muted"),
        Cell(difference_text(computed, numeric), "muted"),
    )

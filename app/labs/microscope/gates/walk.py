"""Where one stands in a graph: so many gates forward, then so many back, and what is known there."""

from dataclasses import dataclass, field

from simulator.analysis.gates import OUTPUT_EDGE, Graph, GraphEdge, Node, Propagated, propagate


@dataclass
class Walk:
    """A graph, the numbers that are put in, and a position from 0 (nothing done) to `last` (all gates there and back).

    Attributes
    ----------
    inputs
        Values of the leaves, by name.
    found
        What a whole pass forward and back finds; the position says how much of it has been reached.
    """

    graph: Graph
    inputs: dict[str, float] = field(default_factory=dict)
    position: int = 0
    found: Propagated = field(init=False)

    def __post_init__(self) -> None:
        self.inputs = {**self.graph.starts(), **self.inputs}
        self.found = propagate(self.graph, self.inputs)

    @property
    def gates(self) -> int:
        """Number of gates."""
        return len(self.graph.nodes)

    @property
    def last(self) -> int:
        """The last position."""
        return 2 * self.gates

    @property
    def backward(self) -> bool:
        """Whether the way back has begun."""
        return self.position > self.gates

    @property
    def current(self) -> Node | None:
        """The gate that has just done its work; None at the beginning."""
        return None if self.position == 0 else self.node_at(self.position)

    @property
    def following(self) -> Node | None:
        """The gate whose turn it is next; None at the end."""
        return None if self.position == self.last else self.node_at(self.position + 1)

    def node_at(self, position: int) -> Node:
        """Return the gate that does its work at a position from 1 on."""
        forward = position <= self.gates
        return self.graph.nodes[position - 1 if forward else self.last - position]

    def is_here(self, name: str) -> bool:
        """Tell whether that gate has just done its work."""
        return self.current is not None and self.current.name == name

    def put_in(self, name: str, value: float) -> None:
        """Give a leaf another value; the position stays."""
        self.inputs[name] = value
        self.found = propagate(self.graph, self.inputs)

    def went_forward(self, name: str) -> bool:
        """Tell whether a value is known: leaves always are."""
        return name not in self._places or self.position > self._places[name]

    def went_back(self, name: str) -> bool:
        """Tell whether a gate has passed its gradient on."""
        return self.position >= self.last - self._places[name]

    def has_gradient(self, edge: GraphEdge) -> bool:
        """Tell whether the gradient of an edge has been reached."""
        return self.backward if edge == OUTPUT_EDGE else self.went_back(edge[0])

    def is_kept(self, edge: GraphEdge) -> bool:
        """Tell whether the number on an edge is kept now for the way back, by the gate at either end."""
        if edge != OUTPUT_EDGE and self._waits(edge[0], "inputs"):
            return True
        value = self.value_on(edge)
        return value in self._places and self._waits(value, "output")

    def value_on(self, edge: GraphEdge) -> str:
        """Return the name of the value that an edge carries."""
        return self.graph.nodes[-1].name if edge == OUTPUT_EDGE else self.graph.node(edge[0]).inputs[edge[1]]

    def _waits(self, name: str, keeps: str) -> bool:
        """Tell whether a gate that keeps its inputs, or its output, has gone forward and not yet back."""
        return self.graph.node(name).gate.keeps == keeps and self.went_forward(name) and not self.went_back(name)

    @property
    def _places(self) -> dict[str, int]:
        return {node.name: place for place, node in enumerate(self.graph.nodes)}

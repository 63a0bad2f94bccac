"""The chain rule gate by gate, and a mini-batch taken apart."""

from typing import TYPE_CHECKING

from simulator.analysis.gates.batch_parts import BatchParts, BlockPart
from simulator.analysis.gates.gates import GateAt
from simulator.analysis.gates.graph import OUTPUT_EDGE, Graph, GraphEdge, Leaf, Node, Propagated, at_bend, propagate
from simulator.analysis.gates.graphs import GRAPHS
from simulator.analysis.gates.worked import Line, Pairs, Worked, work_out, work_out_loss
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.gates.phases import take_apart
else:
    __getattr__ = late(__name__, phases=("take_apart",))

__all__ = [
    "GRAPHS",
    "OUTPUT_EDGE",
    "BatchParts",
    "BlockPart",
    "GateAt",
    "Graph",
    "GraphEdge",
    "Leaf",
    "Line",
    "Node",
    "Pairs",
    "Propagated",
    "Worked",
    "at_bend",
    "propagate",
    "take_apart",
    "work_out",
    "work_out_loss",
]

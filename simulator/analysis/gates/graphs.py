"""The graphs that the microscope begins with."""

from typing import Final

from simulator.analysis.gates import gates as g
from simulator.analysis.gates.graph import Graph, Leaf, Node
from simulator.message import N_

_WEIGHT: Final = N_("weight")
_INPUT: Final = N_("input")
_BIAS: Final = N_("bias")

# The numbers of CS231n's own example, so that slides and screen agree.
_NEURON_LEAVES: Final = (
    Leaf("w0", "w₀", _WEIGHT, 2.0),
    Leaf("x0", "x₀", _INPUT, -1.0),
    Leaf("w1", "w₁", _WEIGHT, -3.0),
    Leaf("x1", "x₁", _INPUT, -2.0),
    Leaf("w2", "w₂", _BIAS, -3.0),
)
_NEURON_SUM: Final = (
    Node("product0", g.MULTIPLY, ("w0", "x0")),
    Node("product1", g.MULTIPLY, ("w1", "x1")),
    Node("products", g.ADD, ("product0", "product1")),
    Node("score", g.ADD, ("products", "w2")),
)
_NEURON_FORMULA: Final = N_("f = 1 / (1 + e<sup>−(w₀x₀ + w₁x₁ + w₂)</sup>)")
_NEURON_TITLE: Final = N_("One neuron, gate by gate")

SPLIT: Final = Graph(
    "split",
    _NEURON_TITLE,
    _NEURON_FORMULA,
    _NEURON_LEAVES,
    (
        *_NEURON_SUM,
        Node("minus", g.NEGATE, ("score",)),
        Node("power", g.EXP, ("minus",)),
        Node("below", g.PLUS_ONE, ("power",)),
        Node("f", g.RECIPROCAL, ("below",)),
    ),
)
WHOLE: Final = Graph(
    "whole",
    _NEURON_TITLE,
    _NEURON_FORMULA,
    _NEURON_LEAVES,
    (*_NEURON_SUM, Node("f", g.SIGMOID, ("score",))),
)
PATTERNS: Final = Graph(
    "patterns",
    N_("Add, multiply, max"),
    N_("f = 2 (x y + max(z, w))"),
    (
        Leaf("x", "x", _INPUT, 3.0),
        Leaf("y", "y", _INPUT, -4.0),
        Leaf("z", "z", _INPUT, 2.0),
        Leaf("w", "w", _INPUT, -1.0),
    ),
    (
        Node("product", g.MULTIPLY, ("x", "y")),
        Node("larger", g.MAX, ("z", "w")),
        Node("sum", g.ADD, ("product", "larger")),
        Node("f", g.DOUBLE, ("sum",)),
    ),
)
BRANCH: Final = Graph(
    "branch",
    N_("One value, used twice"),
    N_("f = (x + y) · max(y, z)"),
    (Leaf("x", "x", _INPUT, 1.0), Leaf("y", "y", _INPUT, 2.0), Leaf("z", "z", _INPUT, 0.0)),
    (
        Node("sum", g.ADD, ("x", "y")),
        Node("larger", g.MAX, ("y", "z")),
        Node("f", g.MULTIPLY, ("sum", "larger")),
    ),
)
NEURON: Final = Graph(
    "neuron",
    N_("The neuron with sliders"),
    N_("firing rate = σ(w₀x₀ + w₁x₁ + w₂x₂ + b)"),
    (
        Leaf("x0", "x₀", _INPUT, 1.0),
        Leaf("w0", "w₀", _WEIGHT, 0.5),
        Leaf("x1", "x₁", _INPUT, -2.0),
        Leaf("w1", "w₁", _WEIGHT, 1.0),
        Leaf("x2", "x₂", _INPUT, 1.5),
        Leaf("w2", "w₂", _WEIGHT, 2.0),
        Leaf("b", "b", _BIAS, -1.0),
    ),
    (
        Node("product0", g.MULTIPLY, ("x0", "w0")),
        Node("product1", g.MULTIPLY, ("x1", "w1")),
        Node("product2", g.MULTIPLY, ("x2", "w2")),
        Node("body", g.SUM, ("product0", "product1", "product2", "b"), N_("cell body")),
        Node("rate", g.SIGMOID, ("body",), N_("firing rate")),
    ),
)
GRAPHS: Final = (SPLIT, WHOLE, PATTERNS, BRANCH, NEURON)
"""In the order of the menu; the first two are one neuron in two ways."""

"""The microscope's graphs: the chain rule against closed forms and against differences of independent formulas."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.analysis.gates import gates as g
from simulator.analysis.gates.graph import OUTPUT_EDGE, Graph, Leaf, Node, at_bend, forward, propagate
from simulator.analysis.gates.graphs import BRANCH, GRAPHS, NEURON, PATTERNS, SPLIT, WHOLE

numbers = st.floats(-3, 3)
GATES = list(dict.fromkeys(node.gate for graph in GRAPHS for node in graph.nodes))


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


FORMULAS = {
    "split": lambda w0, x0, w1, x1, w2: sigmoid(w0 * x0 + w1 * x1 + w2),
    "whole": lambda w0, x0, w1, x1, w2: sigmoid(w0 * x0 + w1 * x1 + w2),
    "patterns": lambda x, y, z, w: 2 * (x * y + max(z, w)),
    "branch": lambda x, y, z: (x + y) * max(y, z),
    "neuron": lambda x0, w0, x1, w1, x2, w2, b: sigmoid(w0 * x0 + w1 * x1 + w2 * x2 + b),
}
"""What the graphs compute, written down without a graph."""


@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.id)
@given(data=st.data())
def test_that_a_graph_computes_its_formula(graph, data):
    inputs = {leaf.name: data.draw(numbers, leaf.name) for leaf in graph.leaves}
    values = forward(graph, inputs)
    assert values[graph.nodes[-1].name] == pytest.approx(FORMULAS[graph.id](**inputs), rel=1e-12, abs=1e-12)


@pytest.mark.validation
@pytest.mark.parametrize("graph", GRAPHS, ids=lambda graph: graph.id)
@given(data=st.data())
def test_that_the_gradients_of_leaves_are_the_slopes_of_the_formula(graph, data):
    inputs = {leaf.name: data.draw(numbers, leaf.name) for leaf in graph.leaves}
    found = propagate(graph, inputs)
    if any(at_bend(graph, found.values, node) for node in graph.nodes):
        return
    for name, value in inputs.items():
        high, low = (FORMULAS[graph.id](**{**inputs, name: value + move}) for move in (1e-5, -1e-5))
        assert found.totals[name] == pytest.approx((high - low) / 2e-5, rel=1e-4, abs=1e-7)
        assert found.numeric_totals[name] == pytest.approx(found.totals[name], rel=1e-4, abs=1e-7)


def test_that_the_neuron_of_the_slides_has_the_gradients_of_the_slides():
    """CS231n: f = 0.73; w0 -0.20, x0 0.39, w1 -0.39, x1 -0.59, w2 0.20."""
    for graph in (SPLIT, WHOLE):
        found = propagate(graph, graph.starts())
        assert found.values["f"] == pytest.approx(sigmoid(1.0))
        printed = {"w0": -0.20, "x0": 0.39, "w1": -0.39, "x1": -0.59, "w2": 0.20}
        assert {name: round(found.totals[name], 2) for name in printed} == printed
        slope = sigmoid(1.0) * (1 - sigmoid(1.0))
        exact = {"w0": -1 * slope, "x0": 2 * slope, "w1": -2 * slope, "x1": -3 * slope, "w2": slope}
        assert {name: found.totals[name] for name in exact} == pytest.approx(exact)


def test_that_add_hands_on_multiply_swaps_and_max_chooses():
    """CS231n, patterns in the backward flow: f = -20; x -8, y 6, z 2, w 0."""
    found = propagate(PATTERNS, PATTERNS.starts())
    assert found.values["f"] == -20
    assert {name: found.totals[name] for name in "xyzw"} == {"x": -8, "y": 6, "z": 2, "w": 0}


def test_that_the_gradients_of_a_value_used_twice_add_up():
    """f = (x + y) max(y, z) at 1, 2, 0: y gets 2 by the sum and 3 by the max."""
    found = propagate(BRANCH, BRANCH.starts())
    assert found.values["f"] == 6
    assert BRANCH.edges_of("y") == (("sum", 1), ("larger", 0))
    assert [found.edges[edge] for edge in BRANCH.edges_of("y")] == [2, 3]
    assert found.totals["y"] == 5
    assert [found.numeric_edges[edge] for edge in BRANCH.edges_of("y")] == pytest.approx([2, 3], abs=1e-8)


def test_that_the_firing_rate_is_the_sigmoid_of_the_cell_body_sum():
    found = propagate(NEURON, NEURON.starts())
    assert found.values["body"] == pytest.approx(0.5 * 1 + 1 * -2 + 2 * 1.5 - 1)
    assert found.values["rate"] == pytest.approx(sigmoid(0.5))


def test_that_the_gradient_of_the_output_is_one():
    for graph in GRAPHS:
        found = propagate(graph, graph.starts())
        assert graph.edges_of(graph.nodes[-1].name) == (OUTPUT_EDGE,)
        assert found.edges[OUTPUT_EDGE] == 1
        assert found.numeric_edges[OUTPUT_EDGE] == pytest.approx(1, abs=1e-9)


def test_that_equal_inputs_of_a_max_are_said_to_lie_at_a_bend():
    found = propagate(PATTERNS, {"x": 1.0, "y": 1.0, "z": 0.5, "w": 0.5})
    assert at_bend(PATTERNS, found.values, PATTERNS.node("larger"))
    assert (found.totals["z"], found.totals["w"]) == (2, 0)
    assert found.numeric_totals["z"] == pytest.approx(1, abs=1e-6), "a central difference sees half of each side"
    assert not at_bend(PATTERNS, propagate(PATTERNS, PATTERNS.starts()).values, PATTERNS.node("larger"))


def test_that_gates_of_one_kind_are_told_apart():
    assert [SPLIT.symbol(node.name) for node in SPLIT.nodes] == ["×₁", "×₂", "+₁", "+₂", "×−1", "exp", "+1", "1/x"]


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.symbol)
@given(first=st.floats(-5, 5), second=st.floats(-5, 5))
def test_that_local_gradients_are_slopes(gate, first, second):
    inputs = [first] if gate in (g.DOUBLE, g.NEGATE, g.PLUS_ONE, g.EXP, g.RECIPROCAL, g.SIGMOID) else [first, second]
    if gate is g.RECIPROCAL and abs(first) < 0.1:
        return
    if gate.bend is not None and gate.bend(*inputs) < 1e-4:
        return
    slopes = gate.local(*inputs)
    assert len(slopes) == len(inputs)
    for place, slope in enumerate(slopes):
        high, low = ([x + move * (at == place) for at, x in enumerate(inputs)] for move in (1e-5, -1e-5))
        assert slope == pytest.approx((gate.forward(*high) - gate.forward(*low)) / 2e-5, rel=1e-4, abs=1e-6)


@st.composite
def graphs(draw):
    """Draw any graph: every node takes values before it, so some are used often and some never."""
    leaves = tuple(
        Leaf(f"v{place}", f"v{place}", "input", draw(st.floats(-1.5, 1.5))) for place in range(draw(st.integers(1, 4)))
    )
    names = [leaf.name for leaf in leaves]
    nodes = []
    for place in range(draw(st.integers(1, 6))):
        gate = draw(st.sampled_from([g.ADD, g.MULTIPLY, g.NEGATE, g.PLUS_ONE, g.SIGMOID, g.DOUBLE]))
        count = 2 if gate in (g.ADD, g.MULTIPLY) else 1
        nodes.append(Node(f"n{place}", gate, tuple(draw(st.sampled_from(names)) for _ in range(count))))
        names.append(nodes[-1].name)
    return Graph("drawn", "", "", leaves, tuple(nodes))


def seen(graph, inputs):
    """What f is, computed by asking for it from the end: another order than the graph's own."""
    nodes = {node.name: node for node in graph.nodes}

    def value(name):
        if name not in nodes:
            return inputs[name]
        return nodes[name].gate.forward(*(value(used) for used in nodes[name].inputs))

    return value(graph.nodes[-1].name)


@pytest.mark.validation
@given(graph=graphs())
def test_that_any_graph_s_gradients_agree_with_differences(graph):
    inputs = graph.starts()
    found = propagate(graph, inputs)
    for name in inputs:
        high, low = (seen(graph, {**inputs, name: inputs[name] + move}) for move in (1e-5, -1e-5))
        assert found.totals[name] == pytest.approx((high - low) / 2e-5, rel=1e-3, abs=1e-3)
        assert found.totals[name] == pytest.approx(sum(found.edges[edge] for edge in graph.edges_of(name)), abs=1e-9)

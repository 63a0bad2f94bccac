"""Numbers and names as the microscope writes them."""

import math
from collections.abc import Mapping
from string import Formatter
from typing import Final

from app.look.numbers import MINUS, number, power_of_ten, scientific
from app.system.i18n import _
from simulator.analysis.gates import OUTPUT_EDGE, Graph, GraphEdge

SIGNS: Final = ("×", "+", "−", "/")
DECIMALS: Final = 10
"""A difference quotient knows no more of them: what comes after is rounding."""


def value_text(value: float) -> str:
    """Return a number on an edge: three figures, two where it needs a power of ten as well."""
    long = value != 0 and not 1e-3 <= abs(value) < 1e5
    return scientific(value) if long else number(value)


def bracketed(text: str) -> str:
    """Return a number as it stands after a sign: a negative one in brackets."""
    return f"({text})" if text.startswith(MINUS) else text


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a formula with its places filled by numbers; after a sign a negative one stands in brackets."""
    found = {}
    for before, name, _spec, _conversion in Formatter().parse(text):
        if name:
            found[name] = bracketed(values[name]) if before.rstrip().endswith(SIGNS) else values[name]
    return text.format(**found)


def exact_text(value: float) -> str:
    """Return a number with four figures, for what is compared."""
    return number(round(value, DECIMALS), 4) if math.isfinite(value) else number(value)


def difference_text(first: float, second: float) -> str:
    """Return how far two numbers are apart, as a power of ten that is larger: "< 10⁻¹⁰"."""
    apart = abs(first - second)
    if apart == 0 or not math.isfinite(apart):
        return number(apart)
    return _("< {power}").format(power=power_of_ten(math.floor(math.log10(apart)) + 1))


def edge_name(graph: Graph, edge: GraphEdge) -> str:
    """Return what a table calls an edge: the leaf it comes from, or the gate it goes into."""
    if edge == OUTPUT_EDGE:
        return _("f, the output")
    name = graph.node(edge[0]).inputs[edge[1]]
    into = graph.symbol(edge[0])
    leaf = next((leaf.label for leaf in graph.leaves if leaf.name == name), "")
    if leaf and len(graph.edges_of(name)) == 1:
        return leaf
    if leaf or len(graph.node(edge[0]).inputs) > 1:
        return _("{value} into {gate}").format(value=leaf or graph.symbol(name), gate=into)
    return _("into {gate}").format(gate=into)


def value_name(graph: Graph, name: str) -> str:
    """Return what a sentence calls a value: "w₀", or "the output of +₁"."""
    leaf = next((leaf.label for leaf in graph.leaves if leaf.name == name), "")
    return leaf or _("the output of {gate}").format(gate=graph.symbol(name))

"""What is told beside a graph: the gate at work, its local gradient, what is kept, and what the gradient means."""

from dataclasses import dataclass
from typing import Final

from app.labs.microscope.gates.walk import Walk
from app.labs.microscope.texts import bracketed, exact_text, filled, value_name, value_text
from app.look.numbers import number
from app.system.i18n import _, ngettext
from app.telling.lab_story import Chapter
from simulator.analysis.gates import Graph, Node, at_bend
from simulator.message import N_

NUDGE: Final = 0.01
MOST_SENTENCES: Final = 2

_INTRODUCTIONS: Final = {
    "split": N_("A neuron taken apart into gates: products, sums, and the sigmoid in four small steps."),
    "whole": N_("The same neuron with the sigmoid as one gate: what is a gate and what is a graph is up to you."),
    "patterns": N_("Three gates that do three different things to a gradient: hand on, swap, choose."),
    "branch": N_("Here y is used twice. On the way back its two gradients add up."),
    "neuron": N_(
        "Every input times its weight, summed up with the bias in the cell body; the firing rate is the sigmoid of "
        "that sum."
    ),
}


@dataclass(frozen=True)
class Told:
    """A headline and chapters."""

    headline: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Product:
    """The chain rule with its numbers: what arrives, and for each input its name, local gradient and what it gets."""

    arrives: str
    inputs: tuple[tuple[str, str, str], ...]


def slides_of(graph: Graph) -> str:
    """Return the id of the lecture's row that a graph shows."""
    return "A3" if graph.id == "neuron" else "A2"


def tell(walk: Walk) -> Told:
    """Return the words to the present position."""
    node = walk.current
    if node is None:
        return _tell_beginning(walk)
    return _tell_backward(walk, node) if walk.backward else _tell_forward(walk, node)


def place_words(walk: Walk) -> str:
    """Return where one stands: "gate 11 of 16"."""
    return _("gate {place} of {last}").format(place=walk.position, last=walk.last)


def neuron_words(walk: Walk) -> str:
    """Return what the neuron of slide A3 makes of its inputs, wherever one stands; empty for another graph."""
    if walk.graph.id != "neuron":
        return ""
    body, rate = (walk.found.values[node.name] for node in walk.graph.nodes[-2:])
    text = _("Sum in the cell body: {sum}. Firing rate: {rate}.")
    return text.format(sum=value_text(body), rate=value_text(rate))


def product(walk: Walk) -> Product | None:
    """Return the chain rule at the gate that has just passed its gradient on; None on the way forward."""
    node = walk.current
    if node is None or not walk.backward:
        return None
    local = node.gate.local(*_inputs(walk, node))
    lines = [
        (
            _short_name(walk.graph, name),
            bracketed(exact_text(local[place])),
            exact_text(walk.found.edges[node.name, place]),
        )
        for place, name in enumerate(node.inputs)
    ]
    return Product(exact_text(walk.found.totals[node.name]), tuple(lines))


def _tell_beginning(walk: Walk) -> Told:
    how = _(
        "Each circle is a gate: it takes numbers and makes one. They are gone through in an order in which every gate "
        "finds its inputs ready, and afterwards in the opposite order."
    )
    return Told(_("Numbers go in"), (Chapter("", (_(_INTRODUCTIONS[walk.graph.id]), how)),))


def _tell_forward(walk: Walk, node: Node) -> Told:
    made = Chapter(_("What it makes"), (_("<b>{formula}</b>").format(formula=_filled(node.gate.made, walk, node)),))
    if node.gate.keeps == "nothing":
        kept = _("It keeps {what}.")
    else:
        kept = _("For the way back it must keep {what}. Kept numbers have a frame in the graph.")
    chapters = [made, Chapter(_("Must keep this around"), (kept.format(what=_filled(node.gate.kept, walk, node)),))]
    if walk.position == walk.gates:
        value = value_text(walk.found.values[node.name])
        text = _("f = <b>{value}</b>. The way back begins here, with df/df = 1.").format(value=value)
        if walk.graph.id == "neuron":
            body = value_text(walk.found.values[walk.graph.nodes[-2].name])
            text = _("Firing rate = σ({sum}) = <b>{value}</b>. The way back begins here, with df/df = 1.").format(
                sum=body, value=value
            )
        chapters.append(Chapter(_("All the way forward"), (text,)))
    return Told(_headline(walk, node), tuple(chapters))


def _tell_backward(walk: Walk, node: Node) -> Told:
    gate = node.gate
    chapters = [Chapter(_("Local gradient"), (_filled(gate.slope, walk, node), _(gate.role)))]
    if at_bend(walk.graph, walk.found.values, node):
        text = _(
            "Both inputs are equal: the slope jumps here. By convention the first input gets the gradient; the numeric "
            "estimate looks to both sides and finds half of it."
        )
        chapters.append(Chapter(_("A kink"), (text,)))
    chapters.append(Chapter(_("In words"), _in_words(walk, node)))
    sums = _sums(walk, node)
    if sums:
        chapters.append(Chapter(_("Gradients add up"), sums))
    if walk.position == walk.last:
        text = _(
            "Every number that was put in knows now how f changes with it. Learning is a small step against the "
            "gradients of the weights."
        )
        chapters.append(Chapter(_("All the way back"), (text,)))
    return Told(_headline(walk, node), tuple(chapters))


def _headline(walk: Walk, node: Node) -> str:
    gate = _(node.gate.name)
    return (_("The {gate} gate, backward") if walk.backward else _("The {gate} gate, forward")).format(gate=gate)


def _in_words(walk: Walk, node: Node) -> tuple[str, ...]:
    """Say what the gradients mean: what f does when an input of the gate is raised a little."""
    sentences = []
    for place, name in enumerate(node.inputs[:MOST_SENTENCES]):
        change = NUDGE * walk.found.edges[node.name, place]
        if change == 0:
            text = _("Raise {name} by {nudge} and f does not change.")
        elif change > 0:
            text = _("Raise {name} by {nudge} and f rises by about {change}.")
        else:
            text = _("Raise {name} by {nudge} and f falls by about {change}.")
        sentences.append(
            text.format(name=value_name(walk.graph, name), nudge=number(NUDGE, 1), change=number(abs(change), 2))
        )
    return tuple(sentences)


def _sums(walk: Walk, node: Node) -> tuple[str, ...]:
    """Say what values that go into this gate and into others get in all, once all of those have passed back."""
    found = []
    for name in dict.fromkeys(node.inputs):
        edges = walk.graph.edges_of(name)
        if len(edges) > 1 and all(walk.has_gradient(edge) for edge in edges):
            first, *others = (value_text(walk.found.edges[edge]) for edge in edges)
            terms = " + ".join([first, *(bracketed(term) for term in others)])
            times = ngettext("{name} is used {count} time", "{name} is used {count} times", len(edges))
            start = times.format(name=value_name(walk.graph, name), count=len(edges))
            total = value_text(walk.found.totals[name])
            found.append(_("{start}: {terms} = <b>{total}</b>.").format(start=start, terms=terms, total=total))
    return tuple(found)


def _filled(text: str, walk: Walk, node: Node) -> str:
    """Return a gate's own sentence with the numbers of this place."""
    values = _inputs(walk, node)
    inputs = [value_text(value) for value in values]
    numbers = {
        "inputs": " + ".join([inputs[0], *(bracketed(value) for value in inputs[1:])]),
        "a": inputs[0],
        "b": inputs[-1],
        "y": value_text(walk.found.values[node.name]),
        "d": value_text(node.gate.local(*values)[0]),
    }
    return filled(_(text), numbers)


def _inputs(walk: Walk, node: Node) -> list[float]:
    return [walk.found.values[name] for name in node.inputs]


def _short_name(graph: Graph, name: str) -> str:
    """Return what a column of numbers calls a value."""
    return next((leaf.label for leaf in graph.leaves if leaf.name == name), "") or graph.symbol(name)

"""The graphs of the microscope: values and gradients of their gates."""

from typing import Final

from simulator.analysis.gates import GRAPHS, Graph, Propagated, propagate
from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities.quantity import Parameter, Quantity, Value, one_of
from simulator.quantities.subject import Subject

_GRAPHS: Final = {graph.id: graph for graph in GRAPHS}
_PARAMETERS: Final = (one_of("id", *_GRAPHS), Parameter("v", str, N_("the name of a value of the graph")))
_SAMPLE: Final = N_("the graph with the numbers it begins with, or with those given by name")


def _propagated(graph: Graph, v: str, changes: dict[str, str]) -> Propagated:
    inputs = graph.starts()
    for name, text in changes.items():
        if name not in inputs:
            known = ", ".join(inputs)
            raise ExperimentError(
                Message(N_("'{name}' is no input of this graph; it has {known}"), {"name": name, "known": known})
            )
        try:
            inputs[name] = float(text)
        except ValueError as error:
            raise ExperimentError(Message(N_("'{value}' is not a number"), {"value": text})) from error
    found = propagate(graph, inputs)
    if v not in found.values:
        known = ", ".join(found.values)
        raise ExperimentError(
            Message(N_("'{name}' is no value of this graph; it has {known}"), {"name": v, "known": known})
        )
    return found


def _grad(_subject: Subject, graph: str, v: str, **changes: str) -> Value:
    return _propagated(_GRAPHS[graph], v, changes).totals[v]


def _value(_subject: Subject, graph: str, v: str, **changes: str) -> Value:
    return _propagated(_GRAPHS[graph], v, changes).values[v]


QUANTITIES: Final = (
    Quantity(
        "graph[id].value(v)", N_("The value v of a graph."), _SAMPLE, _value, _PARAMETERS, source="A2", changes=True
    ),
    Quantity(
        "graph[id].grad(v)",
        N_("df/dv, by the chain rule from gate to gate."),
        _SAMPLE,
        _grad,
        _PARAMETERS,
        source="A2",
        changes=True,
    ),
)

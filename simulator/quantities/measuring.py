"""Measures numbers by name, in an order that trains no step twice."""

from collections.abc import Sequence

from simulator.quantities.name import Name, read_name
from simulator.quantities.quantity import Quantity, Value
from simulator.quantities.register import declared
from simulator.quantities.subject import Subject


def measure(subject: Subject, names: Sequence[str]) -> dict[str, Value]:
    """Return the value of every name, in the order given; all names are read before anything is trained.

    Raises
    ------
    ExperimentError
        If a name is no quantity, does not fit this experiment, or asks for a step that the run does not reach.
    """
    asked = [(text, name, declared(name)) for text, name in ((text, read_name(text)) for text in names)]
    values = {text: quantity.values_of(name) for text, name, quantity in asked}
    found = {}
    for text, name, quantity in sorted(asked, key=_place):
        step = name.step if name.step is not None else quantity.moment
        steps = () if step is None else (step,)
        found[text] = quantity.measure(subject, *steps, *values[text], **dict(name.changes))
    return {text: found[text] for text in names}


def _place(asked: tuple[str, Name, Quantity]) -> tuple[bool, int]:
    """Return where in the training a number is found: steps first, the end last."""
    _text, name, quantity = asked
    step = name.step if name.step is not None else quantity.moment
    return step == "end", step if isinstance(step, int) else 0

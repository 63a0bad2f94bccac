"""What is declared of a number: its name, what it means, and how it is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities.name import Name, read_name

Value = float | int | str | None
Cost = Literal["moment", "run", "trials"]
COSTS: Final[dict[Cost, str]] = {
    "moment": N_("at once"),
    "run": N_("trains the run up to its step"),
    "trials": N_("trains several networks"),
}
"""What has to be done for a number: marked words."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that stands in brackets.

    Attributes
    ----------
    name
        What the declaration calls it: the k of `layers[k].dead`.
    read
        Makes the value of the text; raises `ValueError` where it cannot.
    allowed
        Marked words: what may stand there.
    choices
        All that may stand there, where they can be listed.
    """

    name: str
    read: Callable[[str], Any]
    allowed: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number that can be asked for.

    Attributes
    ----------
    form
        Its name, the parameters standing for what is put there: "layers[k].dead".
    meaning
        Marked sentence.
    sample
        Marked words: what it is measured on.
    measure
        Takes the `Subject`, the step where one is looked at (see `moment`), the values of the parameters, and what is
        given by name.
    parameters
        In the order in which they stand in the form.
    unit
        Marked words; "" for a pure number.
    moment
        Which step is meant where none is named: "end", or 0; None where the number belongs to no step.
    cost
        What has to be done for it.
    source
        The slide it comes from.
    changes
        Whether values can be given by name, as in `graph[neuron].grad(b, b=-10)`.
    """

    form: str
    meaning: str
    sample: str
    measure: Callable[..., Value]
    parameters: tuple[Parameter, ...] = ()
    unit: str = ""
    moment: Literal["end", 0] | None = None
    cost: Cost = "moment"
    source: str = ""
    changes: bool = False

    @property
    def pattern(self) -> str:
        """What names are matched with: the form without what stands in brackets."""
        return read_name(self.form).pattern

    def values_of(self, name: Name) -> tuple[Any, ...]:
        """Return the values of the parameters in a name; raise `ExperimentError` where they do not fit."""
        if len(name.values) != len(self.parameters):
            text = N_("{form} takes {count} values in brackets")
            raise ExperimentError(Message(text, {"form": self.form, "count": len(self.parameters)}))
        if name.changes and not self.changes:
            raise ExperimentError(Message(N_("{form} takes no values by name"), {"form": self.form}))
        if name.step is not None and self.moment is None:
            raise ExperimentError(Message(N_("{form} belongs to no step: leave the @ out"), {"form": self.form}))
        return tuple(
            _value_of(self.form, parameter, text) for parameter, text in zip(self.parameters, name.values, strict=True)
        )


def _value_of(form: str, parameter: Parameter, text: str) -> Any:
    try:
        return parameter.read(text)
    except ValueError as error:
        message = N_("'{value}' cannot be the {name} of {form}: {allowed}")
        values = {"value": text, "name": parameter.name, "form": form, "allowed": Message(parameter.allowed)}
        if parameter.choices:
            message = N_("'{value}' cannot be the {name} of {form}: one of {choices}")
            values["choices"] = ", ".join(parameter.choices)
        raise ExperimentError(Message(message, values)) from error


def whole(name: str, low: int = 0) -> Parameter:
    """Return a parameter that is a whole number, `low` or more."""

    def read(text: str) -> int:
        value = int(text)
        if value < low:
            raise ValueError(text)
        return value

    allowed = N_("a whole number from 1 on") if low else N_("a whole number from 0 on")
    return Parameter(name, read, allowed)


def real(name: str) -> Parameter:
    """Return a parameter that is a finite number."""

    def read(text: str) -> float:
        value = float(text)
        if value - value != 0:
            raise ValueError(text)
        return value

    return Parameter(name, read, N_("a number"))


def one_of(name: str, *choices: str) -> Parameter:
    """Return a parameter that is one of `choices`."""

    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return Parameter(name, read, N_("one of a list"), choices)

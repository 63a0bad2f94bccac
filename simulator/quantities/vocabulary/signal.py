"""The signal through the untrained network, as the Initialise bench has it."""

from functools import partial
from typing import TYPE_CHECKING, Final

from simulator.analysis import signal as bench
from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities.quantity import Quantity, Value, whole
from simulator.quantities.subject import Subject

if TYPE_CHECKING:
    from simulator.analysis.signal import Signal

_SAMPLE: Final = N_("up to 1,000 training examples; a unit Gaussian gradient enters at the last hidden layer")


def _signal(subject: Subject) -> "Signal":
    return subject.once("signal", lambda: bench.measure_signal(subject.experiment))


def _of_layer(subject: Subject, k: int, field: str) -> Value:
    layers = _signal(subject).layers
    if k > len(layers):
        text = N_("this network has {count} hidden layers, so there is no signal[{k}]")
        raise ExperimentError(Message(text, {"count": len(layers), "k": k}))
    found: Value = getattr(layers[k - 1], field)
    return found


_FIELDS: Final = (
    ("mean", "mean", N_("Mean of the outputs of hidden layer k."), "D2"),
    ("std", "std", N_("Standard deviation of the outputs of hidden layer k."), "D2"),
    ("dead", "dead", N_("Share of units of hidden layer k that are dead before any training."), "D6"),
    ("saturated", "saturated", N_("Share of values of hidden layer k at a bound of its activation."), "D3"),
    ("blocked", "blocked", N_("Share of values of hidden layer k whose slope is under 0.001."), "D3"),
    ("sum_variance", "sum_variance", N_("Variance of the sums of hidden layer k, before its activation."), "D8"),
    ("gradient", "gradient_std", N_("Standard deviation of dL/dh at hidden layer k."), "D2"),
    ("weight_gradient", "weight_gradient_std", N_("Root mean square of dL/dW at hidden layer k."), "D2"),
)

QUANTITIES: Final = (
    *(
        Quantity(f"signal[k].{name}", meaning, _SAMPLE, partial(_of_layer, field=field), (whole("k", 1),), source=slide)
        for name, field, meaning, slide in _FIELDS
    ),
    Quantity(
        "signal.input_gradient",
        N_("Standard deviation of the gradient that reaches the input."),
        _SAMPLE,
        lambda subject: _signal(subject).input_gradient_std,
        source="D2",
    ),
)

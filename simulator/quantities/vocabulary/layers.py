"""Layers of a run at a step, as its frame has them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities.name import Step
from simulator.quantities.quantity import Quantity, Value, whole
from simulator.quantities.subject import Subject

if TYPE_CHECKING:
    from simulator.training.frames.frame import Gradient, LayerFrame


def _read_layer(subject: Subject, step: Step, k: int, read: "Callable[[LayerFrame], Value]") -> Value:
    layers = subject.frame(step).layers
    if k >= len(layers):
        text = N_("this network has no layer {k}; 0 is the input, {last} the output")
        raise ExperimentError(Message(text, {"k": k, "last": len(layers) - 1}))
    return read(layers[k])


def _size(gradient: "Gradient | None") -> Value:
    return None if gradient is None else gradient.rms


_READINGS: "Final[tuple[tuple[str, str, str, Callable[[LayerFrame], Value]], ...]]" = (
    ("mean", N_("Mean of all outputs of layer k."), "D2", lambda layer: layer.mean),
    ("std", N_("Standard deviation of all outputs of layer k."), "D2", lambda layer: layer.std),
    ("dead", N_("Share of units of layer k that are 0 and flat for every example."), "B7", lambda layer: layer.dead),
    ("saturated", N_("Share of values of layer k at a bound of its activation."), "B2", lambda layer: layer.saturated),
    ("blocked", N_("Share of values of layer k whose slope is under 0.001."), "B2", lambda layer: layer.blocked),
    (
        "ratio",
        N_("Size of the last update of layer k over the size of its weights."),
        "H4",
        lambda layer: layer.update_ratio,
    ),
    (
        "difference",
        N_("Largest difference of two units of layer k on one example, over the layer's largest value."),
        "D1",
        lambda layer: layer.difference,
    ),
    ("dh", N_("Root mean square of dL/dh of layer k."), "D2", lambda layer: _size(layer.output_gradient)),
    ("dw", N_("Root mean square of dL/dW of layer k."), "D2", lambda layer: _size(layer.weight_gradient)),
)

QUANTITIES: Final = tuple(
    Quantity(
        f"layers[k].{name}",
        meaning,
        N_("the examples of the frame: up to 1,000 training examples"),
        partial(_read_layer, read=read),
        (whole("k"),),
        moment="end",
        cost="run",
        source=slide,
    )
    for name, meaning, slide, read in _READINGS
)

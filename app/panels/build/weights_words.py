"""What a scheme draws in one layer, in words: its formula with the layer's own sizes, and the spread that comes out."""

import math
from collections.abc import Iterable, Mapping

import msgspec

from app.look.numbers import count, short
from app.system.i18n import _
from simulator.declaration import Kind
from simulator.errors import ExperimentError
from simulator.experiment import Experiment
from simulator.initializers import Initializer
from simulator.layers import Block, Dense


def weight_block(experiment: Experiment, width: int, classes: int, at: int) -> Block | None:
    """Return the block of weights of entry `at` of the network, or of the output if `at` is its length.

    None where the entry has none, or shapes do not fit: whoever builds the network says so.
    """
    output = Dense(units=classes, weights=experiment.output.weights)
    shape: tuple[int, ...] = (width,)
    try:
        for entry in experiment.network[:at]:
            shape = entry.output_shape(shape)
        entry = (*experiment.network, output)[at]
        return next((block for block in entry.blocks(shape) if block.role == "weight"), None)
    except ExperimentError:
        return None


def spread_words(block: Block) -> str:
    """Return the standard deviation of the weights at the start, or how they are fitted."""
    if block.initializer.fits:
        return _("fitted to the data")
    variance = block.initializer.variance(block.fan_in, block.fan_out)
    return "" if variance is None else _("std {std}").format(std=short(math.sqrt(variance)))


def scheme_words(block: Block, kinds: Iterable[type[Kind]]) -> Mapping[str, str]:
    """Return name and formula of every scheme, by id: the one in force with its numbers, the others as declared."""
    present = block.initializer
    schemes = [present if type(present) is kind else kind() for kind in kinds if issubclass(kind, Initializer)]
    return {scheme.kind: _named(scheme, block.fan_in, block.fan_out) for scheme in schemes}


def _named(scheme: Initializer, fan_in: int, fan_out: int) -> str:
    name = _(scheme.label)
    if not scheme.formula:
        return name
    fields = {field: getattr(scheme, field) for field in scheme.__struct_fields__}
    values = {field: short(value) for field, value in fields.items() if isinstance(value, float)}
    numbers = "uniform" if fields.get("distribution") == "uniform" else "randn"
    formula = _(scheme.formula).format(fan_in=count(fan_in), fan_out=count(fan_out), numbers=numbers, **values)
    if scheme.size == "gain" and msgspec.structs.asdict(scheme)["gain"] != 1.0:
        formula = _("{gain} × {formula}").format(gain=values["gain"], formula=formula)
    return _("{scheme}: {formula}").format(scheme=name, formula=formula)

"""One unit in sentences: how active it is, what it weighs, where it looks, since when it is silent."""

import math
from typing import Final

from app.look.numbers import count, number, percent
from app.system.i18n import _, ngettext
from simulator.training import LayerUnits, Silence

_SIDES: Final = 8


def activity(layer: LayerUnits, unit: int, examples: int) -> str:
    """Return on how many examples a unit is active; units count from 1."""
    name = count(unit + 1)
    if layer.active is None:
        return _("Unit {number} has no activation: it passes on whatever it is given.").format(number=name)
    if layer.silent[unit]:
        return ngettext(
            "Unit {number} is silent: 0 for the one example.",
            "Unit {number} is silent: 0 for all {examples} examples.",
            examples,
        ).format(number=name, examples=count(examples))
    return _("Unit {number} is active on {share} of {examples} examples.").format(
        number=name, share=percent(float(layer.active[unit])), examples=count(examples)
    )


def weights(layer: LayerUnits, unit: int) -> str:
    """Return what a unit weighs its inputs with."""
    if layer.size is None or layer.norm is None:
        return _("It has no weights of its own.")
    words = ngettext(
        "{inputs} input, largest weight {largest}, norm {norm}",
        "{inputs} inputs, largest weight {largest}, norm {norm}",
        layer.inputs,
    ).format(
        inputs=count(layer.inputs),
        largest=number(float(layer.size[unit]), 2),
        norm=number(float(layer.norm[unit]), 2),
    )
    if layer.bias is not None:
        words = _("{weights}, bias {bias}").format(weights=words, bias=number(float(layer.bias[unit]), 2))
    facing = side(layer, unit)
    if not facing:
        return _("{weights}.").format(weights=words)
    if layer.silent[unit]:
        return _("{weights}. Its half-plane, {side}, holds no example.").format(weights=words, side=facing)
    return _("{weights}. Its half-plane lies {side}.").format(weights=words, side=facing)


def side(layer: LayerUnits, unit: int) -> str:
    """Return the side of its line on which a unit of the plane is given more than 0; empty where there is none."""
    planes = layer.half_planes
    if planes is None or planes.shape[1] != 1:
        return ""
    across, up = (float(value) for value in planes[unit, 0, :2])
    if not math.isfinite(across + up) or across == up == 0:
        return ""
    sides = (
        _("to the right (→)"),
        _("to the upper right (↗)"),
        _("above (↑)"),
        _("to the upper left (↖)"),
        _("to the left (←)"),
        _("to the lower left (↙)"),
        _("below (↓)"),
        _("to the lower right (↘)"),
    )
    return sides[round(math.atan2(up, across) / (2 * math.pi / _SIDES)) % _SIDES]


def answer(silence: Silence) -> str:
    """Return since when a unit has been silent."""
    step = count(silence.step)
    if silence.since is None:
        return _("It is alive at step {step}.").format(step=step)
    if not silence.ever_alive:
        return _("It was never alive: silent at every step from 0 to {step}.").format(step=step)
    return _("Silent since step {since}, at every step up to {step}.").format(since=count(silence.since), step=step)

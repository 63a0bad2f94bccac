"""What the gradient check found, as charts and sentences."""

from typing import Final

import numpy as np

from app.look.layer_looks import MOST_CURVES
from app.look.marks import CIRCLE, CLASS_SHAPES, TRIANGLE
from app.look.numbers import NO_BREAK_SPACE, count, number
from app.plots.lab.chart import Chart, Level, Look, Numbers, Series
from app.system.i18n import _, ngettext, translate_message
from simulator.analysis.gradients import GradientLens, LayerAgreement, StepSweep
from simulator.message import N_, Message

_LIMIT: Final = 1e-5
"""The checklist's: a larger relative error is a fault, or a kink."""
_LEAST: Final = 1e-16
"""No error of 64-bit numbers is smaller, and 0 has no place on the axis."""


def agreement_chart(found: GradientLens) -> Chart:
    """Return both gradients of every entry, without their signs, and the line where they are equal."""
    series: list[Series] = []
    ends = _ends(found)
    series.append(Series("equal", _("equal"), np.array(ends), np.array(ends), "edge", "thin", readable=False))
    shown = found.layers if len(found.layers) <= MOST_CURVES else _merged(found)
    for place, layer in enumerate(shown):
        series.append(
            Series(
                f"layer {place}",
                translate_message(layer.name),
                np.abs(layer.numeric),
                np.abs(layer.analytic),
                ("accent", "warn", "good", "text", "muted", "edge")[place],
                "points",
                CLASS_SHAPES[place % len(CLASS_SHAPES)],
            )
        )
    return Chart(
        tuple(series),
        _("difference quotient"),
        x_log=True,
        y_log=True,
        subtitle=_("up: backward pass"),
        words=words_of(found),
    )


def steps_chart(sweep: StepSweep) -> Chart:
    """Return the V of each precision."""
    series = []
    curves: tuple[tuple[str, str, Numbers, str, Look, str], ...] = (
        ("single", _("32-bit"), sweep.single, "warn", "dashes", TRIANGLE),
        ("double", _("64-bit"), sweep.double, "accent", "line", CIRCLE),
    )
    for key, name, errors, colour, look, shape in curves:
        step, least = sweep.best(errors)
        series.append(Series(key, name, sweep.steps, np.maximum(errors, _LEAST), colour, look))
        series.append(
            Series(
                f"{key} best",
                "",
                np.array([step]),
                np.array([max(least, _LEAST)]),
                colour,
                "points",
                shape,
                readable=False,
            )
        )
    return Chart(
        tuple(series),
        _("step h of the quotient"),
        x_log=True,
        y_log=True,
        levels=(Level(_LIMIT, _("limit")),),
        subtitle=_("median relative error of {entries} gradients").format(entries=count(sweep.entries)),
        words=sweep_words(sweep),
        x_text=lambda step: number(step, 1),
        y_text=lambda error: number(error, 2),
    )


def words_of(found: GradientLens) -> str:
    """Return what was compared, how far it agrees, and what the kinks are."""
    if not found.finite:
        return _("The loss or a gradient is NaN or infinite, so nothing can be compared.")
    if found.sweep is None:
        return _("No gradient could be compared: kinks and rounding are everywhere.")
    largest = max(layer.largest for layer in found.layers if layer.judged)
    text = ngettext(
        "{judged} gradient compared, largest relative error {largest}.",
        "{judged} gradients compared, largest relative error {largest}.",
        found.judged,
    )
    words = [text.format(judged=count(found.judged), largest=number(largest, 2))]
    words.append(
        _("Below 10⁻⁵ the backward pass is right.")
        if largest < _LIMIT
        else _("From 10⁻⁵ on something is wrong, or a bend is near.")
    )
    if found.kinks:
        names = ", ".join(translate_message(name) for name, _count in found.jumps)
        text = ngettext(
            "{kinks} more lies at a kink ({names}) and is left out.",
            "{kinks} more lie at a kink ({names}) and are left out.",
            found.kinks,
        )
        words.append(text.format(kinks=count(found.kinks), names=names))
    else:
        words.append(_("No kink was met."))
    words.append(_("Loss of {examples} examples, penalties left out.").format(examples=count(found.examples)))
    return " ".join(words)


def sweep_words(sweep: StepSweep) -> str:
    """Return the best steps, and what spoils the others."""
    (double_step, double), (single_step, single) = sweep.best(sweep.double), sweep.best(sweep.single)
    text = _(
        "64-bit numbers come down to {double} at {double_step}, 32-bit ones to {single} at {single_step}. "
        "Left of the best step rounding grows, right of it the curve of the loss."
    )
    words = [
        text.format(
            double=number(double, 2),
            double_step=_h(double_step),
            single=number(single, 2),
            single_step=_h(single_step),
        )
    ]
    place = int(np.argmin(np.abs(np.log10(sweep.steps) + 1)))
    crossed = int(sweep.crossing[place])
    if crossed:
        text = ngettext(
            "At {step}, {crossed} of {entries} carries a unit across a kink.",
            "At {step}, {crossed} of {entries} carry a unit across a kink.",
            crossed,
        )
        step = _h(float(sweep.steps[place]))
        words.append(text.format(step=step, crossed=count(crossed), entries=count(sweep.entries)))
    return " ".join(words)


def _h(step: float) -> str:
    """Return a step in words that no line break parts."""
    return _("h = {step}").format(step=number(step, 1)).replace(" ", NO_BREAK_SPACE)


def _ends(found: GradientLens) -> tuple[float, float]:
    """Return the smallest and the largest size that is drawn."""
    sizes = np.concatenate([np.abs(values) for layer in found.layers for values in (layer.analytic, layer.numeric)])
    sizes = sizes[sizes > 0]
    return (float(sizes.min()), float(sizes.max())) if sizes.size else (1e-3, 1.0)


def _merged(found: GradientLens) -> tuple[LayerAgreement, ...]:
    """Return the first layer, all between, and the last: more marks cannot be told apart."""
    first, *between, last = found.layers
    whole = LayerAgreement(
        Message(N_("between")),
        np.concatenate([layer.analytic for layer in between]),
        np.concatenate([layer.numeric for layer in between]),
        max(layer.largest for layer in between),
        sum(layer.judged for layer in between),
        sum(layer.kinks for layer in between),
        sum(layer.unclear for layer in between),
    )
    return first, whole, last

"""What the X-ray shows, in words."""

import math
from html import escape

import numpy as np
from numpy.typing import NDArray

from app.labs.batch_norm.session import XrayAnswer
from app.labs.batch_norm.sweep_page import LEARNS
from app.look.numbers import against, count, number, percent
from app.system.i18n import _, ngettext, translate_message
from app.telling.lab_story import Chapter
from simulator.analysis.batch_norm import AnswerModes, BatchNoise, NormView, SweepPlan, SweepResult

Told = tuple[str, str, list[Chapter]]


def values_story(answer: XrayAnswer) -> Told:
    """Return slide, headline and chapters about one mini-batch."""
    view = answer.view
    ended = () if answer.ended is None else (translate_message(answer.ended),)
    if view.batch == 1:
        alone = (
            _("Normalised, the one value of every unit is <b>0</b>: it lies at its own mean."),
            _gradient_words(view.gradient_below),
        )
        return "E1", _("A mini-batch of one teaches nothing."), [Chapter("", (*alone, *ended))]
    if view.undone:
        same = (
            _(
                "What goes out differs from what comes in by at most <b>{difference}</b>, on values up to {scale}."
            ).format(difference=number(view.difference, 2), scale=number(view.scale, 2)),
            _("On this mini-batch only: on another one E and Var are others."),
        )
        why = _("γ = √(Var + ε) and β = E give back the input. If that is best, training can find it.")
        return "E2", _("Gamma and beta can undo it."), [Chapter("", (*same, *ended)), Chapter(_("Why"), (why,))]
    seen = (
        _("Normalised, the unit furthest off has mean <b>{mean}</b> and variance <b>{variance}</b>.").format(
            mean=number(view.normalised.worst_mean, 2), variance=number(view.normalised.worst_variance)
        ),
        _shape_words(view),
        _("Below, each point is a unit. On the dashed line this mini-batch has the running statistics."),
    )
    why = _(
        "x̂ = (x − E) / √(Var + ε), with E and Var of this mini-batch, unit by unit. A unit that hardly varies stays "
        "under variance 1 because of ε. Then γ x̂ + β, both learned."
    )
    return (
        "E1",
        _("Every unit gets mean 0 and variance 1."),
        [Chapter("", (*seen, *ended)), Chapter(_("Why"), (why,))],
    )


def batch_story(answer: XrayAnswer) -> Told:
    """Return slide, headline and chapters about the size of the batch."""
    noise, modes, view = answer.noise, answer.modes, answer.view
    if noise is None or modes is None:
        return "E4", _("Measuring."), []
    chapters = [Chapter("", _mode_words(modes)), Chapter(_("In training"), _noise_words(noise, view.batch))]
    if view.batch == 1:
        chapters.append(Chapter(_("A mini-batch of one"), (_gradient_words(view.gradient_below),)))
    return "E4", _("One example must not depend on its neighbours."), chapters


def sweep_story(plan: SweepPlan, result: SweepResult | None) -> Told:
    """Return slide, headline and chapters about the sweep."""
    kept = _("A layer of {width} units keeps the size of small signals at scale 1 / √{width} = <b>{scale}</b>.").format(
        width=count(plan.width), scale=number(plan.kept_scale, 2)
    )
    about = _(
        "Each number is the share of {examples} training examples that is right after {steps} steps; one seed each. "
        "With batch norm the examples' own statistics are used: running ones lag behind so young a network."
    )
    if result is None or result.made == 0:
        return "E3", _("Which scales and rates learn?"), [Chapter("", (kept,))]
    learned = [int(np.sum(part >= LEARNS)) for part in result.accuracy]
    made = [int(np.isfinite(part).sum()) for part in result.accuracy]
    seen = (
        _(
            "Without batch norm <b>{learned}</b> of {made} networks reach {share} of {examples} training examples in "
            "{steps} steps."
        ).format(
            learned=learned[0],
            made=made[0],
            share=percent(LEARNS),
            examples=count(result.examples),
            steps=count(plan.steps),
        ),
        _("With it <b>{learned}</b> of {made} do.").format(learned=learned[1], made=made[1]),
        _("Guessing would get {chance}.").format(chance=percent(result.chance)),
    )
    measured = about.format(examples=count(result.examples), steps=count(plan.steps))
    headline = _("Batch norm forgives the scale.") if learned[1] > learned[0] else _("The sweep so far.")
    return "E3", headline, [Chapter("", seen), Chapter(_("Why"), (kept,)), Chapter(_("Measured on"), (measured,))]


def _shape_words(view: NormView) -> str:
    if view.unit is None:
        return _("The values are moved and stretched, unit by unit, not bent into a bell curve (dashed).")
    text = _(
        "Unit {number} has skewness <b>{before}</b> before and <b>{after}</b> after: its shape stays. A bell curve "
        "(dashed) has 0."
    )
    return text.format(
        number=count(view.unit + 1),
        before=against(view.before.skewness, 1.0),
        after=against(view.normalised.skewness, 1.0),
    )


def _mode_words(modes: AnswerModes) -> tuple[str, ...]:
    low, high = float(modes.answers[0].min()), float(modes.answers[0].max())
    one, many = 0, int(modes.sizes.size) - 1
    nearest = _nearest(modes.sizes, modes.size)
    return (
        _(
            "The wrong mode normalises by the batch at hand: <b>{alone}</b> are right one at a time, <b>{together}</b> "
            "in batches of {size}."
        ).format(
            alone=percent(float(modes.batch[one])),
            together=percent(float(modes.batch[many])),
            size=count(int(modes.sizes[many])),
        ),
        _("In batches of {size} of one class each it is {sorted}.").format(
            sorted=percent(float(modes.sorted_batch[nearest])), size=count(int(modes.sizes[nearest]))
        ),
        _("One example, “{label}”: its class gets <b>{low}</b> to <b>{high}</b>, by its neighbours.").format(
            label=escape(modes.label), low=percent(low), high=percent(high)
        ),
        _(
            "With running statistics it gets <b>{same}</b> in every batch, and {running} of {count} examples are right."
        ).format(same=percent(float(modes.answers[1][0])), running=percent(modes.running), count=count(modes.examples)),
    )


def _nearest(sizes: NDArray[np.int64], size: int) -> int:
    """Return the place of the size that was measured and is nearest to `size`."""
    return int(np.argmin(np.abs(np.log(sizes / size))))


def _noise_words(noise: BatchNoise, batch: int) -> tuple[str, ...]:
    place = _nearest(noise.sizes, batch)
    size = int(noise.sizes[place])
    return (
        ngettext(
            "In mini-batches of {size} example the mean strays by <b>{mean}</b> standard deviations of its unit.",
            "In mini-batches of {size} examples the mean strays by <b>{mean}</b> standard deviations of its unit.",
            size,
        ).format(size=count(size), mean=number(float(noise.mean[place]), 2)),
        _("The variance strays by {variance}. {draws} mini-batches of each size.").format(
            variance=percent(float(noise.variance[place])), draws=count(noise.draws)
        ),
        _("In later layers the batch norms before have taken most of the noise of the mean away."),
    )


def _gradient_words(gradient: float) -> str:
    if math.isnan(gradient):
        return _("There are no weights below this batch norm.")
    if gradient == 0:
        return _("The gradient of the weights below is exactly <b>0</b>: whatever comes in, 0 comes out.")
    return _("The gradient of the weights below has norm <b>{gradient}</b>.").format(gradient=number(gradient, 2))

"""What the lens shows, in words."""

import math
from html import escape
from typing import Final

from app.labs.preprocessing.numbers import condition_text
from app.look.numbers import count, number
from app.system.i18n import _, ngettext, translate_message
from app.telling.lab_story import Chapter
from simulator.analysis.landscape import Bowl
from simulator.analysis.preprocessing import PreprocessingView, TrainingEffect
from simulator.message import N_

HEADLINES: Final = {
    "none": N_("The data as they are."),
    "centre": N_("The cloud moves to 0."),
    "standardise": N_("Every feature gets the same width."),
    "mean_image": N_("Every pixel loses its mean."),
    "colour_mean": N_("Every colour loses its mean."),
    "decorrelate": N_("The cloud turns onto its own axes."),
    "whiten": N_("Cloud and bowl are round."),
}


def cloud_story(view: PreprocessingView) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters about the clouds and their bowls."""
    before, after = view.before.cloud.bowl, view.after.cloud.bowl
    seen = [
        _("Condition number <b>{before}</b> before, <b>{after}</b> after.").format(
            before=condition_text(before.condition), after=condition_text(after.condition)
        ),
        *_shape_words(before, after),
        _("A descent comes 100 times nearer the least loss in {before} before, in {after} after.").format(
            before=_steps(before), after=_steps(after)
        ),
    ]
    why = _(
        "One neuron, f = w₁x₁ + w₂x₂, is to say 1 for class {first} and −1 for the rest. Its loss is a bowl that "
        "curves as much as XᵀX / n: inputs far from 0, of unequal width, or that go together make a long valley. "
        "Descent crosses it to and fro."
    ).format(first=escape(view.class_names[0]))
    chapters = [Chapter("", tuple(seen)), Chapter(_("Why"), (why,)), _measured(view)]
    return "C1", _(HEADLINES[view.preprocessing.kind]), chapters


def picture_story(view: PreprocessingView) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters about pictures."""
    pictures = view.pictures
    seen = []
    if pictures is not None:
        shape = "×".join(str(side) for side in pictures.mean_image.shape)
        colours = pictures.colour_means.size
        seen.append(_("The mean picture has <b>{shape}</b> numbers.").format(shape=shape))
        seen.append(
            _("The means of the colours are <b>{number}</b> numbers.").format(number=colours)
            if colours > 1
            else _("These pictures are grey: one mean is enough.")
        )
    why = (
        _("All pixels go from 0 to the same largest value: they have one scale already."),
        _("Decorrelating or whitening mixes pixels from all over the picture. Neighbours are no neighbours after it."),
    )
    return "C2", _("For images: centring only."), [Chapter("", tuple(seen)), Chapter(_("Why"), why), _measured(view)]


def effect_story(effect: TrainingEffect | None) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters about the short trainings."""
    if effect is None or math.isnan(effect.runs[0].last):
        text = _("Press <b>Train</b>: the same network learns from the data as they are, then from the prepared data.")
        return "C1", _("What does it do to training?"), [Chapter("", (text,))]
    without, *rest = effect.runs
    if not rest or math.isnan(rest[0].last):
        return "C1", _("Training."), [Chapter("", (_loss_words(_("As they are"), without.last, without.rate),))]
    with_it = rest[0]
    seen = [
        _loss_words(_("As they are"), without.last, without.rate),
        _loss_words(_("Prepared"), with_it.last, with_it.rate),
        _("After {steps} steps, on {examples} training examples; one seed. Thin lines: every mini-batch.").format(
            steps=count(effect.steps), examples=count(effect.examples)
        ),
    ]
    edges = [run for run in effect.runs if run.best is not None and 1 < run.rates.size == run.best + 1]
    if edges:
        seen.append(_("A best rate lies at the edge of what was tried: a larger one may be better."))
    why = _(
        "The steepest direction of the loss limits the learning rate, the flattest one limits the progress. The "
        "rounder the bowl, the better one rate suits them all. At one rate for both sides the mere scale of the data "
        "decides."
    )
    return "C1", _headline(without.last, with_it.last), [Chapter("", tuple(seen)), Chapter(_("Why"), (why,))]


def _headline(without: float, with_it: float) -> str:
    if not math.isfinite(without) or not math.isfinite(with_it):
        return _("One side ends in NaN or in infinity.")
    if with_it < without * 0.98:
        return _("Prepared data learn faster here.")
    if with_it > without * 1.02:
        return _("Prepared data learn slower here.")
    return _("It makes no difference here.")


def _loss_words(name: str, loss: float, rate: float) -> str:
    if not math.isfinite(loss):
        return _("{name}: with every rate that was tried the loss grows without end.").format(name=name)
    return _("{name}: loss <b>{loss}</b>, at learning rate {rate}.").format(
        name=name, loss=number(loss), rate=number(rate, 2)
    )


def _shape_words(before: Bowl, after: Bowl) -> list[str]:
    """Return how long the bowls are, where they end: the root of the condition number."""
    if math.isinf(before.condition) or math.isinf(after.condition):
        return []
    text = _("The bowl is <b>{before}</b> times as long as wide before, <b>{after}</b> times after.")
    return [text.format(before=number(math.sqrt(before.condition), 2), after=number(math.sqrt(after.condition), 2))]


def _steps(bowl: Bowl) -> str:
    if math.isinf(bowl.steps):
        return _("more steps than can be counted")
    steps = math.ceil(bowl.steps)
    return ngettext("<b>{number}</b> step", "<b>{number}</b> steps", steps).format(number=count(steps))


def _measured(view: PreprocessingView) -> Chapter:
    texts = [
        _("{training} of {examples} examples train. Mean, std and axes come from them alone.").format(
            training=count(view.training), examples=count(view.examples)
        )
    ]
    if view.measured < view.training:
        texts.append(_("Here the first {measured} of them are measured.").format(measured=count(view.measured)))
    if view.note is not None:
        texts.append(_("{note}.").format(note=escape(translate_message(view.note))))
    return Chapter(_("Measured on"), tuple(texts))

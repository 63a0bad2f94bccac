"""The sentences of the zig-zag lab, with what the slide simplifies."""

from dataclasses import dataclass

import numpy as np

from app.look.numbers import count, number, percent
from app.system.i18n import _, ngettext
from app.telling.lab_story import Chapter
from simulator.analysis.landscape import zigzag


@dataclass(frozen=True)
class Told:
    """What is on display; `rates` are the largest learning rates of all feeds."""

    neuron: zigzag.Neuron
    descent: zigzag.Descent
    step: int
    batch: int
    rate: float
    rates: dict[zigzag.Feed, float]


def headline(told: Told) -> str:
    """Return the one sentence."""
    if told.descent.diverged:
        return _("The descent diverges.")
    same, judged = told.descent.same_sign()
    if judged and same == judged:
        return _("Both weights always move the same way.")
    if same == 0:
        return _("One weight rises while the other falls.")
    if judged and same / judged > 0.6:
        return _("Both weights mostly move the same way.")
    return _("Each weight goes its own way.")


def chapters(told: Told) -> list[Chapter]:
    """Return the chapters."""
    return [
        Chapter("", (*_this_step(told), _so_far(told))),
        Chapter(_("Why"), (_why(told),)),
        Chapter(_("What the slide simplifies"), _simplified(told)),
        Chapter(_("The learning rate"), (_rates(told),)),
    ]


def _this_step(told: Told) -> tuple[str, ...]:
    if told.step == 0:
        return (_("From the start w₁ must rise by 2 and w₂ fall by 2. Press <b>Step</b> or <b>Play</b>."),)
    first, second = (float(each) for each in told.descent.gradients[told.step - 1])
    moved = -told.rate * told.descent.gradients[told.step - 1]
    return (
        _(
            "Step {step}: the gradients are <b>{first}</b> and <b>{second}</b>, so w₁ changes by {one} and w₂ by {two}."
        ).format(
            step=count(told.step),
            first=number(first, 2),
            second=number(second, 2),
            one=number(float(moved[0]), 2),
            two=number(float(moved[1]), 2),
        ),
    )


def _so_far(told: Told) -> str:
    same, judged = told.descent.same_sign()
    if judged == 0:
        return _("No step has a gradient whose sign could be told.")
    return _("On <b>{share}</b> of all {steps} steps both gradients have the same sign.").format(
        share=percent(same / judged), steps=count(judged)
    )


def _why(told: Told) -> str:
    positive = bool((told.neuron.inputs > 0).all())
    if positive and told.batch == 1:
        return _(
            "Each gradient is (f − t) times its input. Both inputs are positive, so both gradients have the sign of "
            "f − t. The way to the smallest loss needs two signs: the path must zig-zag."
        )
    if positive and told.batch < zigzag.EXAMPLES:
        return ngettext(
            "Every single example binds both signs. The mean over {batch} example is bound as well.",
            "Every single example binds both signs. The mean over {batch} examples may have two signs, and has them "
            "more often the larger the mini-batch.",
            told.batch,
        ).format(batch=count(told.batch))
    if positive:
        return _(
            "The inputs are all positive, and yet there is no zig-zag: errors of both signs are averaged, so the mean "
            "gradient may have two signs."
        )
    return _("The inputs have both signs, so the two gradients of one example may have two signs as well.")


def _simplified(told: Told) -> tuple[str, ...]:
    texts = [
        _("The slide speaks of one example. Over a mini-batch the signs may differ; over all examples they do here."),
        _(
            "The slide calls (1 − f) f the derivative of the loss. It is the sigmoid's own, and always positive: the "
            "sign comes from the loss, here from f − t."
        ),
    ]
    if told.step:
        one, two = np.abs(told.rate * told.descent.gradients[told.step - 1])
        texts.append(
            _("The slide lets the weights change one by one. Both move at every step: here by {one} and {two}.").format(
                one=number(float(one), 2), two=number(float(two), 2)
            )
        )
    else:
        texts.append(_("The slide lets the weights change one by one. Both move at every step."))
    return tuple(texts)


def _rates(told: Told) -> str:
    positive, mine = told.rates["positive"], told.rates[told.neuron.feed]
    text = _("On the full batch the descent diverges from a rate of <b>{rate}</b> on.").format(rate=number(mine))
    if told.neuron.feed == "positive":
        centred = told.rates["centred"]
        more = _("With the same inputs centred it is {rate}, {times} times more: there the valley is not narrow.")
        return f"{text} {more.format(rate=number(centred), times=number(centred / positive, 2))}"
    more = _("With all positive inputs it is {rate}.").format(rate=number(positive))
    return f"{text} {more}"

"""The sentences of the bench, from the numbers that were measured. No Qt."""

import math
from dataclasses import dataclass, replace
from typing import Final

from app.labs.initialise.reasons import reasons
from app.labs.initialise.setup import RECTIFIERS, SLIDES, Setup, slide_of
from app.look.numbers import count, number, percent
from app.plots.lab.bench_picture import BenchPicture
from app.system.i18n import _
from simulator.analysis.signal import MOST_LAYERS

FADED: Final = 5.0
"""A signal that is so many times smaller, or larger, at the other end has faded, or grown."""
LOST: Final = 25.0
"""A gradient that is so many times smaller, or larger, at the input has faded, or grown, though the signal holds."""
HOLDS: Final = ("holds", "gradient fades", "gradient grows")
SAME: Final = 2.0
"""Sizes that differ less are called the same."""
MANY: Final = 0.5
"""From this share on the saturated values are what there is to see."""
SILENT: Final = 0.02


@dataclass(frozen=True)
class Advice:
    """What to try next: a sentence, and a button that sets it."""

    text: str
    button: str
    setup: Setup


@dataclass(frozen=True)
class Telling:
    """The right column: slide, headline, what is seen and why, a note on the way back, what to try."""

    slide: str
    headline: str
    seen: tuple[str, ...]
    why: tuple[str, ...]
    note: str
    advice: Advice | None
    question: str = ""


def tell(setup: Setup, picture: BenchPicture, *, asking: bool, brief: bool) -> Telling:
    """Return what is to be said of a picture.

    Parameters
    ----------
    asking
        A slide's question is asked: nothing is said that answers it.
    brief
        There is little room.
    """
    found = case(picture)
    slide = slide_of(setup)
    seen = (_seen(found, picture), "" if brief else _drawn(found, picture), _silent(found, picture))
    return Telling(
        slide=slide,
        headline=_headline(found),
        seen=tuple(text for text in seen if text),
        why=reasons(setup, picture),
        note="" if asking else _note(found, picture),
        advice=None if asking else _advice(found, setup),
        question=_(SLIDES[slide].question) if asking and slide else "",
    )


def case(picture: BenchPicture) -> str:
    """Return what has become of the signal.

    It is one of "overflows", "nothing", "same", "saturated", "fades", "grows", "holds"; where it holds but the gradient
    does not, "gradient fades" or "gradient grows".
    """
    layers = picture.layers
    first, last = layers[0], layers[-1]
    if any(layer.histogram.not_finite for layer in layers):
        return "overflows"
    if last.std == 0 and last.mean == 0:
        return "nothing"
    if all(layer.identical for layer in layers):
        return "same"
    if (last.saturated or 0.0) >= MANY:
        return "saturated"
    if last.std * FADED <= first.std:
        return "fades"
    bounded = last.saturated is not None
    if last.std >= FADED * first.std and not bounded:
        return "grows"
    arriving = picture.reading.signal.input_gradient_std
    if arriving is None or 1 / LOST < arriving < LOST:
        return "holds"
    return "gradient fades" if arriving < 1 else "gradient grows"


def _headline(found: str) -> str:
    return {
        "overflows": _("The numbers overflow."),
        "nothing": _("Nothing passes."),
        "same": _("All units are the same."),
        "saturated": _("The units are saturated."),
        "fades": _("The signal fades."),
        "grows": _("The signal explodes."),
        "holds": _("The signal holds."),
        "gradient fades": _("The signal holds, the gradient fades."),
        "gradient grows": _("The signal holds, the gradient explodes."),
    }[found]


def _seen(found: str, picture: BenchPicture) -> str:
    layers = picture.layers
    first, last = layers[0], layers[-1]
    values = {"last": count(len(layers)), "end": number(last.std, 2), "start": number(first.std, 2)}
    if found == "overflows":
        lost = next(place for place, layer in enumerate(layers, start=1) if layer.histogram.not_finite)
        return _("From layer <b>{layer}</b> on numbers are larger than 32 bits can hold.").format(layer=count(lost))
    if found == "nothing":
        where = next(place for place, layer in enumerate(layers, start=1) if layer.std == 0)
        return _("From layer <b>{layer}</b> on every value is exactly 0.").format(layer=count(where))
    if found == "same":
        text = _("All <b>{units}</b> units of a layer give the same number for each example: it is one unit wide.")
        return text.format(units=count(last.units))
    if found == "saturated":
        text = _("<b>{share}</b> of layer {last} lies within 1 % of a bound, {blocked} pass on under a thousandth.")
        return text.format(**values, share=percent(last.saturated or 0.0), blocked=percent(last.blocked or 0.0))
    if len(layers) == 1:
        return _("The one layer has std <b>{end}</b>.").format(**values)
    if found in HOLDS:
        return _("Layer 1 has std <b>{start}</b>, layer {last} has <b>{end}</b>.").format(**values)
    ratio = number(first.std / last.std if found == "fades" else last.std / first.std, 2)
    if found == "fades":
        text = _("Layer {last} has std <b>{end}</b>. Layer 1 has <b>{start}</b>, {ratio} times more.")
    else:
        text = _("Layer {last} has std <b>{end}</b>, {ratio} times that of layer 1, <b>{start}</b>.")
    return text.format(**values, ratio=ratio)


def _drawn(found: str, picture: BenchPicture) -> str:
    if picture.spread is None or found not in ("fades", "grows", *HOLDS):
        return ""
    low, high = float(picture.spread.low[-1]), float(picture.spread.high[-1])
    return _("In 9 of 10 draws it has {low} to {high} ({draws} others drawn).").format(
        low=number(low, 2), high=number(high, 2), draws=count(picture.spread.draws)
    )


def _silent(found: str, picture: BenchPicture) -> str:
    last = picture.layers[-1]
    if found not in HOLDS or last.silent is None or last.silent < SILENT:
        return ""
    return _("<b>{share}</b> of the units of layer {last} are silent: 0 for all {examples} examples.").format(
        share=percent(last.silent), last=count(len(picture.layers)), examples=count(picture.reading.signal.examples)
    )


def _note(found: str, picture: BenchPicture) -> str:
    signal, layers = picture.reading.signal, picture.layers
    arriving = signal.input_gradient_std
    if arriving is None or not math.isfinite(arriving):
        return ""
    sizes = [layer.weight_gradient_std or 0.0 for layer in layers]
    if arriving == 0:
        if any(sizes):
            return _("Nothing comes back to the input: dL/dh is 0 there.")
        return _("Nothing comes back: below layer {last} every dL/dh is 0, and every dL/dW is 0.").format(
            last=count(len(layers))
        )
    values = {
        "factor": number(max(arriving, 1 / arriving) ** (1 / len(layers)), 2),
        "arriving": number(arriving, 2),
        "last": count(len(layers)),
        "blocked": percent(layers[-1].blocked or 0.0),
    }
    if arriving >= FADED and found == "saturated":
        return _(
            "{blocked} of the values block, yet dL/dh <b>grows</b> {factor} times a layer, to {arriving} at the input: "
            "the few that pass are multiplied by large weights."
        ).format(**values)
    if 1 / FADED < arriving < FADED:
        return _("A gradient of 1 at the top reaches the input as <b>{arriving}</b>.").format(**values)
    text = (
        _("dL/dh <b>falls</b> {factor} times a layer, to {arriving} at the input.")
        if arriving < 1
        else _("dL/dh <b>grows</b> {factor} times a layer, to {arriving} at the input.")
    ).format(**values)
    if min(sizes) > 0 and max(sizes) <= SAME * min(sizes):
        same = _(
            "Yet weights of layer {last} and layer 1 get gradients of the <b>same</b> size: "
            "small inputs meet large gradients, and the other way round."
        )
        return f"{text} {same.format(**values)}"
    return text


def _advice(found: str, setup: Setup) -> Advice | None:
    rectifies = setup.activation in RECTIFIERS
    drawn = replace(setup, scheme="he" if rectifies else "xavier", size=1.0)
    button = _("Set He") if rectifies else _("Set Xavier")
    if setup.scheme == "zeros" and setup.activation != "sigmoid":
        text = _("Press “Start training from here”: only the last biases learn, every weight stays exactly 0.")
        return Advice(text, button, drawn)
    if found == "same":
        text = _("Press “Start training from here”: the units move, but stay the same.")
        return Advice(text, button, drawn)
    if found == "holds":
        if setup.layers < MOST_LAYERS:
            deep = replace(setup, layers=MOST_LAYERS)
            return Advice(_("Does it hold in a deeper network?"), _("Set 30 layers"), deep)
        return None
    if setup.activation == "sigmoid":
        centred = replace(setup, activation="tanh", scheme="xavier", size=1.0)
        return Advice(_("tanh has its mean at 0 and a slope of 1 there."), _("Set tanh and Xavier"), centred)
    if rectifies and setup.scheme != "he":
        text = (
            _("He doubles the variance of every weight.")
            if setup.scheme == "xavier"
            else _("He draws weights of variance 2 / fan_in, made for ReLU.")
        )
        return Advice(text, button, drawn)
    if not rectifies and (setup.scheme != "xavier" or setup.size != 1):
        text = _("Xavier draws weights of variance 1 / fan_in: sums stay as large as what came in.")
        return Advice(text, button, drawn)
    if rectifies and setup.size != 1:
        return Advice(_("He needs no factor."), _("Set scale 1"), replace(setup, size=1.0))
    return None

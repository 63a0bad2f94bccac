"""What the picture on display says, in sentences with the number first. No Qt."""

import math
from dataclasses import dataclass

from app.i18n import _, ngettext, translate_message
from app.plots import numbers
from app.run_state import RunState
from simulator import LayerFrame, Loaded, Message, Picture, cards, promise

SMALL_SHARE = 0.05
"""A share of saturated or blocked values below this is not worth a sentence."""
LARGE_RATIO = 100.0
"""Gradients of the first and the last layer that differ less may do so by their layers' widths alone."""


@dataclass(frozen=True)
class Story:
    """Sentences on what is shown, and what one might do next."""

    seen: tuple[str, ...]
    to_try: tuple[str, ...]


def tell(loaded: Loaded, picture: Picture | None, state: RunState) -> Story:
    """Return the story of the run on display."""
    untrained = picture is None or picture.frame.step == 0
    seen = [_untrained(loaded) if picture is None or untrained else _loss(loaded, picture)]
    if picture is not None:
        layers = picture.frame.layers
        seen += [_accuracy(loaded, picture), _worst(loaded, layers), _fading(layers)]
    seen += [_promise(loaded), *(_sentence(note) for note in loaded.facts.notes)]
    return Story(tuple(sentence for sentence in seen if sentence), _to_try(loaded, picture, state))


def _promise(loaded: Loaded) -> str:
    promised = promise(loaded.run.experiment)
    if promised is None:
        return ""
    slide, text = promised
    return _("What to see ({slide}): {text}").format(slide=slide, text=_(text))


def _sentence(note: Message) -> str:
    text = translate_message(note)
    return text if text.endswith(".") else text + "."


def _untrained(loaded: Loaded) -> str:
    facts = loaded.facts
    text = _(
        "{count} weights and biases, nothing learnt yet. A network that knows nothing has loss {loss} ({formula})."
    )
    return text.format(
        count=numbers.count(facts.parameters),
        loss=numbers.number(facts.guessing_loss, 2),
        formula=_formula(loaded),
    )


def _loss(loaded: Loaded, picture: Picture) -> str:
    facts = loaded.facts
    values = {
        "untrained": numbers.number(facts.guessing_loss, 2),
        "formula": _formula(loaded),
    }
    smooth = picture.losses.smooth
    if picture.at is not None:
        return _past_loss(picture)
    now = float(smooth[-1]) if smooth.size else picture.frame.loss
    if now is None or not math.isfinite(now):
        return _("The loss is no finite number. A network that knows nothing has {untrained} ({formula}).").format(
            **values
        )
    return _("Loss {loss}, mean of the last steps. A network that knows nothing has {untrained} ({formula}).").format(
        loss=numbers.number(now), **values
    )


def _past_loss(picture: Picture) -> str:
    """Say what the mini-batch of the step on display had."""
    loss, step = picture.frame.loss, numbers.count(picture.frame.step)
    if loss is None:
        return _("Step {step}: nothing learnt yet.").format(step=step)
    return _("Step {step}: its mini-batch had loss {loss}.").format(step=step, loss=numbers.number(loss))


def _formula(loaded: Loaded) -> str:
    return translate_message(loaded.facts.guessing_formula).replace(" ", numbers.NO_BREAK_SPACE)


def _accuracy(loaded: Loaded, picture: Picture) -> str:
    readings = picture.readings
    # at a past step, what had been read by then
    read = readings.step.size if picture.at is None else int((readings.step <= picture.frame.step).sum())
    if not read:
        return ""
    training = float(readings.training_accuracy[read - 1])
    validation = float(readings.validation_accuracy[read - 1])
    if not math.isfinite(training):
        return ""
    values = {"training": numbers.percent(training)}
    if not math.isfinite(validation):
        return _("Training {training}. No examples are held back, so nothing tells how it does on new ones.").format(
            **values
        )
    values |= {
        "validation": numbers.percent(validation),
        "examples": numbers.count(loaded.facts.validation_examples),
    }
    if round(100 * training) == round(100 * validation):
        text = _("Training {training}, validation {validation}: no gap, measured on {examples} examples of each.")
    elif training > validation:
        values["gap"] = numbers.points(training, validation)
        text = _("Training {training}, validation {validation}: gap {gap}, measured on {examples} examples of each.")
    else:
        values["gap"] = numbers.points(validation, training)
        text = _(
            "Training {training}, validation {validation}: validation is ahead by {gap}, "
            "measured on {examples} examples of each."
        )
    return text.format(**values)


def _worst(loaded: Loaded, layers: tuple[LayerFrame, ...]) -> str:
    dead = max(layers, key=lambda layer: layer.dead or 0.0)
    if dead.dead_units:
        sentence = ngettext(
            "{layer}: {dead} of {units} units is dead: 0 for all {examples} examples, so no gradient passes.",
            "{layer}: {dead} of {units} units are dead: 0 for all {examples} examples, so no gradient passes.",
            dead.dead_units,
        )
        return sentence.format(
            layer=translate_message(dead.name),
            dead=numbers.count(dead.dead_units),
            units=numbers.count(dead.units),
            examples=numbers.count(loaded.facts.probe_examples),
        )
    saturated = max(layers, key=lambda layer: layer.saturated or 0.0)
    if (saturated.saturated or 0.0) >= SMALL_SHARE:
        text = _("{layer}: {share} of its values are saturated, within 1 % of a bound. Little gradient passes there.")
        return text.format(layer=translate_message(saturated.name), share=numbers.percent(saturated.saturated or 0.0))
    if any(layer.dead is not None for layer in layers):
        return _("No unit is dead.")
    return ""


def _fading(layers: tuple[LayerFrame, ...]) -> str:
    weighted = [layer for layer in layers if layer.weight_gradient is not None]
    sizes = [layer.weight_gradient.rms for layer in weighted if layer.weight_gradient is not None]
    if len(sizes) < 2 or not all(math.isfinite(size) and size > 0 for size in sizes):
        return ""
    ratio = sizes[-1] / sizes[0]
    values = {"first": translate_message(weighted[0].name), "last": translate_message(weighted[-1].name)}
    if ratio >= LARGE_RATIO:
        text = _("The gradient of {first} is {ratio} times smaller than that of {last}: it vanishes on the way back.")
    elif 1 / ratio >= LARGE_RATIO:
        ratio = 1 / ratio
        text = _("The gradient of {first} is {ratio} times larger than that of {last}: it grows on the way back.")
    else:
        return ""
    return text.format(ratio=numbers.number(ratio, 2), **values)


def _to_try(loaded: Loaded, picture: Picture | None, state: RunState) -> tuple[str, ...]:
    rate = loaded.experiment.training.learning_rate
    choose_layer = _("Choose a layer at the left: it stands out in every plot.")
    change = _change_activation(loaded)
    dead = _cure_dead(picture)
    match state:
        case RunState.PREPARING | RunState.READY:
            return (_("Press <b>Play</b>, or the space bar."), choose_layer, change)
        case RunState.PLAYING:
            return (
                _("Press the space bar to pause."),
                _("Move the <b>learning rate</b> while it trains: it takes effect at once."),
                dead or choose_layer,
            )
        case RunState.PAUSED:
            return (
                _("Press <b>Step</b>: one mini-batch moves every weight once."),
                _("Press <b>New weights</b>, then <b>Play</b>: does it end at the same loss?"),
                dead or change,
            )
        case RunState.FINISHED:
            return (
                _("Press <b>Continue</b>: does the gap grow?"),
                _("Press <b>New weights</b>, then <b>Play</b>: does it end at the same loss?"),
                dead or change,
            )
        case RunState.DIVERGED | RunState.FAILED:
            lower = _("Lower the <b>learning rate</b> from {rate} to {lower}.")
            return (
                lower.format(rate=numbers.short(rate), lower=numbers.short(rate / 10)),
                _("Press <b>Reset</b>, then <b>Play</b>: the same weights, another step size."),
            )


def _change_activation(loaded: Loaded) -> str:
    for card in cards(loaded.experiment.network):
        activation = card.activation
        if activation is not None:
            values = {"layer": translate_message(card.name), "activation": _(activation.label)}
            text = _("Take another activation than {activation} in <b>{layer}</b>, and play again.")
            return text.format(**values)
    return _("Add a layer at the left, and play again.")


def _cure_dead(picture: Picture | None) -> str:
    if picture is None:
        return ""
    worst = max(picture.frame.layers, key=lambda layer: layer.dead or 0.0)
    if not worst.dead_units:
        return ""
    return _("Give <b>{layer}</b> a leaky ReLU, and play again: do units still die?").format(
        layer=translate_message(worst.name)
    )

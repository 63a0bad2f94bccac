"""What the picture on display says, in sentences with the number first. No Qt."""

import math
from dataclasses import dataclass
from html import escape

from app.look import facts, numbers
from app.panels.beside.answers_words import what_no_numbers_answer, why_accuracy_climbs
from app.running.run_state import RunState
from app.system.i18n import _, ngettext, translate_message
from simulator.experiment import cards, promise
from simulator.message import Message
from simulator.training import Frame, Loaded, Picture

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
        frame, readings, read = picture.frame, picture.readings, _read(picture)
        seen += [
            *_accuracies(picture),
            why_accuracy_climbs(readings, read),
            what_no_numbers_answer(readings, read, loaded.facts),
            _worst(loaded, frame),
            _fading(loaded, frame),
        ]
    seen += [_promise(loaded), *(_sentence(note) for note in loaded.facts.notes)]
    return Story(tuple(sentence for sentence in seen if sentence), _to_try(loaded, picture, state))


def _promise(loaded: Loaded) -> str:
    promised = promise(loaded.run.experiment)
    if promised is None:
        return ""
    slide, text = promised
    return _("What to see ({slide}): {text}").format(slide=slide, text=_(text))


def _sentence(note: Message) -> str:
    text = escape(translate_message(note))
    return text if text.endswith(".") else text + "."


def _untrained(loaded: Loaded) -> str:
    known = loaded.facts
    text = _("{count} weights and biases, nothing learned yet. Guessing has loss {loss} ({formula}).")
    return text.format(
        count=numbers.count(known.parameters),
        loss=numbers.number(known.guessing_loss, 2),
        formula=_formula(loaded),
    )


def _loss(loaded: Loaded, picture: Picture) -> str:
    values = {
        "untrained": numbers.number(loaded.facts.guessing_loss, 2),
        "formula": _formula(loaded),
    }
    smooth = picture.losses.smooth
    if picture.at is not None:
        return _past_loss(picture)
    now = float(smooth[-1]) if smooth.size else picture.frame.loss
    if now is None or not math.isfinite(now):
        return _("The loss is NaN or infinite. Guessing has {untrained} ({formula}).").format(**values)
    step = round(float(picture.losses.step[-1])) if smooth.size else picture.frame.step
    text = _("Loss {loss}, mean of the last mini-batches up to step {step}. Guessing has {untrained} ({formula}).")
    return text.format(loss=numbers.number(now), step=numbers.count(step), **values)


def _past_loss(picture: Picture) -> str:
    """Say what the mini-batch of the step on display had."""
    loss, step = picture.frame.loss, numbers.count(picture.frame.step)
    if loss is None:
        return _("Step {step}: nothing learned yet.").format(step=step)
    return _("Step {step}: its mini-batch had loss {loss}.").format(step=step, loss=numbers.number(loss))


def _formula(loaded: Loaded) -> str:
    return translate_message(loaded.facts.guessing_formula).replace(" ", numbers.NO_BREAK_SPACE)


def _read(picture: Picture) -> int:
    """Return how many readings there are; at a past step, how many had been made by then."""
    steps = picture.readings.step
    return steps.size if picture.at is None else int((steps <= picture.frame.step).sum())


def _accuracies(picture: Picture) -> tuple[str, ...]:
    found, whole = facts.read(picture), facts.read_on_all(picture)
    if found is None or not math.isfinite(found.training):
        return ()
    return facts.sentence(found), "" if whole is None else facts.sentence_on_all(whole)


def _worst(loaded: Loaded, frame: Frame) -> str:
    layers = frame.layers
    faults = {facts.fault(layer) for layer in layers}
    values = {"step": numbers.count(frame.step), "examples": numbers.count(loaded.facts.probe_examples)}
    if "not finite" in faults:
        first = next(layer for layer in layers if layer.output.not_finite)
        text = _("{layer}: {bad} of {total} outputs are NaN or infinite at step {step}, on {examples} examples.")
        counts = {"bad": first.output.not_finite, "total": first.output.total}
        written = {name: numbers.count(number) for name, number in counts.items()}
        return text.format(layer=translate_message(first.name), **written, **values)
    if "dead" in faults:
        dead = max(layers, key=lambda layer: layer.dead or 0.0)
        sentence = ngettext(
            "{layer}: {dead} of {units} units is dead: 0 for all {examples} examples at step {step}, so no gradient "
            "passes.",
            "{layer}: {dead} of {units} units are dead: 0 for all {examples} examples at step {step}, so no gradient "
            "passes.",
            dead.dead_units,
        )
        counts = {"dead": dead.dead_units, "units": dead.units}
        written = {name: numbers.count(number) for name, number in counts.items()}
        return sentence.format(layer=translate_message(dead.name), **written, **values)
    if "saturated" in faults:
        saturated = max(layers, key=lambda layer: layer.saturated or 0.0)
        text = _(
            "{layer}: {share} of its values are saturated, within 1 % of a bound, at step {step} on {examples} "
            "examples. Little gradient passes there."
        )
        share = numbers.percent(saturated.saturated or 0.0)
        return text.format(layer=translate_message(saturated.name), share=share, **values)
    if any(layer.dead is not None for layer in layers):
        return _("No unit is dead at step {step}, on {examples} examples.").format(**values)
    return ""


def _fading(loaded: Loaded, frame: Frame) -> str:
    weighted = [layer for layer in frame.layers if layer.weight_gradient is not None]
    sizes = [layer.weight_gradient.rms for layer in weighted if layer.weight_gradient is not None]
    if len(sizes) < 2 or not all(math.isfinite(size) and size > 0 for size in sizes):
        return ""
    ratio = sizes[-1] / sizes[0]
    values = {
        "first": translate_message(weighted[0].name),
        "last": translate_message(weighted[-1].name),
        "step": numbers.count(frame.step),
        "examples": numbers.count(loaded.facts.probe_examples),
    }
    if ratio >= LARGE_RATIO:
        text = _(
            "The gradient of {first} is {ratio} times smaller than that of {last} at step {step}, on {examples} "
            "examples: it vanishes on the way back."
        )
    elif 1 / ratio >= LARGE_RATIO:
        ratio = 1 / ratio
        text = _(
            "The gradient of {first} is {ratio} times larger than that of {last} at step {step}, on {examples} "
            "examples: it grows on the way back."
        )
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
            lower = _("Lower the <b>learning rate</b> from {rate}; the doctor finds out which one learns.")
            return (
                lower.format(rate=numbers.short(rate)),
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

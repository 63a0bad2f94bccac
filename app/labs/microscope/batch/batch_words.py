"""What is told beside a mini-batch: the four phases, their formulas with numbers filled in, the sums so far."""

import math
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.labs.microscope.batch.phase_walk import PHASES, PhaseWalk
from app.labs.microscope.texts import exact_text, filled, value_text
from app.look.numbers import count, number, scientific
from app.system.i18n import _, ngettext, translate_message
from app.telling.lab_story import Chapter
from simulator.analysis.gates import BatchParts, BlockPart

MOST_SCORES: Final = 4


@dataclass(frozen=True)
class Chosen:
    """The parameter that is followed: which block, where in its flat numbers, its name in a sentence and in a title."""

    block: BlockPart
    index: int
    name: str
    short: str


@dataclass(frozen=True)
class Following:
    """Everything that is told about.

    Attributes
    ----------
    terms
        What each example adds to the gradient of the chosen parameter; None until that is found, and where examples
        cannot be taken apart.
    """

    parts: BatchParts
    walk: PhaseWalk
    chosen: Chosen
    terms: NDArray[np.floating] | None


def headline(about: Following) -> str:
    """Return the phase in a few words."""
    stand = about.walk.stand
    if stand.averaged:
        return _("Average and update") if stand.updated else _("Average")
    names = (_("One step of learning"), _("Sample"), _("Forward, add the loss"), _("Backward, add the gradient"))
    return names[stand.phase]


def place_words(about: Following) -> str:
    """Return where one stands: "example 3 of 32", or "phase 4 of 4"."""
    stand = about.walk.stand
    if stand.phase in (2, 3):
        return _("example {place} of {last}").format(place=stand.example + 1, last=count(about.parts.size))
    return _("phase {place} of {last}").format(place=stand.phase, last=PHASES)


def chapters(about: Following) -> tuple[Chapter, ...]:
    """Return what is told at the present position."""
    stand = about.walk.stand
    tellers = (_tell_plan, _tell_sample, _tell_forward, _tell_backward, _tell_average)
    told = [tellers[stand.phase](about)]
    if stand.updated:
        told.append(_tell_update(about))
    return tuple(told)


def state_words(parts: BatchParts) -> tuple[str, ...]:
    """Return which network this is, and how dropout and batch norm are dealt with."""
    told = []
    if parts.step == 0:
        told.append(_("The network of this experiment at step 0, before its first update, in 64-bit numbers."))
    else:
        text = _("The network of the run after step {step}, with its present weights, in 64-bit numbers.")
        told.append(text.format(step=count(parts.step)))
    if parts.dropped:
        told.append(_("Dropout drops, with the masks of this very step."))
    if not parts.apart:
        told.append(
            _(
                "Batch norm uses mean and variance of the whole mini-batch, so no example can be sent through by "
                "itself: their gradients cannot be taken apart, and the way back is shown for all of them together."
            )
        )
    return tuple(told)


def _tell_plan(_about: Following) -> Chapter:
    texts = (
        _("1. Sample a mini-batch of the training set."),
        _("2. Send every example forward and add its loss to the sum."),
        _("3. Send every example back and add its gradient to the sum that each parameter keeps."),
        _("4. Divide the sums by the number of examples, and move every parameter a little against its average."),
    )
    return Chapter(_("Four phases"), texts)


def _tell_sample(about: Following) -> Chapter:
    parts = about.parts
    drawn = ngettext(
        "{size} example: the next one in the random order of this epoch.",
        "{size} examples: the next ones in the random order of this epoch.",
        parts.size,
    ).format(size=count(parts.size))
    return Chapter(
        _("What was drawn"), (drawn, _("Both sums are 0 now: that of the losses and those of the gradients."))
    )


def _tell_forward(about: Following) -> Chapter:
    parts, row = about.parts, about.walk.stand.example
    share = float(parts.probabilities[row, parts.labels[row]])
    before, loss = float(parts.losses[:row].sum()), float(parts.losses[row])
    right = escape(parts.dataset.class_names[int(parts.labels[row])])
    scores = ", ".join(value_text(float(score)) for score in parts.layers[-1].y[row, :MOST_SCORES])
    if parts.layers[-1].y.shape[1] > MOST_SCORES:
        scores = _("{scores}, …").format(scores=scores)
    texts = (
        _("Scores x: {scores}").format(scores=scores),
        _("The network gives the right class, {name}, the share p = {share}.").format(
            name=right, share=value_text(share)
        ),
        _("L = −ln p = −ln {share} = <b>{loss}</b>").format(share=value_text(share), loss=value_text(loss)),
        _("Sum of the losses: {before} + {loss} = <b>{sum}</b>").format(
            before=value_text(before), loss=value_text(loss), sum=value_text(before + loss)
        ),
    )
    return Chapter(_("Example {number}").format(number=row + 1), texts)


def _tell_backward(about: Following) -> Chapter:
    parts, row = about.parts, about.walk.stand.example
    parameters = count(sum(block.batch.size for block in parts.blocks))
    if not parts.apart:
        text = ngettext(
            "The only example has gone back, and {parameters} parameters have their gradients.",
            "All {size} examples have gone back together, and {parameters} parameters have their gradients.",
            parts.size,
        )
        return Chapter(_("The whole mini-batch"), (text.format(size=count(parts.size), parameters=parameters),))
    every = _("The same happens to all {parameters} parameters; the table shows the size of the sums, layer by layer.")
    texts = [every.format(parameters=parameters)]
    if about.terms is not None:
        before, term = float(about.terms[:row].sum()), float(about.terms[row])
        texts = [
            _("For {name}: dL/dw = <b>{term}</b>").format(name=about.chosen.name, term=value_text(term)),
            filled(
                _("Its sum: {before} + {term} = <b>{sum}</b>"),
                {"before": value_text(before), "term": value_text(term), "sum": value_text(before + term)},
            ),
            *texts,
        ]
    return Chapter(_("Example {number}").format(number=row + 1), tuple(texts))


def _tell_average(about: Following) -> Chapter:
    parts, chosen, size = about.parts, about.chosen, about.parts.size
    loss, batch = float(parts.losses.sum()), float(chosen.block.batch[chosen.index])
    texts = [
        _("Loss: {sum} / {size} = <b>{mean}</b>").format(
            sum=value_text(loss), size=count(size), mean=value_text(loss / size)
        )
    ]
    if parts.apart:
        total = float(chosen.block.total[chosen.index])
        texts += [
            _("For {name}: {sum} / {size} = <b>{mean}</b>. The whole mini-batch at once gives {batch}.").format(
                name=chosen.name,
                sum=value_text(total),
                size=count(size),
                mean=value_text(total / size),
                batch=value_text(batch),
            ),
            _difference_words(parts),
        ]
    else:
        texts.append(_("For {name} the gradient is <b>{batch}</b>.").format(name=chosen.name, batch=value_text(batch)))
    return Chapter(_("Averages"), tuple(texts))


def _difference_words(parts: BatchParts) -> str:
    if parts.difference == 0:
        return _("Over all parameters the averages equal the gradient of the whole mini-batch: difference <b>0</b>.")
    text = _(
        "Over all parameters the averages equal the gradient of the whole mini-batch: difference <b>{difference}</b> "
        "at most, which is rounding."
    )
    return text.format(difference=scientific(parts.difference))


def _tell_update(about: Following) -> Chapter:
    parts, chosen, training = about.parts, about.chosen, about.parts.experiment.training
    if not parts.updated:
        return Chapter(_("No update"), (_("The run has diverged: nothing is moved any more."),))
    block, index = chosen.block, chosen.index
    before, after = float(block.before[index]), float(block.after[index])
    gradient, penalty = float(block.batch[index]), float(block.penalty[index])
    rule = training.optimizer
    texts = ["<br>".join(_(formula) for formula in rule.formulas)]
    if penalty:
        texts.append(_("The penalty adds {penalty} to this gradient.").format(penalty=value_text(penalty)))
    if training.clip_norm is not None:
        texts.append(
            _("A gradient of all parameters longer than {limit} is shortened to that first.").format(
                limit=number(training.clip_norm)
            )
        )
    # true of plain gradient descent, and of momentum's first step
    if math.isclose(after, before - parts.rate * (gradient + penalty), rel_tol=1e-9, abs_tol=1e-12):
        numbers = {
            "before": exact_text(before),
            "rate": value_text(parts.rate),
            "gradient": exact_text(gradient + penalty),
            "after": exact_text(after),
        }
        texts.append(filled(_("w = {before} − {rate} × {gradient} = <b>{after}</b>"), numbers))
    else:
        text = _("{name} moves from {before} to <b>{after}</b>, with η = {rate}.")
        texts.append(
            text.format(
                name=chosen.name, before=exact_text(before), after=exact_text(after), rate=value_text(parts.rate)
            )
        )
    return Chapter(_("Update, {rule}").format(rule=_(rule.label)), tuple(texts))


def block_name(block: BlockPart) -> str:
    """Return what a list calls a block: "Dense 1, W"."""
    return _("{layer}, {symbol}").format(layer=translate_message(block.layer), symbol=block.symbol)


def parameter_name(block: BlockPart, source: int, unit: int) -> str:
    """Return what a sentence calls one parameter; `source` and `unit` count from 0."""
    layer = translate_message(block.layer)
    if len(block.shape) == 2:
        text = _("w from input {source} to unit {unit} of {layer}")
        return text.format(source=source + 1, unit=unit + 1, layer=layer)
    return _("{symbol} of unit {unit} of {layer}").format(symbol=block.symbol, unit=unit + 1, layer=layer)


def short_name(block: BlockPart, source: int, unit: int) -> str:
    """Return what a title calls one parameter: "Output, w 1 → 2"."""
    layer = translate_message(block.layer)
    if len(block.shape) == 2:
        return _("{layer}, w {source} → {unit}").format(layer=layer, source=source + 1, unit=unit + 1)
    return _("{layer}, {symbol} {unit}").format(layer=layer, symbol=block.symbol, unit=unit + 1)

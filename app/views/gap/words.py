"""The case of the gap in sentences, with the numbers that it was named from."""

import math
from typing import Final

from app.look import facts, numbers
from app.system.i18n import _, ngettext
from simulator.analysis.doctor import Gap
from simulator.message import N_
from simulator.training import Samples

HEADS: Final = {
    "overfitting": N_("Overfitting"),
    "low capacity": N_("Too little capacity"),
    "fine": N_("Fine"),
    "too early": N_("Too early to say"),
}
_RISEN: Final = 1.1
"""Times its least that the validation loss must be to be worth a sentence."""


_UNREAD: Final = ("nothing validates", "few readings")
"""Reasons for which no reading is named."""


def sentences(gap: Gap, samples: Samples, *, brief: bool = False) -> str:
    """Return what the numbers say, and when and on what they were read; the head of the case is not in it."""
    if gap.reason in _UNREAD:
        return _too_early(gap, samples.validation)
    words = _too_early(gap, samples.validation) if gap.case == "too early" else _of_case(gap, brief=brief)
    text = _("{words} Read at epoch {epoch}, on {sample}.")
    sample = facts.sample_words(samples.training, samples.validation)
    return text.format(words=words, epoch=numbers.short(gap.epoch), sample=sample)


def _of_case(gap: Gap, *, brief: bool) -> str:
    values = {
        "training": numbers.percent(gap.training),
        "validation": numbers.percent(gap.validation),
        "gap": numbers.points(gap.training, gap.validation),
    }
    if gap.case == "overfitting":
        values["epoch"] = numbers.short(gap.opened or 0.0)
        text = _("{training} right in training, {validation} in validation: {gap} apart since epoch {epoch}.")
    elif gap.case == "low capacity":
        values |= {"earlier": numbers.number(gap.earlier_loss), "now": numbers.number(gap.training_loss)}
        values["epoch"] = numbers.short(gap.earlier_epoch)
        text = _(
            "{training} right in training, {validation} in validation, and the training loss no longer falls: "
            "{earlier} at epoch {epoch}, {now} now."
        )
    elif gap.training <= gap.validation or numbers.percent(gap.training) == numbers.percent(gap.validation):
        values["gap"] = facts.gap_words(gap.training, gap.validation)
        text = _("{training} right in training, {validation} in validation: {gap}.")
    elif gap.opened is None:
        text = _("{training} right in training, {validation} in validation: {gap} apart, as chance may have it.")
    else:
        text = _("{training} right in training, {validation} in validation: {gap} apart, which is little.")
    return text.format(**values) + ("" if brief or gap.case == "low capacity" else _risen(gap))


def _risen(gap: Gap) -> str:
    if not gap.validation_loss > _RISEN * gap.best_validation_loss:
        return ""
    text = " " + _("The validation loss is up from {least} at epoch {epoch} to {now}.")
    return text.format(
        least=numbers.number(gap.best_validation_loss),
        epoch=numbers.short(gap.best_validation_epoch),
        now=numbers.number(gap.validation_loss),
    )


def _too_early(gap: Gap, validation_examples: int) -> str:
    now = numbers.number(gap.training_loss) if math.isfinite(gap.training_loss) else ""
    match gap.reason:
        case "nothing validates":
            return _("There are no validation examples, so there is no gap to see. Choose a validation share in Data.")
        case "not finite":
            return _("The loss is NaN or infinite by now.")
        case "few readings":
            return _("A case is named after three epochs.")
        case "few examples" if gap.opened is None:
            return ngettext(
                "The gap of {gap} may be chance: with {examples} validation example, chance makes up to {margin}.",
                "The gap of {gap} may be chance: with {examples} validation examples, chance makes up to {margin}.",
                validation_examples,
            ).format(
                gap=numbers.points(gap.training, gap.validation),
                examples=numbers.count(validation_examples),
                margin=numbers.points(gap.margin, 0.0),
            )
        case "few examples":
            return _("The gap of {gap} has only just opened.").format(gap=numbers.points(gap.training, gap.validation))
        case "guessing":
            text = _("The training loss {now} is still that of guessing. Look at the learning rate and the gradients.")
            return text.format(now=now)
        case "rising":
            text = _("The training loss is {now}, and was {least} before: it does not settle.")
            return text.format(now=now, least=numbers.number(gap.least_loss))
        case _:
            return _("The training loss still falls: {earlier} at epoch {epoch}, {now} now.").format(
                earlier=numbers.number(gap.earlier_loss), epoch=numbers.short(gap.earlier_epoch), now=now
            )

"""Headlines of a run that learns, or does not yet."""

from typing import Final

from app.look import numbers
from app.panels.beside.headlines.headline import Headline, Told
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.headlines.proposals import (
    bending_layers,
    faster_or_livelier,
    linear_layers,
    of_the_slide,
    slower_activation,
)
from app.panels.beside.headlines.words import (
    guessing,
    loss_basis,
    reading_basis,
    right_in_training,
    right_in_validation,
)
from app.system.i18n import _

ROUND: Final = 0.97
"""Training accuracy at which a border goes round both arms."""
BENT: Final = 0.9
"""Training accuracy at which a border is where it should be."""
BETTER: Final = 0.05
"""So much more than straight borders, and the bend has done it."""
EASY: Final = 0.9
"""Data that straight borders get right to so much need no bend."""
FAR: Final = 0.75
"""Share of the loss of guessing that is gone: far below guessing."""
BELOW: Final = 0.1
"""The same: below guessing."""


def _is_bent(moment: Moment) -> bool:
    found = moment.accuracies
    if found is None or not moment.step or not moment.facts.dataset.plane or not moment.bending:
        return False
    return found.training >= BENT and found.training >= moment.straight + BETTER


def _tell_bend(moment: Moment) -> Told:
    found, shown = moment.accuracies, moment.shown
    assert found is not None
    assert shown is not None
    return Told(
        headline=_bend(moment, round_both=found.training >= ROUND and _has_two_arms(moment)),
        number=numbers.percent(shown.training),
        sentence=f"{right_in_training(moment)} {_straight(moment)}",
        basis=f"{reading_basis(moment)} {_fit(moment)}",
        proposal=linear_layers(moment),
    )


def _has_two_arms(moment: Moment) -> bool:
    return moment.experiment.data.kind == "spiral" and len(moment.facts.dataset.class_names) == 2


def _bend(moment: Moment, *, round_both: bool) -> str:
    match len(moment.bending), round_both:
        case 1, True:
            return _("One hidden layer bends the border round both arms.")
        case 2, True:
            return _("Two hidden layers bend the border round both arms.")
        case _, True:
            return _("The hidden layers bend the border round both arms.")
        case 1, False:
            return _("One hidden layer bends the border.")
        case 2, False:
            return _("Two hidden layers bend the border.")
        case _:
            return _("The hidden layers bend the border.")


def _straight(moment: Moment) -> str:
    text = _("A straight line gets {share}.")
    if len(moment.facts.dataset.class_names) > 2:
        text = _("Straight borders get {share}.")
    return text.format(share=numbers.percent(moment.straight))


def _fit(moment: Moment) -> str:
    text = _("The straight border is that of a network without hidden layers, fitted to {count} training points.")
    return text.format(count=numbers.count(moment.fitted))


def _is_straight(moment: Moment) -> bool:
    found = moment.accuracies
    if found is None or not found.step or not moment.facts.dataset.plane or moment.bending:
        return False
    if not moment.learned >= BELOW or any(finding.id != "underfitting" for finding in moment.causes):
        return False
    return moment.straight < EASY and found.training < moment.straight + BETTER


def _tell_straight(moment: Moment) -> Told:
    found = moment.shown
    assert found is not None
    headline = _("Without a hidden layer every border is straight.")
    if moment.hidden:
        headline = _("Linear layers make one straight border, however many.")
    return Told(
        headline=headline,
        number=numbers.percent(found.training),
        sentence=f"{right_in_training(moment)} {_straight(moment)}",
        basis=f"{reading_basis(moment)} {_fit(moment)}",
        proposal=bending_layers(moment),
    )


def _tell_far(moment: Moment) -> Told:
    found = moment.shown
    number, sentence = numbers.number(moment.loss), _is_the_loss(moment)
    if found is not None and found.validation_examples:
        number, sentence = numbers.percent(found.validation), right_in_validation(moment)
    elif found is not None:
        number, sentence = numbers.percent(found.training), right_in_training(moment)
    return Told(
        headline=_("The loss is far below guessing."),
        number=number,
        sentence=sentence,
        basis=f"{reading_basis(moment)} {loss_basis(moment)}".strip(),
        proposal=of_the_slide(moment) or slower_activation(moment),
    )


def _is_the_loss(moment: Moment) -> str:
    return _("is the loss. Guessing has {guessing}.").format(guessing=guessing(moment))


def _tell_below(moment: Moment) -> Told:
    return Told(
        headline=_("The network knows more than guessing."),
        number=numbers.number(moment.loss),
        sentence=_is_the_loss(moment),
        basis=loss_basis(moment),
        proposal=of_the_slide(moment) or faster_or_livelier(moment),
    )


def _tell_guess(moment: Moment) -> Told:
    return Told(
        headline=_("So far the network only guesses."),
        number=numbers.number(moment.loss),
        sentence=_is_the_loss(moment),
        basis=loss_basis(moment),
        proposal=of_the_slide(moment) or faster_or_livelier(moment),
    )


BENDS: Final = Headline("bends", _is_bent, _tell_bend)
STRAIGHT: Final = Headline("straight", _is_straight, _tell_straight)
FAR_BELOW: Final = Headline("far below guessing", lambda moment: moment.learned >= FAR, _tell_far)
LEARNS: Final = Headline("learns", lambda moment: moment.learned >= BELOW, _tell_below)
GUESSES: Final = Headline("guesses", lambda moment: moment.learned < BELOW, _tell_guess)

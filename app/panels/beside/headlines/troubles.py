"""Headlines of a run that something is wrong with: what the doctor found, said with one number."""

import math
from types import MappingProxyType
from typing import Final

from app.look import numbers
from app.panels.beside.answers_words import why_accuracy_climbs
from app.panels.beside.headlines.headline import Headline, Told
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.headlines.proposals import faster_or_livelier, remedy_of
from app.panels.beside.headlines.words import loss_basis, reading_basis, right_in_training
from app.system.i18n import _, translate_message
from app.telling.measured_words import plain, rich, written
from simulator.analysis.doctor import Finding
from simulator.analysis.measured import Measured
from simulator.message import N_, Message

CONTINUED: Final = MappingProxyType(
    {
        ("dead", "count"): N_("of {units} units give 0 for all {examples} examples, and no gradient reaches them."),
        ("saturated", "share"): N_("of the values of {layer} lie within 1 % of a bound, where little gradient passes."),
        ("vanishing", "number"): N_("times smaller is dL/dh in {first} than in {last}: the lower layers hardly learn."),
        ("exploding", "number"): N_("times larger is dL/dh in {first} than in {last}: about {each} times a layer."),
        ("rate_too_large", "share"): N_(
            "is how far one update moved the weights of {layer}, against their size. About {healthy} is healthy."
        ),
        ("rate_too_large", "number"): N_(
            "times their size is how far one update moved the weights of {layer}. About {healthy} is healthy."
        ),
        ("rate_too_small", "share"): N_("is all that the loss fell by in {steps} steps, from {first} to {last}."),
        ("identical_units", "count"): N_(
            "units of {layer} give the same number for each of {examples} examples: it is one unit wide."
        ),
        ("underfitting", "share"): N_(
            "of {of_training} training examples are right, and the loss no longer falls from {loss}."
        ),
        ("strong_penalty", "number"): N_(
            "times as hard as the data the penalty of {penalty} pulls at the weights. The loss without it is {loss}."
        ),
        ("rate_zero", "round"): N_("is the learning rate: every update is multiplied by it, so no weight changes."),
        ("lone_example", "count"): N_(
            "example a mini-batch, and batch norm subtracts its mean: every input looks alike, and no gradient passes."
        ),
        ("guessing", "number"): N_("is the loss. Guessing has {guessing} ({formula})."),
        ("divergence", "number"): N_("times the loss of the start, and rising."),
    }
)
"""What follows the number of a finding, by the diagnosis and the form of its number; the places are its sentence's."""


def _has_overflowed(moment: Moment) -> bool:
    return moment.step > 0 and moment.record is not None and not math.isfinite(moment.record.loss)


def _tell_overflow(moment: Moment) -> Told:
    assert moment.record is not None
    bad = moment.record.losses.first_bad_step
    text = _("is the step from which the loss is too large for a number. The learning rate is {rate}.")
    basis = _("The losses of the mini-batches, each step's own; looked at up to step {step}.")
    return Told(
        headline=_("Training broke off: the loss grew without end."),
        number=numbers.count(moment.step if bad is None else bad),
        sentence=text.format(rate=numbers.short(moment.experiment.training.learning_rate)),
        basis=basis.format(step=numbers.count(moment.step)),
        proposal=remedy_of(moment, moment.findings),
    )


def _stands_while_accuracy_climbs(moment: Moment) -> bool:
    return bool(_why_it_climbs(moment))


def _why_it_climbs(moment: Moment) -> str:
    picture = moment.picture
    if picture is None:
        return ""
    steps = picture.readings.step
    read = steps.size if picture.at is None else int((steps <= picture.frame.step).sum())
    return why_accuracy_climbs(picture.readings, read)


def _tell_climb(moment: Moment) -> Told:
    found, picture = moment.shown, moment.picture
    assert found is not None
    assert picture is not None
    text = _("At the start it was {before}. The loss stands at {loss}: the right class leads by a hair.")
    before = numbers.percent(float(picture.readings.training_accuracy[0]))
    since = text.format(before=before, loss=numbers.number(moment.loss))
    return Told(
        headline=_("Accuracy climbs, yet the loss does not fall."),
        number=numbers.percent(found.training),
        sentence=f"{right_in_training(moment)} {since}",
        basis=f"{reading_basis(moment)} {loss_basis(moment)}",
        proposal=remedy_of(moment, moment.findings) or faster_or_livelier(moment),
    )


def _tell_cause(moment: Moment) -> Told:
    finding = moment.causes[0]
    number, sentence = _number_and_sentence(finding)
    title = translate_message(finding.title)
    return Told(
        headline=_("{finding}.").format(finding=title),
        number=number,
        sentence=sentence,
        basis=f"{plain(finding.sentence)} {plain(finding.moment)}",
        proposal=remedy_of(moment, (finding,)),
    )


def _number_and_sentence(finding: Finding) -> tuple[str, str]:
    """Return the number that a finding is about, and the words that go on from it; its own sentence where it must."""
    values = finding.sentence.values
    counts = next((value for value in values.values() if isinstance(value, Measured) and value.strong), None)
    if counts is None:
        return "", rich(finding.sentence)
    text = CONTINUED.get((finding.id, counts.form))
    if text is None:
        return written(counts), rich(finding.sentence)
    return written(counts), rich(Message(text, values))


def _overfits(moment: Moment) -> bool:
    return moment.found("overfitting") is not None and moment.accuracies is not None


def _tell_overfitting(moment: Moment) -> Told:
    finding, found = moment.found("overfitting"), moment.shown
    assert finding is not None
    assert found is not None
    text = _("points lie between training, {training}, and validation, {validation}, at step {step}.")
    gap = round(100 * found.training) - round(100 * found.validation)
    return Told(
        headline=_("It learns its examples by heart."),
        number=numbers.count(gap),
        sentence=text.format(
            training=numbers.percent(found.training),
            validation=numbers.percent(found.validation),
            step=numbers.count(found.step),
        ),
        basis=f"{reading_basis(moment)} {plain(finding.moment)}",
        proposal=remedy_of(moment, (finding,)),
    )


OVERFLOWED: Final = Headline("overflowed", _has_overflowed, _tell_overflow)
CLIMBS_ALONE: Final = Headline("climbs alone", _stands_while_accuracy_climbs, _tell_climb)
CAUSE: Final = Headline("cause", lambda moment: bool(moment.causes), _tell_cause)
OVERFITS: Final = Headline("overfits", _overfits, _tell_overfitting)

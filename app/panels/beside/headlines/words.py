"""Words that several headlines use."""

from app.look import numbers
from app.look.facts import Accuracies
from app.panels.beside.headlines.moment import Moment
from app.system.i18n import _, translate_message


def guessing(moment: Moment) -> str:
    """Return the loss of guessing with its formula: "0.693 (ln 2)"."""
    formula = translate_message(moment.facts.guessing_formula).replace(" ", numbers.NO_BREAK_SPACE)
    text = _("{loss} ({formula})").format(loss=numbers.number(moment.facts.guessing_loss), formula=formula)
    return text.replace(" ", numbers.NO_BREAK_SPACE)


def loss_basis(moment: Moment) -> str:
    """Say which loss was meant, and what guessing has."""
    text = _("Loss {loss}, the mean of the last mini-batches up to step {step}. Guessing has {guessing}.")
    return text.format(loss=numbers.number(moment.loss), step=numbers.count(moment.step), guessing=guessing(moment))


def reading_basis(moment: Moment) -> str:
    """Say when accuracies were read, and on how many examples; empty before the first reading."""
    found = moment.shown
    if found is None:
        return ""
    text = _("Read at step {step}, on {sample}.")
    return text.format(step=numbers.count(found.step), sample=found.sample)


def right_in_training(moment: Moment) -> str:
    """Return what follows the training accuracy: "of 80 training points are right at step 420."."""
    data, found = moment.facts.dataset, moment.shown
    if data.plane:
        text = _("of {count} training points are right at step {step}.")
    elif data.image_shape is not None:
        text = _("of {count} training pictures are right at step {step}.")
    else:
        text = _("of {count} training examples are right at step {step}.")
    return _counted(text, found, 0 if found is None else found.training_examples)


def right_in_validation(moment: Moment) -> str:
    """Return what follows the validation accuracy: "of 359 new pictures are right at step 420."."""
    data, found = moment.facts.dataset, moment.shown
    if data.plane:
        text = _("of {count} new points are right at step {step}.")
    elif data.image_shape is not None:
        text = _("of {count} new pictures are right at step {step}.")
    else:
        text = _("of {count} new examples are right at step {step}.")
    return _counted(text, found, 0 if found is None else found.validation_examples)


def _counted(text: str, found: Accuracies | None, examples: int) -> str:
    step = 0 if found is None else found.step
    return text.format(count=numbers.count(examples), step=numbers.count(step))

"""What one trained network is judged by: losses, accuracies, the gap, how it ended."""

import math
from typing import Final

from simulator.message import N_
from simulator.quantities.name import Step
from simulator.quantities.quantity import Quantity, Value, real
from simulator.quantities.subject import Subject

_ALL_TRAINING: Final = N_("all training examples, in evaluation mode")
_ALL_VALIDATION: Final = N_("all validation examples, in evaluation mode")
_BATCH: Final = N_("the last mini-batch, before its update; at step 0 all training examples")
_READ: Final = N_("the training examples that accuracies are read on: as many as validate, 1,000 at most")
_READ_VALIDATION: Final = N_("the validation examples that accuracies are read on, 1,000 at most")


def _evaluated(subject: Subject, step: Step, *, validation: bool) -> tuple[float, float]:
    trainer = subject.trainer(step)
    sample = trainer.setting.validation if validation else trainer.setting.training
    if not sample.size:
        return math.nan, math.nan
    return subject.once(("all", validation, trainer.step), lambda: trainer.evaluate(sample))


def _initial_loss(subject: Subject) -> Value:
    trainer = subject.trainer(0)
    return _evaluated(subject, 0, validation=False)[0] + trainer.network.penalty()


def _data_loss(subject: Subject, step: Step) -> Value:
    last = subject.trainer(step).last_loss
    return _evaluated(subject, 0, validation=False)[0] if last is None else last[0]


def _reading(subject: Subject, step: Step) -> tuple[float, float]:
    trainer = subject.trainer(step)

    def read() -> tuple[float, float]:
        trainer.read()
        last = trainer.readings.last
        assert last is not None
        return float(last[2]), float(last[3])

    return subject.once(("reading", trainer.step), read)


def _gap(subject: Subject, step: Step) -> Value:
    training, validation = _reading(subject, step)
    return training - validation


def _ending(subject: Subject) -> Value:
    ending = subject.trainer("end").ending
    return "stopped" if ending is None else ending.kind


def _epochs_to(subject: Subject, loss: float) -> Value:
    return next((epoch for epoch, found in enumerate(subject.epoch_losses()) if found <= loss), None)


QUANTITIES: Final = (
    Quantity(
        "initial_loss",
        N_("Loss of the untrained network, penalty included."),
        _ALL_TRAINING,
        _initial_loss,
        source="F1",
    ),
    Quantity(
        "data_loss", N_("Data loss of a single mini-batch: it scatters."), _BATCH, _data_loss, moment="end", cost="run"
    ),
    Quantity(
        "data_loss.all",
        N_("Mean data loss of the training set."),
        _ALL_TRAINING,
        lambda subject, step: _evaluated(subject, step, validation=False)[0],
        moment="end",
        cost="run",
        source="F1",
    ),
    Quantity(
        "validation_loss.all",
        N_("Mean data loss of the validation set."),
        _ALL_VALIDATION,
        lambda subject, step: _evaluated(subject, step, validation=True)[0],
        moment="end",
        cost="run",
        source="H3",
    ),
    Quantity(
        "penalty",
        N_("What the penalties add to the loss."),
        N_("all weights"),
        lambda subject, step: subject.trainer(step).network.penalty(),
        moment="end",
        cost="run",
        source="F2",
    ),
    Quantity(
        "accuracy.all",
        N_("Share of the training set that is classified right."),
        _ALL_TRAINING,
        lambda subject, step: _evaluated(subject, step, validation=False)[1],
        moment="end",
        cost="run",
        source="A4",
    ),
    Quantity(
        "validation_accuracy.all",
        N_("Share of the validation set that is classified right."),
        _ALL_VALIDATION,
        lambda subject, step: _evaluated(subject, step, validation=True)[1],
        moment="end",
        cost="run",
        source="H3",
    ),
    Quantity(
        "train_accuracy",
        N_("Share of the training examples read that is right, as the accuracy curve has it."),
        _READ,
        lambda subject, step: _reading(subject, step)[0],
        moment="end",
        cost="run",
        source="H3",
    ),
    Quantity(
        "validation_accuracy",
        N_("Share of the validation examples read that is right, as the accuracy curve has it."),
        _READ_VALIDATION,
        lambda subject, step: _reading(subject, step)[1],
        moment="end",
        cost="run",
        source="H3",
    ),
    Quantity(
        "gap",
        N_("Training accuracy less validation accuracy, as the curves have them."),
        N_("the examples that accuracies are read on"),
        _gap,
        moment="end",
        cost="run",
        source="H3",
    ),
    Quantity(
        "ending",
        N_("How training ended: finished, diverged, or stopped after the steps asked for."),
        N_("the run"),
        _ending,
        cost="run",
        source="F5",
    ),
    Quantity(
        "epochs_to(loss)",
        N_("The first epoch after which the mean data loss is at most this; nothing where none is."),
        _ALL_TRAINING,
        _epochs_to,
        (real("loss"),),
        unit=N_("epochs"),
        cost="run",
        source="B6",
    ),
)

"""The first batch norm of a network, on its own copy of the run."""

from typing import TYPE_CHECKING, Final

from simulator.analysis import batch_norm as lab
from simulator.errors import ExperimentError
from simulator.message import N_, Message
from simulator.quantities.name import Step
from simulator.quantities.quantity import Quantity, Value, one_of, whole
from simulator.quantities.subject import Subject

if TYPE_CHECKING:
    from simulator.analysis.batch_norm import AnswerModes, NormalisedCopy, NormView

SIDES: Final = ("before", "after")
_BATCH: Final = N_("one mini-batch of 100 training examples, normalised by its own statistics")
_READ: Final = N_("the examples that accuracies are read on, 1,000 at most")


def _copy(subject: Subject, step: Step) -> "NormalisedCopy":
    copy = subject.once("batch norm", lambda: lab.NormalisedCopy(subject.run))
    copy.train_to(subject.trainer(step).step)
    return copy


def _view(subject: Subject, step: Step, *, undone: bool = False, one_unit: bool = False) -> "NormView":
    copy = _copy(subject, step)
    key = ("batch norm view", copy.step, undone, one_unit)
    return subject.once(key, lambda: lab.batch_norm_view(copy, undone=undone, one_unit=one_unit))


def _modes(subject: Subject, step: Step) -> "AnswerModes":
    copy = _copy(subject, step)
    return subject.once(("answers", copy.step), lambda: lab.answer_modes(copy))


def _skew(subject: Subject, step: Step, side: str) -> Value:
    view = _view(subject, step, one_unit=True)
    return (view.before if side == SIDES[0] else view.normalised).skewness


def _accuracy(subject: Subject, step: Step, size: int, *, by_class: bool) -> Value:
    modes = _modes(subject, step)
    sizes = modes.sizes.tolist()
    if size not in sizes:
        text = N_("accuracies are measured in batches of {sizes}, not of {size}")
        raise ExperimentError(Message(text, {"sizes": ", ".join(map(str, sizes)), "size": size}))
    found = modes.sorted_batch if by_class else modes.batch
    return float(found[sizes.index(size)])


QUANTITIES: Final = (
    Quantity(
        "bn.before",
        N_("Standard deviation of what comes in, all units together."),
        _BATCH,
        lambda subject, step: _view(subject, step).before.std,
        moment=0,
        source="E1",
    ),
    Quantity(
        "bn.after",
        N_("Standard deviation of what was normalised, before gamma and beta."),
        _BATCH,
        lambda subject, step: _view(subject, step).normalised.std,
        moment=0,
        source="E1",
    ),
    Quantity(
        "bn.worst_mean",
        N_("The mean, of all normalised units, that is furthest from 0."),
        _BATCH,
        lambda subject, step: _view(subject, step).normalised.worst_mean,
        moment=0,
        source="E1",
    ),
    Quantity(
        "bn.skew(side)",
        N_("Skewness of the most skewed unit, before or after it is normalised."),
        _BATCH,
        _skew,
        (one_of("side", *SIDES),),
        moment=0,
        source="E1",
    ),
    Quantity(
        "bn.undo_difference",
        N_("Largest difference between what comes in and what goes out, with gamma and beta set to undo."),
        _BATCH,
        lambda subject, step: _view(subject, step, undone=True).difference,
        moment=0,
        source="E2",
    ),
    Quantity(
        "bn.batch(n)",
        N_("Accuracy where mixed batches of n are normalised by their own statistics."),
        _READ,
        lambda subject, step, n: _accuracy(subject, step, n, by_class=False),
        (whole("n", 1),),
        moment="end",
        cost="run",
        source="E4",
    ),
    Quantity(
        "bn.sorted(n)",
        N_("The same with batches of n sorted by class."),
        _READ,
        lambda subject, step, n: _accuracy(subject, step, n, by_class=True),
        (whole("n", 1),),
        moment="end",
        cost="run",
        source="E4",
    ),
    Quantity(
        "bn.running",
        N_("Accuracy with the running statistics."),
        _READ,
        lambda subject, step: _modes(subject, step).running,
        moment="end",
        cost="run",
        source="E4",
    ),
)

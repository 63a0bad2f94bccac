"""Clouds of data after a preprocessing, and the loss of a linear neuron on them."""

from typing import TYPE_CHECKING, Final

from simulator.analysis import preprocessing as lab
from simulator.data.preprocessing import PREPROCESSINGS
from simulator.message import N_
from simulator.quantities.quantity import Quantity, Value, one_of
from simulator.quantities.subject import Subject

if TYPE_CHECKING:
    from simulator.analysis.preprocessing import FeatureCloud

_PRE: Final = one_of("pre", *PREPROCESSINGS)
_AXIS: Final = one_of("axis", "1", "2")
_SAMPLE: Final = N_("up to 2,000 training examples, in the two coordinates that are drawn")


def _cloud(subject: Subject, pre: str) -> "FeatureCloud":
    lens = subject.once("preprocessing", lambda: lab.PreprocessingLens(subject.experiment))
    return subject.once(("cloud", pre), lambda: lens.look(PREPROCESSINGS[pre]()).after.cloud)


def _std(subject: Subject, pre: str, axis: str) -> Value:
    return float(_cloud(subject, pre).std[int(axis) - 1])


QUANTITIES: Final = (
    Quantity(
        "cloud(pre).condition",
        N_("Condition number of the loss of a linear neuron on the prepared data: 1 is a round bowl."),
        _SAMPLE,
        lambda subject, pre: _cloud(subject, pre).bowl.condition,
        (_PRE,),
        source="C1",
    ),
    Quantity(
        "cloud(pre).steps",
        N_("Steps of gradient descent at the best constant rate, until a hundredth of the way is left."),
        _SAMPLE,
        lambda subject, pre: _cloud(subject, pre).bowl.steps,
        (_PRE,),
        unit=N_("steps"),
        source="C1",
    ),
    Quantity(
        "cloud(pre).std(axis)",
        N_("Standard deviation of the prepared data along the first or the second coordinate."),
        _SAMPLE,
        _std,
        (_PRE, _AXIS),
        source="C1",
    ),
    Quantity(
        "cloud(pre).covariance",
        N_("Covariance of the two coordinates of the prepared data."),
        _SAMPLE,
        lambda subject, pre: float(_cloud(subject, pre).covariance[0, 1]),
        (_PRE,),
        source="C1",
    ),
)

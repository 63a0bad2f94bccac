"""The zig-zag of a neuron whose inputs are all positive."""

from typing import Final

from simulator.analysis.landscape.zigzag import EXAMPLES, FEEDS, Descent, Feed, Neuron, descend, neuron
from simulator.message import N_
from simulator.quantities.quantity import Quantity, Value, one_of, whole
from simulator.quantities.subject import Subject

RATE: Final = 0.1
STEPS: Final = 200
_PARAMETERS: Final = (one_of("feed", *FEEDS), whole("batch", 1))
_SAMPLE: Final = N_("one neuron on 200 examples, 200 steps at rate 0.1, seed of the order")


def _neuron(subject: Subject, feed: Feed) -> Neuron:
    return neuron(feed, subject.experiment.seeds.order)


def _descent(subject: Subject, feed: Feed, batch: int) -> Descent:
    seed = subject.experiment.seeds.order
    return descend(_neuron(subject, feed), min(batch, EXAMPLES), RATE, STEPS, seed)


def _same_sign(subject: Subject, feed: Feed, batch: int) -> Value:
    same, judged = _descent(subject, feed, batch).same_sign()
    return same / judged if judged else None


def _excess(subject: Subject, feed: Feed, batch: int) -> Value:
    return float(_descent(subject, feed, batch).losses[-1] - _neuron(subject, feed).bowl.lowest)


QUANTITIES: Final = (
    Quantity(
        "zigzag(feed, batch).same_sign",
        N_("Share of steps on which both gradients have the same sign."),
        _SAMPLE,
        _same_sign,
        _PARAMETERS,
        source="B3",
    ),
    Quantity(
        "zigzag(feed, batch).excess",
        N_("Loss of all examples after the last step, less the least there is."),
        _SAMPLE,
        _excess,
        _PARAMETERS,
        source="B3",
    ),
    Quantity(
        "zigzag(feed, batch).largest_rate",
        N_("The learning rate from which on full-batch descent diverges."),
        N_("the curvature of the loss on all 200 examples"),
        lambda subject, feed, _batch: _neuron(subject, feed).largest_rate,
        _PARAMETERS,
        source="B3",
    ),
)

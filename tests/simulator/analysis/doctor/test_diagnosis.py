"""A declaration is held against a record: how long, from when, and what is not known."""

import numpy as np
import pytest

from simulator.analysis.doctor.diagnosis import Diagnosis, Hold, Series
from simulator.analysis.doctor.record import RunRecord
from simulator.experiment.library import load
from simulator.message import Message
from tests.app.canned import make_facts, make_picture

STEPS = np.array([0.0, 10.0, 20.0, 30.0])


def record(picture=None):
    return RunRecord.of(picture or make_picture(step=30, decision=False), make_facts(), load("spiral").experiment)


def diagnosis(values, hold, side="above", layers=(), **more):
    values = np.array(values, float)
    if values.ndim == 1:
        values = values[:, None]
    return Diagnosis(
        rank=1,
        title="Something",
        story="It happens.",
        slide="A1",
        proof="loss",
        quantity=lambda _record: Series(STEPS, values, layers),
        threshold=0.5,
        side=side,
        hold=hold,
        sentence=lambda _record, _evidence: Message("It is so."),
        remedy=lambda _record, _evidence: None,
        **more,
    )


@pytest.mark.parametrize(
    ("values", "hold", "since"),
    [
        ([0, 0.6, 0.7, 0.8], Hold(steps=20), 10),
        ([0, 0.6, 0.7, 0.8], Hold(steps=21), None),
        ([0, 0.6, 0.4, 0.8], Hold(steps=1), None),
        ([0, 0.6, 0.4, 0.8], Hold(), 30),
        ([0.9, 0.9, 0.9, 0.4], Hold(), None),
        ([0.9, 0.9, 0.9, 0.4], Hold(when="ever"), 0),
        ([0.5, 0.5, 0.5, 0.5], Hold(from_start=True), 0),
        ([0.4, 0.5, 0.5, 0.5], Hold(from_start=True), None),
        ([0.6, np.nan, 0.7, np.nan], Hold(steps=20), 0),
        ([np.nan] * 4, Hold(), None),
        # 21 steps an epoch
        ([0.6, 0.6, 0.6, 0.6], Hold(epochs=1), 0),
        ([0.6, 0.6, 0.6, 0.6], Hold(epochs=2), None),
    ],
)
def test_that_it_must_have_lasted_without_a_break(values, hold, since):
    found = diagnosis(values, hold).evidence(record())
    assert (None if found is None else found.since) == since


def test_that_the_worst_layer_is_named_and_all_are_counted():
    values = [[0.6, 0.1, 0.9], [0.6, 0.1, 0.9], [0.7, 0.1, 0.8], [0.7, 0.1, 0.8]]
    found = diagnosis(values, Hold(steps=30), layers=(1, 2, 3)).evidence(record())
    assert (found.layer, found.layers, found.value) == (3, (1, 3), 0.8)


def test_that_below_the_threshold_the_least_is_the_worst():
    found = diagnosis([[0.5, 0.2]] * 4, Hold(), side="below", layers=(1, 2)).evidence(record())
    assert (found.layer, found.value) == (2, 0.2)


def test_that_conditions_are_asked_with_the_evidence():
    for name, answer in (("needs", False), ("unless", True)):
        asked = []

        def condition(_record, evidence, asked=asked, answer=answer):
            asked.append(evidence.value)
            return answer

        assert diagnosis([0.6, 0.6, 0.6, 0.9], Hold(), **{name: (condition,)}).evidence(record()) is None
        assert asked == [0.9]


def test_that_a_run_that_broke_off_need_not_have_lasted():
    picture = make_picture(step=30, decision=False)
    curve = type(picture.losses)(
        *(getattr(picture.losses, name) for name in ("step", "low", "mean", "high", "smooth_step", "smooth")), 31
    )
    broken = record(type(picture)(**{**vars(picture), "data_losses": curve}))
    values = [0.6, 0.7, 0.8, np.inf]
    found = diagnosis(values, Hold(steps=100)).evidence(broken)
    assert (found.since, found.value) == (0, 0.8)
    assert diagnosis([0.4, 0.7, 0.8, np.inf], Hold(steps=100)).evidence(broken) is None

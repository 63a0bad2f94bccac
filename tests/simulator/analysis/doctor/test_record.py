"""A record holds what was measured since the last edit, up to the step on display."""

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.analysis.doctor.record import RunRecord
from simulator.experiment.library import load
from simulator.message import Message
from simulator.training.frames.picture import Mark
from tests.simulator.analysis.doctor.watched import pictures_of


@pytest.fixture(scope="module")
def pictures():
    return pictures_of(load("A4").experiment, 100, frames=11)


def record_of(picture, facts):
    return RunRecord.of(picture, facts, load("A4").experiment)


def test_that_it_ends_at_the_step_on_display(pictures):
    found, facts = pictures
    newest, at_40 = found[-1], next(picture for picture in found if picture.frame.step == 40)
    record = record_of(replace(newest, frame=at_40.frame, at=40), facts)
    assert record.steps == 40
    assert record.track.step.max() == 40
    assert record.losses.step.max() == record.losses.smooth_step.max() == 40
    assert record.readings.step.max() == 40
    smooth_step, smooth = newest.data_losses.smooth_step, newest.data_losses.smooth
    assert record.loss == smooth[smooth_step <= 40][-1]


def test_that_it_begins_at_the_last_edit(pictures):
    found, facts = pictures
    marks = tuple(Mark(kind, step, Message("changed")) for kind, step in (("edit", 10), ("edit", 35), ("diverged", 90)))
    record = record_of(replace(found[-1], marks=marks), facts)
    assert (record.began, record.steps) == (35, 65)
    assert record.track.step.min() >= 35
    assert record.losses.step.min() == 36
    # the reading before it, at the end of an epoch of 10 steps, is the state that the edit found
    assert list(record.readings.step[:2]) == [30, 40]
    assert record.first_loss == record.readings.training_loss[0]


def test_that_guessing_is_the_entropy_of_the_training_labels(pictures):
    found, facts = pictures
    record = record_of(found[-1], facts)
    shares = [np.mean(facts.dataset.labels[facts.training] == label) for label in (0, 1)]
    assert record.guessing_loss == pytest.approx(-sum(share * math.log(share) for share in shares))
    assert record.chance == max(shares)
    assert record.learned == pytest.approx(1 - record.loss / record.guessing_loss)


def test_that_a_loss_that_is_no_number_is_none(pictures):
    found, facts = pictures
    broken = replace(found[-1], data_losses=replace(found[-1].data_losses, first_bad_step=101))
    assert math.isnan(record_of(broken, facts).loss)
    later = replace(broken, data_losses=replace(broken.data_losses, first_bad_step=300))
    assert math.isfinite(record_of(later, facts).loss)


def test_that_hidden_layers_are_those_with_weights_without_the_output(pictures):
    found, facts = pictures
    record = record_of(found[-1], facts)
    assert (record.hidden, record.weighted) == ((1,), (1, 2))

"""Recorded frames: given back as they were, in bounded memory."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.training.frames.curves import METERS
from simulator.training.frames.frame import Gradient, Histogram
from simulator.training.measuring.framing import frame_of
from simulator.training.past import frame_log
from simulator.training.past.frame_log import FrameLog
from simulator.training.past.packing import pack, unpack
from simulator.training.run.trainer import Trainer
from tests import every_kind
from tests.strategies import small_experiments


def same(one, other):
    """Tell whether two values of a frame are equal, arrays and NaN included."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other)
    if isinstance(one, Histogram | Gradient):
        return all(same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return one == other or (one != one and other != other)


def assert_same(one, other):
    assert (one.step, one.epoch, one.loss, one.parts) == (other.step, other.epoch, other.loss, other.parts)
    for ours, theirs in zip(one.layers, other.layers, strict=True):
        for field in fields(ours):
            assert same(getattr(ours, field.name), getattr(theirs, field.name)), field.name


def frames(count, run=None, parts=()):
    trainer = Trainer(run or load("spiral"))
    made = []
    for _ in range(count):
        made.append(frame_of(trainer, parts))
        trainer.advance(3, measure=True)
    return made


def filled(made, allowance=10**9):
    log = FrameLog(allowance)
    for frame in made:
        log.record(frame)
    return log


@settings(max_examples=30)
@given(small_experiments(calm=False), st.integers(0, 5))
def test_that_a_packed_frame_is_the_frame(experiment, steps):
    """Diverging networks among them: NaN and infinity are kept."""
    trainer = Trainer(Run(experiment))
    first = frame_of(trainer)
    trainer.advance(steps, measure=True)
    frame = frame_of(trainer, {"decision"})
    assert_same(unpack(pack(frame), first.layers), frame)


def test_that_nobody_can_write_to_a_frame_given_back():
    log = filled(frames(3))
    for layer in log.at(3).layers:
        assert not layer.output.counts.flags.writeable
        assert not layer.output_gradient.histogram.counts.flags.writeable


def test_that_frames_stand_in_the_order_of_their_steps_however_they_come():
    made = frames(6)
    log = filled([made[0], made[3], made[1], made[5], made[2]])
    assert log.track.step.tolist() == [0, 3, 6, 9, 15]
    assert_same(log.at(8), made[2])
    again = replace(made[2], loss=7.0)
    log.record(again)
    assert log.track.step.tolist() == [0, 3, 6, 9, 15]
    assert log.at(6).loss == 7.0


def test_that_the_track_holds_the_meters_of_every_frame():
    made = frames(70, Run(every_kind.experiment(layers=("relu", "tanh", "batch_norm"))))
    track = filled(made).track
    for name in METERS:
        column = getattr(track, name)
        assert column.dtype == np.float32
        assert not column.flags.writeable
        for row, frame in zip(column, made, strict=True):
            values = [getattr(layer, name) for layer in frame.layers]
            values = [value.rms if isinstance(value, Gradient) else value for value in values]
            expected = np.array([np.nan if value is None else value for value in values], np.float32)
            np.testing.assert_array_equal(row, expected)
    assert track.epoch.tolist() == [frame.epoch for frame in made]


def test_that_a_track_given_away_does_not_change():
    made = frames(8)
    log = filled(made[:5])
    track = log.track
    steps, means = track.step.copy(), track.mean.copy()
    for frame in (*made[5:], replace(made[4], layers=made[0].layers), replace(made[1], step=4)):
        log.record(frame)
    log.allowance = 10_000
    log.thin()
    np.testing.assert_array_equal(track.step, steps)
    np.testing.assert_array_equal(track.mean, means)


def test_that_parts_are_given_up_before_frames():
    made = frames(40, parts=("decision",))
    whole = filled(made).nbytes
    log = filled(made, whole // 3)
    assert log.nbytes <= whole // 3
    assert len(log) == 40
    held = [bool(log.at(step).parts) for step in log.track.step]
    assert 0 < sum(held) < 20
    assert not log.has(3, {"decision"}) or held[1]


def test_that_frames_are_thinned_to_their_allowance_the_first_and_the_last_kept():
    made = frames(200)
    whole = filled(made).nbytes
    log = filled(made, whole // 5)
    assert log.nbytes <= whole // 5
    assert len(log) > 20
    assert log.track.step[[0, -1]].tolist() == [0, 597]


def test_that_there_are_never_too_many_frames(monkeypatch):
    monkeypatch.setattr(frame_log, "MOST", 20)
    monkeypatch.setattr(frame_log, "SPARE", 5)
    [frame] = frames(1)
    log = FrameLog(10**9)
    for step in range(100):
        log.record(replace(frame, step=step))
        assert len(log) <= 25
    assert np.diff(log.track.step).max() < 25


def test_that_another_run_is_given_the_frames_it_shares():
    made = frames(6)
    log, other = filled(made), FrameLog(10**9)
    log.share_with(other, 9)
    assert other.track.step.tolist() == [0, 3, 6, 9]
    other.record(made[5])
    assert log.track.step.tolist() == [0, 3, 6, 9, 12, 15]
    assert_same(other.at(9), log.at(9))


def test_that_a_packed_frame_is_small():
    """A network of twelve cards, a thousand frames: no more than 20 MB."""
    run = Run(every_kind.experiment(layers=["tanh"] * 12))
    frame = frame_of(Trainer(run))
    assert pack(frame).nbytes < 20_000

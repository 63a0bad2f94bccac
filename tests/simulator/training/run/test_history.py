"""What a run remembers of its losses and accuracies: everything that matters, in bounded memory."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.training.run.history import BUCKETS, READINGS, SMOOTH_POINTS, LossHistory, ReadingLog

losses = st.lists(st.one_of(st.floats(-10, 1e6), st.sampled_from([np.nan, np.inf, -np.inf])), min_size=1, max_size=60)


def history_of(values, cuts=()):
    history = LossHistory()
    for part in np.split(np.asarray(values, float), cuts):
        history.append(part)
    return history


def curve_arrays(curve):
    return [curve.step, curve.low, curve.mean, curve.high, curve.smooth_step, curve.smooth]


def test_that_a_history_begins_empty():
    curve = LossHistory().curve()
    assert all(array.size == 0 for array in curve_arrays(curve))
    assert curve.first_bad_step is None


@given(losses)
def test_that_few_losses_are_kept_one_by_one(values):
    curve = history_of(values).curve()
    expected = np.where(np.isfinite(values), values, np.nan)
    for array in (curve.low, curve.mean, curve.high):
        np.testing.assert_array_equal(array, expected)
    assert curve.step.tolist() == list(range(1, len(values) + 1))
    bad = np.flatnonzero(~np.isfinite(values))
    assert curve.first_bad_step == (bad[0] + 1 if bad.size else None)


@pytest.mark.parametrize("count", [BUCKETS, BUCKETS + 1, 5000, 100_000])
def test_that_many_losses_keep_their_extremes_and_means(count):
    values = np.random.default_rng(count).lognormal(size=count)
    curve = history_of(values).curve()
    width = int(curve.step[0]) if curve.step.size > 1 else count
    assert BUCKETS // 2 <= curve.step.size <= BUCKETS
    assert curve.step[-1] == count
    starts = np.arange(0, count, width)
    sizes = np.diff([*starts, count])
    np.testing.assert_array_equal(curve.low, np.minimum.reduceat(values, starts))
    np.testing.assert_array_equal(curve.high, np.maximum.reduceat(values, starts))
    np.testing.assert_allclose(curve.mean, np.add.reduceat(values, starts) / sizes)
    np.testing.assert_array_equal(curve.step, np.minimum((np.arange(starts.size) + 1) * width, count))


@given(st.lists(st.integers(0, 3000), max_size=20))
def test_that_the_cuts_between_chunks_leave_no_trace(cuts):
    values = np.random.default_rng(0).lognormal(size=3000)
    values[1500] = np.nan
    whole, cut = history_of(values).curve(), history_of(values, sorted(cuts)).curve()
    assert whole.first_bad_step == cut.first_bad_step == 1501
    for ours, theirs in zip(curve_arrays(cut), curve_arrays(whole), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_that_one_spike_among_a_million_losses_is_not_lost():
    values = np.ones(1_000_000)
    values[654_321] = 1e9
    curve = history_of(values, [300, 654_321, 654_322]).curve()
    assert curve.high.max() == 1e9
    assert curve.step[curve.high.argmax()] >= 654_322


def test_that_the_smooth_curve_is_a_trailing_mean():
    values = np.random.default_rng(0).normal(5, 1, 800)
    curve = history_of(values).curve()
    assert curve.smooth.size <= SMOOTH_POINTS
    reach = 800 // 40
    for step, smooth in zip(curve.smooth_step.astype(int), curve.smooth, strict=True):
        assert smooth == pytest.approx(values[max(step - reach, 0) : step].mean())
    assert curve.smooth_step[-1] == 800


def test_that_nobody_can_write_to_a_curve():
    for array in curve_arrays(history_of([1.0, 2.0]).curve()):
        assert not array.flags.writeable


def test_that_a_later_curve_leaves_an_earlier_one_alone():
    history = history_of([1.0, 2.0])
    before = history.curve()
    history.append(np.full(3000, 7.0))
    assert before.mean.tolist() == [1, 2]


# --- readings ---


def reading_log(count):
    log = ReadingLog()
    for step in range(count):
        log.append(step, step / 10, np.array([0.1, 0.2, 0.3, 0.4]) + step)
    return log


def test_that_readings_are_kept_in_order():
    log = reading_log(100)
    readings = log.readings()
    assert readings.step.tolist() == list(range(100))
    assert readings.epoch.tolist() == [step / 10 for step in range(100)]
    assert readings.training_accuracy[7] == pytest.approx(7.1)
    assert readings.validation_accuracy[7] == pytest.approx(7.2)
    assert readings.training_loss[7] == pytest.approx(7.3)
    assert readings.validation_loss[7] == pytest.approx(7.4)
    assert log.last[0] == 99


def test_that_of_many_readings_the_first_and_the_last_are_shown():
    readings = reading_log(5000).readings()
    assert readings.step.size <= READINGS
    assert (readings.step[0], readings.step[-1]) == (0, 4999)


def test_that_no_reading_is_no_row():
    assert ReadingLog().last is None
    assert ReadingLog().readings().step.size == 0

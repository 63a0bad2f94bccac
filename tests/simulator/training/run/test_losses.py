"""The losses of a run: the newest one by one, all of them in buckets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.training.run import losses as module
from simulator.training.run.losses import WHOLE, LossLog

RNG = np.random.default_rng(0)


def drawn(count, seed=0):
    return np.random.default_rng(seed).lognormal(size=count)


def log_of(data, penalties=None, chunk=999):
    log = LossLog()
    penalties = np.zeros(data.size) if penalties is None else penalties
    for begin in range(0, data.size, chunk):
        log.append(data[begin : begin + chunk], penalties[begin : begin + chunk])
    return log


@given(st.integers(0, 400), st.integers(1, 90))
def test_that_the_newest_losses_are_kept_one_by_one(count, chunk):
    data, penalties = drawn(count), drawn(count, 1)
    log = log_of(data, penalties, chunk)
    for asked in (0, 1, 17, 400):
        found = log.newest(asked)
        np.testing.assert_array_equal(found, [data[-asked:] if asked else [], penalties[-asked:] if asked else []])
    assert not found[0].flags.writeable


def test_that_a_hundred_thousand_are_kept_and_no_more():
    data = drawn(260_000)
    log = log_of(data, chunk=4096)
    np.testing.assert_array_equal(log.newest(10**9)[0], data[-WHOLE:])
    assert log.steps == 260_000
    assert log.nbytes < 3_000_000
    np.testing.assert_array_equal(log_of(data, chunk=150_000).newest()[0], data[-WHOLE:])


def test_that_both_curves_are_one_until_something_is_penalised():
    data, penalties = drawn(500), np.where(np.arange(500) < 200, 0.0, 0.5)
    log = log_of(data[:200])
    losses, data_losses = log.curves()
    assert losses is data_losses
    log.append(data[200:], penalties[200:])
    losses, data_losses = log.curves()
    np.testing.assert_array_equal(losses.mean, data + penalties)
    np.testing.assert_array_equal(data_losses.mean, data)


@pytest.mark.parametrize(("epoch", "shown"), [(10, 500), (700, 700), (5000, 2000)])
def test_that_the_recent_losses_are_an_epoch_or_so_one_by_one(epoch, shown):
    data, penalties = drawn(3000), drawn(3000, 1)
    data[-3] = np.inf
    curve = log_of(data, penalties).recent(epoch)
    assert curve.step.tolist() == list(range(3001 - shown, 3001))
    expected = (data + penalties)[-shown:]
    expected[-3] = np.nan
    for part in (curve.low, curve.mean, curve.high):
        np.testing.assert_array_equal(part, expected)
    assert curve.smooth_step[-1] == 3000
    reach = shown // 40
    assert curve.smooth[-1] == pytest.approx(np.nanmean(expected[-reach:]))


def test_that_few_losses_are_all_recent():
    curve = log_of(drawn(3)).recent(10)
    assert curve.step.tolist() == [1, 2, 3]
    assert LossLog().recent(10).step.size == 0


def test_that_a_log_may_begin_later_than_its_run():
    log = LossLog(start=20_000)
    log.append(np.array([1.0, 2.0]), np.zeros(2))
    assert log.steps == 20_002
    curve = log.curve()
    assert np.isnan(curve.mean[:-1]).all()
    assert (curve.step[-1], curve.mean[-1]) == (20_002, 1.5)
    assert log.recent(5).step.tolist() == [20_001, 20_002]


# --- the first steps of a log ---


def assert_equal(one, other):
    for name in ("step", "low", "mean", "high", "smooth_step", "smooth"):
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), rtol=1e-12)
    assert one.first_bad_step == other.first_bad_step


@given(st.integers(0, 300), st.sampled_from([None, 40, 250]))
def test_that_the_first_steps_of_a_short_log_are_as_if_no_more_had_come(step, bad):
    data, penalties = drawn(300), drawn(300, 1)
    if bad is not None:
        data[bad] = np.nan
    part, alone = log_of(data, penalties).upto(step), log_of(data[:step], penalties[:step])
    for ours, theirs in zip(part.curves(), alone.curves(), strict=True):
        assert_equal(ours, theirs)
    np.testing.assert_array_equal(part.newest(), alone.newest())
    part.append(data[:50], penalties[:50])
    alone.append(data[:50], penalties[:50])
    assert_equal(part.curve(), alone.curve())


def test_that_the_first_steps_of_a_long_log_are_in_its_buckets(monkeypatch):
    monkeypatch.setattr(module, "WHOLE", 1000)
    monkeypatch.setattr(module, "SPARE", 100)
    data = drawn(50_000)
    log = log_of(data)
    for step in (49_990, 49_500, 30_000, 17, 8 * 1000):
        part = log.upto(step)
        assert part.steps == step
        curve = part.curve()
        assert curve.step[-1] == step
        width = int(curve.step[0])
        starts = np.arange(0, step, width)
        sums = np.add.reduceat(data[:step], starts)
        whole = np.diff([*starts, step]) == width
        means = sums / np.diff([*starts, step])
        np.testing.assert_allclose(curve.mean[whole], means[whole])
        # of a bucket that was cut, nothing or all is known
        assert np.isnan(curve.mean[~whole]).all() or curve.mean[~whole] == pytest.approx(means[~whole])
        part.append(data[:3], np.zeros(3))
        assert part.steps == step + 3

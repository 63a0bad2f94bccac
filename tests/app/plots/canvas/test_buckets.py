"""Frames summed up for drawing, against sums made one by one."""

import numpy as np
import pytest

from app.plots.canvas.buckets import columns, summed_up


def test_that_few_frames_are_drawn_as_they_are():
    step, values = np.array([0, 1, 5]), np.array([[0.0], [0.5], [np.nan]])
    at, mean, low, high = summed_up(step, values, 10)
    assert at.tolist() == [0, 1, 5]
    assert mean is values
    assert low is values
    assert high is values


def test_that_many_frames_become_stretches_with_mean_and_bounds():
    rng = np.random.default_rng(0)
    step = np.sort(rng.choice(1000, 400, replace=False))
    values = rng.normal(size=(400, 3))
    values[rng.random((400, 3)) < 0.1] = np.nan
    at, mean, low, high = summed_up(step, values, 50)
    stretch = (step - step[0]) * 50 // (step[-1] - step[0] + 1)
    for row, number in enumerate(np.unique(stretch)):
        held = values[stretch == number]
        assert at[row] == step[stretch == number][-1]
        assert mean[row] == pytest.approx(np.nanmean(held, axis=0))
        assert low[row] == pytest.approx(np.nanmin(held, axis=0))
        assert high[row] == pytest.approx(np.nanmax(held, axis=0))


def test_that_a_stretch_without_a_number_stays_empty():
    step, values = np.arange(100), np.full((100, 1), np.nan)
    values[:10] = 1.0
    _at, mean, low, _high = summed_up(step, values, 10)
    assert mean[:, 0].tolist()[:1] == [1.0]
    assert np.isnan(mean[1:]).all()
    assert np.isnan(low[1:]).all()


def test_that_a_frame_stands_in_the_image_until_the_next_one():
    step, values = np.array([0, 40, 100]), np.array([[0.1], [0.5], [0.9]])
    shown = columns(step, values, 10)[:, 0]
    assert shown == pytest.approx([0.1] * 4 + [0.5] * 5 + [0.9])


def test_that_a_number_that_is_missing_is_not_made_up():
    step, values = np.array([0, 50, 100]), np.array([[0.1], [np.nan], [0.9]])
    shown = columns(step, values, 4)[:, 0]
    assert shown[:2] == pytest.approx([0.1, 0.1])
    assert np.isnan(shown[2])
    assert shown[3] == pytest.approx(0.9)


def test_that_the_image_of_a_part_of_time_begins_with_the_frame_that_stood_there():
    step, values = np.array([0, 20, 60, 100]), np.array([[0.1], [0.2], [0.6], [1.0]])
    shown = columns(step, values, 5, first=50)[:, 0]
    assert shown == pytest.approx([0.2, 0.6, 0.6, 0.6, 1.0])

"""Records of the past: all over the run, the older the fewer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.training.past.thinning import chosen, newest_spacing

numbers = st.lists(st.integers(0, 10**6), min_size=1, max_size=300, unique=True)
rising = numbers.map(lambda steps: np.array(sorted(steps)))


@given(rising, st.integers(2, 100))
def test_that_few_are_kept_in_order_the_first_and_the_last_among_them(steps, keep):
    indices = chosen(steps, keep)
    assert len(indices) <= keep
    assert (np.diff(indices) > 0).all()
    assert (indices[0], indices[-1]) == (0, steps.size - 1)


@given(rising)
def test_that_all_are_kept_where_there_is_room(steps):
    assert chosen(steps, steps.size).tolist() == list(range(steps.size))


def test_that_one_is_the_newest_and_none_is_none():
    steps = np.arange(5)
    assert chosen(steps, 1).tolist() == [4]
    assert chosen(steps, 0).tolist() == []


@pytest.mark.parametrize("keep", [20, 100])
def test_that_the_spacing_grows_with_age(keep):
    steps = np.arange(0, 100_001, 10)
    gaps = np.diff(steps[chosen(steps, keep)])
    assert (np.diff(gaps) <= 20).all()  # rounding to what there is
    assert gaps[0] / gaps[-1] == pytest.approx(2, rel=0.2)
    assert gaps[-1] == pytest.approx(newest_spacing(100_000, keep), rel=0.3)


def test_that_thinning_again_and_again_leaves_no_hole():
    kept = np.zeros(0, np.int64)
    for step in range(20_000):
        kept = np.append(kept, step)
        if kept.size > 120:
            kept = kept[chosen(kept, 100)]
    gaps = np.diff(kept)
    assert gaps.max() < 20 * newest_spacing(20_000, 100)
    assert kept[0] == 0

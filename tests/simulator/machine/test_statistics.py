"""Counts and moments, against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from simulator.machine.statistics import difference, meter, summarise

values = arrays.arrays(
    np.float32, st.integers(1, 200), elements=st.floats(width=32, allow_nan=True, allow_infinity=True)
)
tame = arrays.arrays(np.float64, st.integers(1, 200), elements=st.integers(-80, 80).map(lambda n: n / 8))


@given(values, st.integers(-10, 10))
def test_that_every_value_is_counted_in_one_place(numbers, exponent):
    limit = 2.0**exponent
    counts = np.zeros(50, np.int64)
    _, _, _, below, above, bad, zeros = summarise(numbers, limit, counts)
    assert bad == (~np.isfinite(numbers)).sum()
    finite = numbers[np.isfinite(numbers)].astype(float)
    assert zeros == (finite == 0).sum()
    assert below == (finite < -limit).sum()
    assert above == (finite > limit).sum()
    assert counts.sum() + below + above + bad + zeros == numbers.size


@given(tame)
def test_that_the_bins_are_numpy_s(numbers):
    counts = np.zeros(50, np.int64)
    summarise(numbers, 12.5, counts)  # bins of width 1/2: eighths fall on edges as NumPy has them
    expected, _ = np.histogram(numbers[numbers != 0], 50, (-12.5, 12.5))
    np.testing.assert_array_equal(counts, expected)


@given(tame)
def test_that_the_moments_are_those_of_the_finite_values(numbers):
    with_holes = np.concatenate([numbers, [np.nan, np.inf, -np.inf]])
    mean, std, squares, *_ = summarise(with_holes, 1.0, np.zeros(50, np.int64))
    assert mean == pytest.approx(numbers.mean(), abs=1e-12)
    assert std == pytest.approx(numbers.std(), abs=1e-12)
    assert squares == pytest.approx((numbers**2).sum(), abs=1e-12)


def test_that_the_spread_of_large_equal_numbers_is_nothing():
    _, std, *_ = summarise(np.full(1000, 1e6, np.float32), 1.0, np.zeros(50, np.int64))
    assert std == 0


def test_that_nothing_finite_has_no_moments():
    mean, std, squares, *_, bad, _ = summarise(np.full(3, np.nan), 1.0, np.zeros(50, np.int64))
    assert np.isnan([mean, std, squares]).all()
    assert bad == 3


@given(
    arrays.arrays(np.float64, (7, 5), elements=st.sampled_from([0.0, 0.0, 0.5, -0.99, 0.985, 1.0])),
    arrays.arrays(np.float64, (7, 5), elements=st.sampled_from([0.0, 0.0, 1e-3, 9e-4, -9e-4, 1.0])),
)
def test_that_dead_saturated_and_blocked_are_counted_by_their_definitions(output, derivative):
    dead, saturated, blocked = meter(output, derivative, -0.98, 0.98)
    assert dead == ((output == 0) & (derivative == 0)).all(axis=0).sum()
    assert saturated == ((output < -0.98) | (output > 0.98)).sum()
    assert blocked == (np.abs(derivative) < 1e-3).sum()


@given(arrays.arrays(np.float64, (6, 4), elements=st.sampled_from([0.0, -2.0, 0.5, 3.0, np.nan, np.inf])))
def test_that_the_difference_of_units_is_over_finite_values(output):
    rows = [row[np.isfinite(row)] for row in output]
    most = max((row.max() - row.min() for row in rows if row.size), default=0)
    assert difference(output) == (most, max((np.abs(row).max() for row in rows if row.size), default=0))

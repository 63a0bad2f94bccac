"""Lines of one value against formulas."""

import numpy as np
import pytest

from app.look.contour import level_segments


def test_that_the_line_of_a_slope_is_straight_and_where_the_formula_says() -> None:
    row, column = np.mgrid[:9, :7].astype(float)
    segments = level_segments(2 * column + row, 6.5)
    assert segments.shape[1:] == (2, 2)
    x, y = segments[..., 0], segments[..., 1]
    assert 2 * x + y == pytest.approx(6.5)
    assert y.min() == pytest.approx(0)
    assert x.min() == pytest.approx(0)
    assert np.hypot(x[:, 1] - x[:, 0], y[:, 1] - y[:, 0]).sum() == pytest.approx(np.hypot(3.25, 6.5))


def test_that_a_circle_is_as_long_as_it_should_be() -> None:
    row, column = np.mgrid[:81, :81].astype(float)
    segments = level_segments(np.hypot(row - 40, column - 40), 30)
    lengths = np.hypot(*(segments[:, 1] - segments[:, 0]).T)
    assert lengths.sum() == pytest.approx(2 * np.pi * 30, rel=2e-3)


def test_that_nothing_is_drawn_where_nothing_crosses_or_a_number_is_missing() -> None:
    values = np.zeros((4, 4))
    assert not len(level_segments(values, 1.0))
    values[:, 2:] = 2
    values[1, 1] = np.nan
    crossed = level_segments(values, 1.0)
    assert len(crossed)
    assert np.isfinite(crossed).all()

"""Where histograms stand on their sheet, how far their axes reach, and what the last bin holds."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.plots.run.panels import Reach, ends_of, outline, panels, steps
from simulator.training import BINS
from tests.app.canned import make_histogram


@given(st.integers(1, 30), st.integers(200, 1500), st.integers(60, 700), st.sampled_from([0, 1]))
def test_that_panels_fill_their_sheet_and_keep_apart(count: int, width: int, height: int, rows: int) -> None:
    made = panels(count, width, height, 24, rows)
    assert len(made) == count
    for panel in made:
        assert panel.x >= 0
        assert panel.y >= 0
        assert panel.x + panel.width <= width + 1e-6
        assert panel.y + panel.height <= height + 1e-6
        assert panel.width > 0
    for one, other in pairwise(made):
        assert other.x >= one.x + one.width or other.y >= one.y + one.height


def test_that_no_row_is_left_empty() -> None:
    assert max(panel.y + panel.height for panel in panels(4, 468, 300, 24)) == 300


def test_that_nearly_all_values_lie_between_the_ends() -> None:
    values = np.concatenate([np.linspace(0.1, 2.4, 4000), [7.9]])
    histogram = make_histogram(values, 8.0)
    low, high = ends_of(histogram)
    assert low == 0
    assert 2.4 <= high < 3.2
    assert Reach().fit([histogram]) == (0.0, 3.0)


def test_that_the_last_bin_holds_what_lies_beyond() -> None:
    values = np.concatenate([np.full(100, 0.5), np.full(9, 7.5), np.full(4, 20.0)])
    histogram = make_histogram(values, 8.0)
    edges, heights = steps(histogram, 0.0, 2.0)
    assert edges[0] == 0
    assert edges[-1] == 2.0
    assert heights[-1] == pytest.approx(13 / 100)
    assert heights.max() == 1


def test_that_values_in_two_bins_are_a_peak_and_no_plateau() -> None:
    histogram = make_histogram(np.random.default_rng(0).normal(0, 1e-4, 500), 1.0)
    low, high = Reach().fit([histogram])
    assert low == -high <= -6 / BINS * 2
    _edges, heights = steps(histogram, low, high)
    assert (heights > 0).sum() == 2
    assert heights.size >= 12


def test_that_no_values_have_an_axis_all_the_same() -> None:
    empty = make_histogram(np.zeros(50))
    assert Reach().fit([empty]) == (0.0, 1.0)
    corners = outline(panels(1, 100, 50, 8)[0], *steps(empty, 0.0, 1.0), 0.0, 1.0)
    assert not corners[:, 1].any()
    assert (corners[0, 0], corners[-1, 0]) == (0, 100)


def test_that_ends_keep_still_while_values_grow_a_little() -> None:
    reach = Reach()
    ends = [reach.fit([make_histogram(np.linspace(-top, top, 500), 4.0)]) for top in (1.0, 1.1, 1.2, 1.25)]
    assert len(set(ends)) <= 2

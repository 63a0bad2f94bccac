"""The small curves: every one can be drawn, and two are made again."""

import numpy as np
import pytest

from app.lecture.columns import height, in_columns
from app.lecture.slides import SECTIONS, SLIDES
from app.lecture.thumbnails import thumbnails
from tests.thumbnails import POINTS, makers


def test_that_every_curve_is_of_a_slide_and_small() -> None:
    assert set(thumbnails()) == set(makers()) <= set(SLIDES)
    for made in thumbnails().values():
        assert 1 <= len(made.rows) <= 4
        for row in made.rows:
            assert 1 < len(row) <= POINTS
            assert 0 <= min(row) <= max(row) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("slide", ["A4", "H1"])
def test_that_a_curve_is_what_its_runs_make(slide: str) -> None:
    drawn, make = makers()[slide]
    kept = thumbnails()[slide]
    assert kept.drawn == drawn
    for made, row in zip(make(), kept.rows, strict=True):
        np.testing.assert_allclose(made, row, atol=0.005)


@pytest.mark.parametrize("count", range(1, 7))
def test_that_columns_keep_the_order_and_are_as_low_as_can_be(count: int) -> None:
    columns = in_columns(SECTIONS, count)
    assert len(columns) == count
    assert [section for column in columns for section in column] == list(SECTIONS)
    least = max(max(map(height, columns)), height(SECTIONS) / count)
    assert max(map(height, columns)) <= least

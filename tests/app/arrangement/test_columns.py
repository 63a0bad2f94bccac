"""Widths of the columns, and where the form of a layer goes, by the width of the window alone."""

import pytest

from app.arrangement.columns import Columns, columns_of, drawer_place


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (1920, Columns(240, 296, 280, 16)),
        (1440, Columns(240, 296, 280, 16)),
        (1366, Columns(216, 296, 232, 8)),
        (1280, Columns(200, 264, 216, 8)),
        (1024, Columns(200, 264, 216, 8)),
    ],
)
def test_how_wide_the_columns_are(width: int, columns: Columns) -> None:
    assert columns_of(width) == columns


@pytest.mark.parametrize(
    ("width", "wanted", "place"),
    [
        (1920, None, "beside"),
        (1760, None, "beside"),
        (1759, None, "closed"),
        (1920, False, "closed"),
        (1366, True, "beside"),
        (1100, True, "beside"),
        (1366 / 1.3, True, "over"),
        (1024, True, "over"),
        (1024, None, "closed"),
    ],
)
def test_where_the_form_of_a_layer_goes(width: float, wanted: bool | None, place: str) -> None:
    assert drawer_place(width, wanted) == place

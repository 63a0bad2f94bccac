from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.plots.run.flow_rows import CLOSE, TALLEST, flow_rows


@given(st.integers(1, 40), st.none() | st.integers(-1, 45), st.floats(20, 600), st.sampled_from([18.0, 36.0]))
def test_that_rows_fit_in_the_order_of_the_layers(count, chosen, height, full) -> None:
    rows = flow_rows(count, chosen, height, full)
    assert len(rows) == count
    for one, other in pairwise(rows):
        assert other.top >= one.top + one.height - 1e-9
    assert any(row.told for row in rows)
    if height >= full:
        assert rows[-1].top + rows[-1].height <= height + 1e-6
    assert all(row.height >= CLOSE * full - 1e-9 for row in rows if row.told)


def test_that_few_rows_all_have_words() -> None:
    assert all(row.told for row in flow_rows(3, None, 56, 18))


def test_that_few_rows_in_much_room_keep_apart_instead_of_growing() -> None:
    first, last = flow_rows(2, None, 200, 36)
    assert first.height == last.height == TALLEST * 36
    assert (first.middle, last.middle) == (50, 150)


def test_that_of_many_the_first_the_last_and_the_chosen_have_words() -> None:
    rows = flow_rows(12, 4, 140, 18)
    assert [index for index, row in enumerate(rows) if row.told] == [0, 4, 11]
    assert {row.height for row in rows if not row.told} == {8.0}

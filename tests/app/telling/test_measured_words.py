"""Numbers in the doctor's sentences, as the window writes them."""

import math

import pytest

from app.telling.measured_words import written
from simulator.analysis.measured import Measured


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Measured(1500, "count"), "1\N{NO-BREAK SPACE}500"),
        (Measured(3, "count", to=7), "3 to 7"),
        (Measured(3, "count", to=math.inf), "3 to infinite"),
        (Measured(math.nan, "count"), "not a number"),
    ],
)
def test_that_a_count_is_written_also_where_it_is_not_finite(value: Measured, words: str) -> None:
    assert written(value) == words

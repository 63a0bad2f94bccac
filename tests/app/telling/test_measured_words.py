"""Numbers in the doctor's sentences, as the window writes them."""

import math

import pytest

from app.telling.measured_words import plain, rich, written
from simulator.analysis.measured import Measured
from simulator.message import counted


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


@pytest.mark.parametrize(("examples", "words"), [(1, "on 1 example."), (1000, "on 1\N{NO-BREAK SPACE}000 examples.")])
def test_that_a_number_still_decides_the_words_of_its_sentence(examples: int, words: str) -> None:
    said = counted(
        "on {examples} example.", "on {examples} examples.", examples, {"examples": Measured(examples, "count")}
    )
    assert plain(said) == rich(said) == words

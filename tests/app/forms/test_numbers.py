import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.look.numbers import set_decimal_mark
from app.widgets.numbers import parse_number, short_number

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.001", 0.001),
        ("0,001", 0.001),
        ("1e-3", 0.001),
        ("1E-3", 0.001),
        (" 3 ", 3.0),
        ("1 000", 1000.0),
        (f"1{SPACE}000", 1000.0),
        ("1,234.5", 1234.5),
        ("−2", -2.0),
        ("-2", -2.0),
        ("10^-3", 0.001),
        ("10⁻³", 0.001),
        ("3·10⁻⁴", 0.0003),
        ("3 × 10⁻⁴", 0.0003),
        (".5", 0.5),
    ],
)
def test_that_a_number_is_understood_however_it_is_written(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["", "abc", "1e", "1.2.3", "--1", "1_000", "10^", "ten"])
def test_that_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (0.1, "0.1"),
        (0.001, "0.001"),
        (1e-6, "1e-6"),
        (2.5e-7, "2.5e-7"),
        (-2, "−2"),
        (-1e-7, "−1e-7"),
        (0.1 + 0.2, "0.3"),
        (1000, f"1{SPACE}000"),
        (1000.0, f"1{SPACE}000"),
        (1e9, f"1{SPACE}000{SPACE}000{SPACE}000"),
        (2**31 - 1, f"2{SPACE}147{SPACE}483{SPACE}647"),
    ],
)
def test_that_numbers_are_shown_short(number: float, text: str) -> None:
    assert short_number(number) == text


def test_that_the_decimal_mark_is_that_of_the_language() -> None:
    set_decimal_mark(",")
    try:
        assert short_number(0.001) == "0,001"
        assert parse_number(short_number(0.001)) == 0.001
    finally:
        set_decimal_mark(".")


@given(st.floats(-1e9, 1e9))
def test_that_what_is_shown_can_be_typed_again(number: float) -> None:
    assert parse_number(short_number(number)) == pytest.approx(number, rel=1e-9)

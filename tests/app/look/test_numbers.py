import math

import pytest

from app.look.numbers import (
    against,
    count,
    fixed,
    number,
    percent,
    points,
    power_of_ten,
    scientific,
    set_decimal_mark,
    short,
    written,
)

S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0873, "0.0873"),
        (0.08734, "0.0873"),
        (0.00123, "0.00123"),
        (0.00099996, "0.00100"),
        (0.0009, f"9.00{S}×{S}10⁻⁴"),
        (12.0, "12.0"),
        (9.996, "10.0"),
        (500.4, "500"),
        (1234.5, f"1{S}230"),
        (98765.0, f"98{S}800"),
        (99999.0, f"1.00{S}×{S}10⁵"),
        (1e20, f"1.00{S}×{S}10²⁰"),
        (-0.5, "−0.500"),
        (-1234.0, f"−1{S}230"),
        (-1e-7, f"−1.00{S}×{S}10⁻⁷"),
        (math.nan, "not a number"),
        (math.inf, "infinite"),
        (-math.inf, "minus infinite"),
        (5e-324, f"4.94{S}×{S}10⁻³²⁴"),
    ],
)
def test_that_a_measured_number_has_three_figures(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.5e-4, f"4.5{S}×{S}10⁻⁴"),
        (1e-4, f"1.0{S}×{S}10⁻⁴"),
        (0.021, f"2.1{S}×{S}10⁻²"),
        (0.0996, f"1.0{S}×{S}10⁻¹"),
        (1.26, "1.3"),
        (12.6, "13"),
        (340.0, f"3.4{S}×{S}10²"),
        (0.0, "0"),
        (-0.002, f"−2.0{S}×{S}10⁻³"),
        (math.inf, "infinite"),
    ],
)
def test_that_a_column_of_numbers_has_powers(value: float, text: str) -> None:
    assert scientific(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (1.0, "1"), (20.0, "20"), (1500.0, f"1{S}500"), (2e6, f"2{S}×{S}10⁶"), (-0.25, "−0.25")],
)
def test_that_a_tick_has_no_closing_zeros(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.493, "49 %"),
        (0.985, "98 %"),
        (0.997, "99.7 %"),
        (0.99999, "99.9 %"),
        (0.004, "0.4 %"),
        (0.00031, "0.03 %"),
        (-0.2, "−20 %"),
        (math.nan, "not a number"),
    ],
)
def test_that_only_all_is_a_hundred_percent(share: float, text: str) -> None:
    assert percent(share) == (text if "number" in text else text.replace(" ", S))


@pytest.mark.parametrize(
    ("training", "validation", "text"),
    [
        (0.98, 0.91, "7 points"),
        (0.984, 0.926, "5 points"),  # as 98 % and 93 % are written, though the gap is 5.8
        (0.92, 0.91, "1 point"),
        (0.93, 0.95, "−2 points"),
        (0.93, 0.93, "0 points"),
        (0.934, 0.930, "0.4 points"),
        (math.nan, 0.9, "not a number"),
    ],
)
def test_that_the_gap_agrees_with_the_percentages(training: float, validation: float, text: str) -> None:
    assert points(training, validation) == text


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (-0.00045, 0.254, "0.000"),
        (-0.0393, 0.254, "−0.039"),
        (1.0, 1.0, "1.00"),
        (0.9999999, 0.9999999, "1.00"),
        (130.3, 79.6, "130.3"),
        (6153.4, 6400.0, f"6{S}153"),
        (3e-7, 2e-6, f"3.00{S}×{S}10⁻⁷"),
        (1e-12, 2e-6, "0"),
        (0.5, 0.0, "0.50"),
        (math.nan, 1.0, "not a number"),
    ],
)
def test_that_numbers_beside_others_have_the_decimals_of_these(value: float, scale: float, text: str) -> None:
    assert against(value, scale) == text


def test_that_there_is_no_minus_zero() -> None:
    assert (fixed(-0.001, 2), fixed(1.0004, 4)) == ("0.00", "1.0004")


def test_that_thousands_are_apart() -> None:
    assert count(14200) == f"14{S}200"
    assert count(-1000000) == f"−1{S}000{S}000"


def test_that_powers_are_raised() -> None:
    assert [power_of_ten(power) for power in (-12, -3, 0, 1, 2)] == ["10⁻¹²", "10⁻³", "1", "10", "10²"]


def test_that_the_decimal_mark_is_the_languages() -> None:
    set_decimal_mark(",")
    try:
        assert number(0.5) == "0,500"
        assert short(0.5) == "0,5"
        assert short(20.0) == "20"
        assert number(1234.5) == f"1{S}230"
        assert scientific(4.5e-4) == f"4,5{S}×{S}10⁻⁴"
    finally:
        set_decimal_mark(".")


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (12345, "", "12 345"),
        (60_000, ",", "60 000"),
        (-1, "", "−1"),
        (1e6, ".3g", "10⁶"),
        (0.02, ".3g", "0.02"),
        (2.71828, ".4g", "2.718"),
        (math.nan, "", "not a number"),
        (math.inf, ".3g", "infinite"),
        (True, "", "True"),
        ("1e+06.csv", "", "1e+06.csv"),
    ],
)
def test_that_values_in_sentences_are_written_as_the_window_writes_them(value: object, form: str, text: str) -> None:
    assert written(value, form).replace("\N{NO-BREAK SPACE}", " ") == text

import math

import pytest

from app.look.ticks import (
    CoarseDecades,
    CoarseTop,
    decade_ticks,
    linear_ticks,
    log_ticks,
    round_up,
    spaced,
    whole_ticks,
)
from app.plots.canvas.layer_names import fit_names


@pytest.mark.parametrize(
    ("value", "text"), [(0.9, 1), (1.01, 1.5), (2, 2), (33, 40), (0.0072, 0.008), (9.5, 10), (0, 1), (math.nan, 1)]
)
def test_that_axes_end_at_round_numbers(value: float, text: float) -> None:
    assert round_up(value) == pytest.approx(text)


@pytest.mark.parametrize("high", [0.003, 0.5, 1, 1.5, 2, 3, 8, 40, 600, 1500, 2e6])
def test_that_an_axis_has_three_to_five_ticks(high: float) -> None:
    ticks = linear_ticks(0, high)
    assert 3 <= len(ticks) <= 6
    assert ticks[0].at == 0
    assert ticks[-1].at <= high * (1 + 1e-9)
    assert len({tick.text for tick in ticks}) == len(ticks)


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0.993, 1.009, ["0.995", "1", "1.005"]),
        (12.30, 12.351, ["12.3", "12.32", "12.34"]),
        (0, 0.1, ["0", "0.025", "0.05", "0.075", "0.1"]),
        (-1.0125, -1.0, ["−1.0125", "−1.01", "−1.0075", "−1.005", "−1.0025", "−1"]),
    ],
)
def test_that_what_a_tick_says_is_where_it_stands(low: float, high: float, texts: list[str]) -> None:
    assert [tick.text for tick in linear_ticks(low, high, max(5, len(texts)))] == texts


def test_that_steps_and_epochs_are_whole() -> None:
    assert [tick.text for tick in whole_ticks(4)] == ["0", "1", "2", "3", "4"]
    assert all(tick.at == int(tick.at) for tick in whole_ticks(3))


@pytest.mark.parametrize(("low", "high"), [(-2, 0), (-5, -1), (-30, 0), (-4, -3), (0, 20)])
def test_that_decades_are_whole_and_few(low: int, high: int) -> None:
    ticks = decade_ticks(low, high)
    assert 2 <= len(ticks) <= 5
    assert all(low <= tick.at <= high and tick.at == int(tick.at) for tick in ticks)


def test_that_a_short_logarithmic_axis_has_ticks_between_the_powers() -> None:
    assert [tick.text for tick in log_ticks(math.log10(0.2), math.log10(2))] == ["0.2", "0.5", "1", "2"]
    assert [tick.text for tick in log_ticks(-4, 0, 5)] == ["10⁻⁴", "10⁻³", "10⁻²", "10⁻¹", "1"]


def test_that_a_range_moves_in_jumps() -> None:
    top = CoarseTop()
    tops = {top.fit(value) for value in range(1, 1000)}
    assert len(tops) <= 28
    assert top.fit(900) == top.fit(950) == 1000
    assert top.fit(10) == 10, "gives way when most of it is empty"
    top.forget()
    assert top.fit(2) == 2


def test_that_decades_stay_while_they_serve() -> None:
    decades = CoarseDecades()
    assert decades.fit([-3.2, -1.1]) == (-4, -1)
    assert decades.fit([-3.9, -2.0]) == (-4, -1)
    assert decades.fit([-4.1, -2.0]) == (-5, -1)
    assert decades.fit([math.nan, math.inf]) == (-5, -1)
    assert decades.fit([-0.5]) == (-2, 0), "at least two decades"
    fine = CoarseDecades(least=0.5, fine=True)
    low, high = fine.fit([math.log10(0.06), math.log10(1.3)])
    assert (10**low, 10**high) == pytest.approx((0.05, 2.0))


@pytest.mark.parametrize(
    ("room", "names"),
    [
        (90, ["Input", "Dense 3", "Dense 12", "Output"]),
        (40, ["Inp", "D3", "D12", "Out"]),
        (20, ["In", "3", "12", "Ou"]),
        (5, ["In", "3", "12", "Ou"]),
    ],
)
def test_that_names_get_short_all_alike(room: float, names: list[str]) -> None:
    def width(text: str) -> float:
        return 10.0 * len(text)

    assert fit_names(["Input", "Dense 3", "Dense 12", "Output"], room, width) == names


def test_that_ticks_too_close_are_left_out() -> None:
    ticks = linear_ticks(0, 1, 5)
    assert [tick.at for tick in spaced(ticks, 0.1)] == [tick.at for tick in ticks]
    assert [tick.at for tick in spaced(ticks, 0.3)] == [0, 0.5, 1]
    assert spaced((), 0.3) == ()

"""Names of learning rates on constructed curves, whose shapes are known."""

import numpy as np
import pytest

from simulator.analysis.curves.curve_shapes import climbs, levels, name_rates

STEPS = np.arange(600)
UNTRAINED = np.log(10)
GOOD = 0.01 + 3 * np.exp(-STEPS / 30)
LOW = 3 * np.exp(-STEPS / 800)
STUCK = 0.8 + 2.2 * np.exp(-STEPS / 10)
STANDING = np.full(600, 3.0)
GONE_UP = UNTRAINED + 0.1 + 50 * np.exp(-STEPS / 20)
BROKEN = np.append(3.0 ** np.arange(20), np.inf)
RESTLESS = 0.6 + 2.4 * np.exp(-STEPS / 10) + 0.4 * np.cos(STEPS / 40)


FIRST = 3.0


def named(curves, rates=None):
    return name_rates(rates or [10.0**place for place in range(len(curves))], curves, FIRST, UNTRAINED)


def test_that_the_four_shapes_of_the_slide_get_the_four_names():
    assert named([LOW, GOOD, STUCK, GONE_UP]) == ("low", "good", "high", "very high")


@pytest.mark.parametrize(
    ("curve", "name"),
    [
        (LOW, "low"),
        (STANDING, "low"),
        (STUCK, "high"),
        (RESTLESS, "high"),
        (GONE_UP, "very high"),
        (BROKEN, "very high"),
        (np.full(600, UNTRAINED) + np.r_[1.0, np.zeros(599)], "very high"),
        (GOOD + 0.1, "good"),
        (GOOD + 0.2, "high"),
    ],
    ids=["slow", "standing", "stuck", "restless", "gone up", "broken off", "dead", "near the best", "not near it"],
)
def test_that_a_shape_is_named_beside_a_good_curve(curve, name):
    assert named([curve, GOOD], [0.5 if name == "low" else 2.0, 1.0]) == (name, "good")


@pytest.mark.parametrize(
    "curve", [STUCK, RESTLESS, GONE_UP, GOOD + 0.2], ids=["stuck", "restless", "above", "not near"]
)
def test_that_a_rate_under_the_good_one_is_never_called_high(curve):
    assert named([curve, GOOD], [1.0, 13.0]) == ("low", "good")


def test_that_a_rate_above_the_good_one_is_never_called_low():
    dead = np.full(600, UNTRAINED) + np.r_[0.7, np.zeros(599)]
    assert named([LOW, dead, GOOD], [13.0, 13.0, 1.0]) == ("high", "very high", "good")


def test_that_one_lucky_mini_batch_does_not_change_a_name():
    lucky = [np.append(1e-4, curve[1:]) for curve in (LOW, GOOD, STUCK, GONE_UP)]
    assert named(lucky) == ("low", "good", "high", "very high")


def test_that_the_order_of_the_curves_does_not_matter():
    curves = [LOW, GOOD, STUCK, GONE_UP]
    assert named(curves[::-1], [4.0, 3.0, 2.0, 1.0]) == named(curves, [1.0, 2.0, 3.0, 4.0])[::-1]


def test_that_noise_of_the_mini_batches_does_not_make_a_low_rate_restless():
    noise = np.random.default_rng(3).normal(0, 0.15, 600)
    assert named([LOW + noise, GOOD])[0] == "low"


def test_that_four_curves_that_break_off_are_all_very_high():
    assert named([BROKEN] * 4) == ("very high",) * 4


def test_that_levels_are_the_means_of_equal_stretches():
    np.testing.assert_array_equal(levels(np.arange(40.0), 4), [4.5, 14.5, 24.5, 34.5])
    np.testing.assert_array_equal(levels(np.array([2.0, 1.0])), [2.0, 1.0])


def test_that_climbs_are_counted_against_the_fall():
    assert climbs(np.array([4.0, 1.0, 2.0, 1.5, 2.0]), 5.0) == pytest.approx(1.5 / 4)


@pytest.mark.parametrize(("peak", "name"), [(4.4, "low"), (4.6, "very high")])
def test_that_a_curve_that_went_up_by_half_before_it_came_back_has_moved(peak, name):
    """30 of 600 steps are one stretch; the first loss is 3, and no rate has learned anything."""
    hump = np.full(600, 3.0)
    hump[60:90] = peak
    assert named([hump, STANDING]) == (name, "low")

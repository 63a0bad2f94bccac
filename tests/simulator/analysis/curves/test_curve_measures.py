"""What is measured of odd curves, on curves whose numbers are known."""

import numpy as np
import pytest

from simulator.analysis.curves.curve_measures import MEASURES, Course

NONE = np.zeros(0, np.int64)


def course(losses, *, penalties=None, validation=(), epoch=10, decays=NONE):
    losses = np.asarray(losses, np.float64)
    return Course(
        losses=losses,
        penalties=np.zeros(losses.size) if penalties is None else np.asarray(penalties),
        validation=np.asarray(validation, np.float64),
        steps_per_epoch=epoch,
        untrained=np.log(10),
        decays=np.asarray(decays),
    )


def measured(name, *args, **more):
    return MEASURES[name].of(course(*args, **more))


def test_that_a_plateau_ends_where_the_mean_of_ten_steps_has_fallen():
    # the mean of steps 40 to 49 still is 2; one step later it is 1.9
    assert measured("plateau", np.r_[np.full(50, 2.0), np.full(50, 1.0)]) == pytest.approx(0.42)
    assert measured("plateau", np.full(100, 2.0)) == 1.0


def test_that_a_flat_curve_changes_by_nothing_and_strays_by_nothing():
    assert measured("change", np.full(100, 2.3)) == 0
    assert measured("noise", np.full(100, 2.3)) == pytest.approx(0, abs=1e-12)


def test_that_noise_is_the_standard_deviation_over_the_mean():
    assert measured("noise", np.tile([1.0, 3.0], 50)) == 0.5


def test_that_spikes_are_counted_once_each():
    losses = np.full(400, 0.5)
    losses[0] = 2.0
    losses[[100, 101, 200, 399]] = [4.0, 5.0, 1.6, 9.0]
    losses[300] = 1.4  # less than three times its neighbours
    assert measured("spikes", losses) == 3


def test_that_a_fall_where_the_rate_drops_is_a_step():
    losses = np.repeat([1.0, 0.5, 0.45], 100)
    assert measured("decays", losses, decays=[100, 200]) == 1
    assert measured("decays", np.full(300, 1.0), decays=[100, 200]) == 0


def test_that_a_fall_at_every_epoch_end_is_a_staircase():
    assert measured("stairs", np.repeat(0.7 ** np.arange(6), 10)) == 5
    assert measured("stairs", 0.99 ** np.arange(60)) == 0


def test_that_what_the_last_quarter_of_a_straight_line_makes_is_a_quarter():
    assert measured("still_falling", np.linspace(3, 1, 2000)) == pytest.approx(5 / 19, rel=1e-3)


def test_that_validation_is_compared_with_its_best():
    assert measured("turned_up", np.ones(10), validation=[2.0, 0.5, 0.4, 1.0]) == 2.5


def test_that_a_rise_a_floor_and_a_fall_back_are_ratios_of_means():
    assert measured("risen", np.r_[np.full(90, 1.0), np.full(10, 3.0)]) == 3
    assert measured("floor", np.r_[np.full(50, 2.0), np.full(50, 1.0)]) == 0.5
    assert measured("fallen_back", np.r_[np.full(50, 3.0), np.full(25, 0.5), np.full(25, 2.0)]) == 4


def test_that_the_step_that_breaks_off_is_counted_from_1():
    assert measured("broken_off", np.r_[np.ones(17), np.nan]) == 18
    assert measured("broken_off", np.ones(17)) == np.inf


def test_that_calm_is_how_much_less_the_losses_jump():
    losses = np.ones(100)
    losses[10:20] += np.tile([0.5, -0.5], 5)
    losses[90:] += np.tile([0.01, -0.01], 5)
    assert measured("calmed", losses) == pytest.approx(50)


def test_that_the_first_loss_is_compared_with_knowing_nothing():
    assert measured("first_height", [np.log(10) * 7, 1.0]) == pytest.approx(7)


def test_that_the_share_of_the_penalty_is_that_of_the_last_tenth():
    assert measured("penalty_share", np.full(100, 2.0), penalties=np.full(100, 0.5)) == 0.25

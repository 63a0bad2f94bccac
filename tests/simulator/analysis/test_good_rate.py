"""The rate is found too low, too high or right by short runs, and its curve is that of the trainer."""

import numpy as np
import pytest

from simulator.analysis.clock import Clock
from simulator.analysis.good_rate import rate_is_good
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.trainer import Trainer

pytestmark = pytest.mark.validation


def judged(name, **training):
    asked = apply(load(name).experiment, {f"training.{field}": value for field, value in training.items()})
    return rate_is_good(asked, Clock(60))


@pytest.mark.parametrize(
    ("name", "rate", "verdict", "words"),
    [
        ("A4", 1e-6, "fail", "too low"),
        ("A4", 0.1, "pass", "right"),
        ("A4", 1e6, "fail", "too high"),
        ("H1", 3e-4, "unsure", "slowly"),
        ("H1", 0.02, "pass", "right"),
        ("H1", 3, "fail", "too high"),
    ],
)
def test_that_a_rate_is_found_too_low_right_or_too_high(name, rate, verdict, words):
    found = judged(name, learning_rate=rate)
    assert (found.measured, found.verdict) == (rate, verdict)
    assert words in str(found.sentence)


def test_that_the_curve_is_the_trainer_s_with_the_own_rate_marked():
    found = judged("A4", learning_rate=0.07)
    picture = found.picture
    assert list(picture.x) == pytest.approx(sorted([*np.logspace(-6, 1, 15), 0.07]))
    at, words = picture.mark
    assert (picture.x[at], str(words)) == (0.07, "now")
    firsts, shares = [], []
    for seed in (0, 1):
        patch = {"training.learning_rate": 0.07, "seeds.weights": seed, "seeds.order": seed}
        trainer = Trainer(Run(apply(load("A4").experiment, patch)))
        firsts.append(trainer.evaluate(trainer.setting.probe)[0])
        trainer.advance(100)
        shares.append(trainer.evaluate(trainer.setting.probe)[0] / firsts[-1])
    assert picture.reference[0] == pytest.approx(np.mean(firsts), rel=1e-6)
    assert picture.y[at] == pytest.approx(np.mean(firsts) * np.mean(shares), rel=1e-6)


def test_that_a_rate_on_the_grid_is_measured_once():
    assert judged("A4", learning_rate=0.1).picture.x.size == 15


def test_that_a_network_that_learns_at_no_rate_says_so():
    zeros = {"network.0.weights": {"kind": "zeros"}, "output.weights": {"kind": "zeros"}}
    found = rate_is_good(apply(load("A4").experiment, zeros), Clock(60))
    assert found.verdict == "fail"
    assert found.expected is None
    assert str(found.sentence).startswith("No rate from 1e-6 to 10")


def test_that_a_rate_of_0_fails_at_once():
    assert judged("A4", learning_rate=0).verdict == "fail"


def test_that_a_sweep_cut_short_is_unsure():
    found = rate_is_good(load("F7").experiment, Clock(0.2))
    assert found.verdict == "unsure"
    assert "0.2 seconds" in str(found.sentence)

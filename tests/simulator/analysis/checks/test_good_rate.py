"""The rate is found too low, too high or right by short runs, and its curve is that of the trainer."""

import numpy as np
import pytest

from simulator.analysis.checks.good_rate import rate_is_good
from simulator.analysis.clock import Clock
from simulator.analysis.curves import range_test
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

pytestmark = [pytest.mark.slow, pytest.mark.validation]


def judged(name, **training):
    asked = apply(load(name).experiment, {f"training.{field}": value for field, value in training.items()})
    return rate_is_good(asked, Clock())


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
    experiment = load(name).experiment
    training, _validation = experiment.split.indices(experiment.data.load(0).labels, 0)
    assert f" steps the loss of {min(training.size, 1000)} examples is " in str(found.sentence)


def test_that_the_curve_is_the_trainer_s_with_the_own_rate_marked():
    found = judged("A4", learning_rate=0.07)
    picture = found.picture
    assert list(picture.x) == pytest.approx(sorted([*np.logspace(-6, 1, 15), 0.07]))
    at, words = picture.mark
    assert (picture.x[at], str(words)) == (0.07, "now")
    lasts = []
    for seed in (0, 1):
        patch = {"training.learning_rate": 0.07, "seeds.weights": seed, "seeds.order": seed}
        trainer = Trainer(Run(apply(load("A4").experiment, patch)))
        trainer.advance(100)
        lasts.append(trainer.evaluate(trainer.setting.probe)[0])
    assert picture.y[at] == pytest.approx(np.mean(lasts), rel=1e-6)
    # 0.6931 where both classes are equally frequent, as they nearly are
    labels = trainer.setting.dataset.labels[trainer.setting.training]
    shares = np.bincount(labels) / labels.size
    assert picture.reference[0] == pytest.approx(-np.sum(shares * np.log(shares)), rel=1e-12)


def test_that_a_rate_on_the_grid_is_measured_once():
    assert judged("A4", learning_rate=0.1).picture.x.size == 15


@pytest.fixture
def at_most_200_steps(monkeypatch):
    monkeypatch.setattr(range_test, "STEPS", (100, 200))


@pytest.mark.usefixtures("at_most_200_steps")
@pytest.mark.parametrize("l2", [0.0, 1e-6])
def test_that_a_network_that_learns_at_no_rate_says_so_and_blames_no_small_penalty(l2):
    zeros = {"network.0.weights": {"kind": "zeros"}, "output.weights": {"kind": "zeros"}, "training.l2": l2}
    found = rate_is_good(apply(load("A4").experiment, zeros), Clock())
    assert found.verdict == "fail"
    assert found.expected is None
    assert str(found.sentence).startswith("No rate from 1e-6 to 10 took")
    assert str(found.sentence).endswith("in 200 steps.")


def test_that_one_answer_for_all_can_be_taught_by_any_rate():
    asked = apply(load("A4").experiment, {"split.train_on": 1, "training.batch_size": 1})
    assert rate_is_good(asked, Clock()).verdict == "skipped"


def test_that_a_rate_of_0_fails_at_once():
    assert judged("A4", learning_rate=0).verdict == "fail"


def test_that_a_stopped_sweep_is_unsure_and_says_so():
    looks = []
    found = rate_is_good(load("F7").experiment, Clock(stop=lambda: looks.append(1) or len(looks) > 40))
    assert found.verdict == "unsure"
    assert "stopped before its end" in str(found.sentence)
    assert " steps" in str(found.sentence)


# --- what counts as learned ---


def test_that_a_fall_from_an_absurd_first_loss_is_not_learning():
    """Fashion pictures as they are, 0 to 255: the loss falls from 150, and the run ends at chance."""
    asked = apply(load("digits").experiment, {"data": {"kind": "fashion"}, "preprocessing": {"kind": "none"}})
    asked = apply(asked, {"training.learning_rate": 0.003})
    found = rate_is_good(asked, Clock())
    assert found.verdict == "fail"
    assert "0.003 is too high" in str(found.sentence)
    trainer = Trainer(Run(asked))
    trainer.advance(3 * trainer.steps_per_epoch)
    assert trainer.evaluate(trainer.setting.training)[1] < 0.2


@pytest.mark.usefixtures("at_most_200_steps")
def test_that_a_penalty_that_holds_the_loss_is_named():
    found = judged("digits", l2=1.0)
    assert (found.verdict, found.expected) == ("fail", None)
    assert "The penalty holds the loss" in str(found.sentence)
    assert "in 200 steps. Without it" in str(found.sentence)


def test_that_the_lecture_s_networks_learn_on_the_built_in_pictures_in_100_steps():
    for name in ("F1", "G1"):
        assert str(rate_is_good(load(name).experiment, Clock()).expected) == "0.0003 to 0.003"

"""Two runs with other seeds: the losses are those of runs trained apart, and the sentence says what they come to."""

import numpy as np
import pytest

from simulator.analysis.copies import reseeded
from simulator.analysis.spread.seed_repeat import repeat_seeds
from simulator.analysis.spread.seed_spread import SeedSpread
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

SLOW = load("spiral")
FAST = SLOW.with_edit(20, {"training.learning_rate": 1.0})


def test_that_both_runs_are_repeated_with_their_edits():
    spread = repeat_seeds((SLOW, FAST), (40, 40), seeds=3)
    for number in range(3):
        seeds = {"seeds.weights": number + 1, "seeds.order": number + 1}
        for run, found in ((SLOW, spread.first), (FAST, spread.second)):
            apart = Trainer(Run(apply(run.experiment, seeds), run.edits))
            losses, _penalties = apart.advance(40)
            assert found[number] == losses[-10:].mean()
    assert spread.asked == 3


def test_that_the_one_that_is_ahead_is_compared_where_the_other_stands():
    spread = repeat_seeds((SLOW, FAST), (40, 25), seeds=1)
    assert spread.steps == (25, 25)
    seeds = {"seeds.weights": 1, "seeds.order": 1}
    for run, found in ((SLOW, spread.first), (FAST, spread.second)):
        apart = Trainer(Run(apply(run.experiment, seeds), run.edits))
        assert found[0] == apart.advance(25)[0][-10:].mean()
    assert "after 25 steps" in str(spread.sentences("AB")[0])


@pytest.mark.parametrize("edited", [False, True])
def test_that_other_batch_sizes_are_compared_after_as_many_examples(edited):
    change = {"training.batch_size": 80}
    large = SLOW.with_edit(12, change) if edited else Run(apply(SLOW.experiment, change))
    spread = repeat_seeds((SLOW, large), (100, 20), seeds=1)
    one, other = Trainer(SLOW), Trainer(large)
    other.advance(20)
    one.advance(100, until=other.examples)
    assert spread.steps == (one.step, 20)
    assert one.step < 100
    assert "with as many examples seen" in str(spread.sentences("AB")[0])


def test_that_a_run_that_diverges_has_no_loss():
    wild = Run(apply(load("H2-dying").experiment, {"training.learning_rate": 1e9}))
    spread = repeat_seeds((wild, load("H2-dying")), (30, 30), seeds=2)
    assert np.isinf(spread.first).all()
    assert spread.second_wins == 2
    assert "none, for all diverged" in str(spread.sentences("AB")[0])


def test_that_it_can_be_stopped():
    assert repeat_seeds((SLOW, FAST), (40, 40), stop=lambda: True) is None


@pytest.mark.parametrize(("budget", "made"), [(0.0, 2), (3.5, 3), (99.0, 4)])
def test_that_dear_runs_are_repeated_with_fewer_seeds(budget, made):
    parameters = 2 * 16 + 16 + 16 * 16 + 16 + 16 * 2 + 2
    step = 32 * (3 * parameters + 10_000)
    spread = repeat_seeds((SLOW, FAST), (20, 20), seeds=4, budget=budget * 40 * step)
    assert (spread.first.size, spread.asked) == (made, 4)


@pytest.mark.parametrize(
    ("first", "second", "words", "verdict"),
    [
        (
            [2.2, 2.3, 2.25],
            [0.08, 0.11, 0.1],
            "B is better than A in 3 of 3 seeds: data loss 0.08 - 0.11 against 2.2 - 2.3",
            "M",
        ),
        ([0.1, 0.2], [0.3, 0.4], "A is better than B in 2 of 2 seeds: data loss 0.1 - 0.2 against 0.3 - 0.4", "M"),
        (
            [0.1, 0.3],
            [0.2, 0.25],
            "B is better than A in 1 of 2 seeds: data loss 0.2 - 0.25 against",
            "The ranges",
        ),
        (
            [0.5, np.inf],
            [0.2, 0.3],
            "B is better than A in 2 of 2 seeds: data loss 0.2 - 0.3 against 0.5 or",
            "M",
        ),
    ],
)
def test_that_the_sentences_say_who_is_better_and_whether_it_is_chance(first, second, words, verdict):
    told = SeedSpread(np.array(first), np.array(second), len(first), (300, 300)).sentences("AB")
    assert str(told[0]).startswith(words)
    assert "after 300 steps" in str(told[0])
    assert str(told[1]).startswith(verdict)


def test_that_fewer_seeds_than_asked_are_admitted():
    told = SeedSpread(np.array([1.0]), np.array([2.0]), 5, (10, 10)).sentences("AC")
    assert str(told[-1]) == "So much training is repeated with 1 seeds instead of 5."


def test_that_the_seeds_are_others_than_the_run_s_own():
    spread = repeat_seeds((SLOW, SLOW), (20, 20), seeds=1)
    own = Trainer(SLOW)
    losses, _penalties = own.advance(20)
    assert spread.first[0] != losses[-10:].mean()
    assert spread.first[0] == spread.second[0]


def test_that_a_long_run_is_judged_by_its_last_twentieth():
    run = Run(reseeded(SLOW.experiment, 1))
    losses, _penalties = Trainer(run).advance(400, beyond=True)
    spread = repeat_seeds((SLOW, SLOW), (400, 400), seeds=1)
    assert spread.first[0] == pytest.approx(losses[-20:].mean(), rel=1e-12)

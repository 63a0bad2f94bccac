"""One model judged both ways: the numbers are those of whole trainings, and the verdict weighs their doubt."""

import numpy as np
import pytest

from simulator.analysis.checks.both_ways import as_result, judge_both_ways
from simulator.analysis.checks.cross_scores import CrossValidation, Score
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer


def score(accuracy, examples=100):
    return Score(accuracy, 0.5, examples, False, 1.0)


def test_that_the_single_score_is_that_of_the_trained_run():
    asked = apply(load("A4").experiment, {"training.epochs": 5})
    shares = []
    found = judge_both_ways(asked, folds=3, progress=shares.append)
    trainer = Trainer(Run(asked))
    trainer.advance(5 * trainer.steps_per_epoch)
    accuracy = trainer.evaluate(trainer.setting.validation)[1]
    assert found.measured == pytest.approx(accuracy)
    assert found.picture.y.size == 4
    assert found.picture.y[0] == found.measured
    assert found.picture.reference[0] == pytest.approx(np.mean(found.picture.y[1:]))
    assert len(found.details) == 3
    assert shares[-1] == 1


def test_that_scores_within_two_standard_errors_agree():
    folds = tuple(score(accuracy) for accuracy in (0.78, 0.80, 0.82))
    close = as_result(CrossValidation(folds, score(0.84), 10, 3.0, complete=True))
    # sqrt(0.84 * 0.16 / 100) = 0.0367, and 0.02 / sqrt(3) = 0.0115 of the mean
    assert close.verdict == "pass"
    assert str(close.expected) == "80 % ± 1.15 %"
    far = as_result(CrossValidation(folds, score(0.84, examples=10_000), 10, 3.0, complete=True))
    assert far.verdict == "fail"


def test_that_a_comparison_cut_short_is_unsure_and_one_without_folds_is_skipped():
    assert as_result(CrossValidation((score(0.8),), score(0.8), 10, 3.0, complete=False)).verdict == "unsure"
    assert as_result(CrossValidation((), score(0.8), 10, 3.0, complete=False)).verdict == "skipped"
    assert as_result(CrossValidation((score(0.8),), None, 10, 3.0, complete=True)).verdict == "skipped"

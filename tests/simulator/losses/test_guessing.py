"""The loss of guessing is that of the best constant answer; ln C is named where that is what it comes to."""

import math

import numpy as np
import pytest

from simulator.losses.softmax_cross_entropy import SoftmaxCrossEntropy


def guessing(*counts):
    loss, formula = SoftmaxCrossEntropy().guessing(np.repeat(np.arange(len(counts)), counts), len(counts))
    return loss, str(formula)


def test_that_for_94_to_6_it_is_not_ln_2():
    loss, formula = guessing(94, 6)
    # by hand: -(0.94 ln 0.94 + 0.06 ln 0.06)
    assert loss == pytest.approx(0.22696, abs=1e-5)
    assert formula == "entropy of the labels"


@pytest.mark.parametrize("counts", [(50, 50), (158, 162), (100,) * 10])
def test_that_equally_frequent_classes_have_ln_c(counts):
    loss, formula = guessing(*counts)
    assert f"{loss:.3g}" == f"{math.log(len(counts)):.3g}"
    assert formula == f"ln {len(counts)}"


def test_that_no_constant_answer_costs_less():
    labels = np.repeat([0, 1, 2], [70, 20, 10])
    least, _formula = SoftmaxCrossEntropy().guessing(labels, 3)
    shares = np.random.default_rng(0).dirichlet([7, 2, 1], 2000)
    assert -np.log(shares)[:, labels].mean(axis=1).min() >= least


def test_that_one_class_costs_nothing():
    assert guessing(5, 0) == (0.0, "entropy of the labels")

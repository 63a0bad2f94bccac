"""Preprocessing is undone for display."""

import numpy as np
import pytest

from simulator.data.preprocessing import PREPROCESSINGS
from simulator.data.sources.digits import Digits
from simulator.experiment.library import load
from simulator.experiment.patch import apply


@pytest.mark.parametrize("name", PREPROCESSINGS)
def test_that_a_transform_is_undone(name):
    pixels = Digits().load(0).features[:300]
    transform = PREPROCESSINGS[name]().fit(pixels, (8, 8))
    error = transform.invert(transform.apply(pixels)) - pixels
    # What the dropped components carried is lost: together under a thousandth of the largest variance.
    assert np.sqrt(np.mean(error**2)) < 0.02
    if transform.matrix is None:
        assert np.abs(error).max() < 1e-4


@pytest.mark.parametrize("name", ["decorrelate", "whiten"])
def test_that_the_covariance_is_what_the_name_promises(name):
    pixels = Digits().load(0).features
    values = PREPROCESSINGS[name]().fit(pixels).apply(pixels).astype(float)
    covariance = np.cov(values.T, bias=True)
    if name == "whiten":
        np.testing.assert_allclose(covariance, np.eye(len(covariance)), atol=1e-3)
    else:
        off = covariance - np.diag(np.diag(covariance))
        assert np.abs(off).max() < 1e-3 * covariance.max()


def test_that_only_large_data_cost_a_sentence():
    whiten = apply(load("digits").experiment, {"preprocessing": {"kind": "whiten"}}).preprocessing
    assert whiten.cost(1_797, 64) is None
    assert "614 MB" in str(whiten.cost(50_000, 3072))

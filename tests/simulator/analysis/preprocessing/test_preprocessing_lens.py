"""Data before and after preprocessing, against plain NumPy and what the lecture promises (C1, C2)."""

import numpy as np
import pytest
from msgspec.structs import replace

from simulator.analysis.preprocessing.preprocessing_lens import PreprocessingLens, spread_of
from simulator.data.preprocessing import PREPROCESSINGS
from simulator.data.split import Split
from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load

pytestmark = pytest.mark.validation

EVERYWHERE = ["none", "centre", "standardise", "decorrelate", "whiten"]


@pytest.fixture(scope="module")
def tilted():
    return PreprocessingLens(load("C1-tilted").experiment)


@pytest.fixture(scope="module")
def digits():
    return PreprocessingLens(load("C1").experiment)


def features_of(lens):
    return lens.dataset.features[lens.training].astype(float)


def look(lens, kind, **more):
    return lens.look(PREPROCESSINGS[kind](), **more)


def expected(values, kind):
    """The lecture's recipes, in plain NumPy; components are known up to their sign."""
    centred = values - values.mean(axis=0)
    if kind == "none":
        return values
    if kind in ("centre", "mean_image"):
        return centred
    if kind == "standardise":
        return centred / np.where(values.std(axis=0) > 0, values.std(axis=0), 1)
    U, S, _ = np.linalg.svd(centred.T @ centred / len(centred))
    turned = (centred @ U)[:, 1e-5 * S[0] < S]
    return turned if kind == "decorrelate" else turned / np.sqrt(S[1e-5 * S[0] < S])


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_that_the_moments_of_the_cloud_are_those_of_the_recipe(tilted, kind):
    wanted = expected(features_of(tilted), kind)
    after = look(tilted, kind).after.cloud
    np.testing.assert_allclose(after.mean, wanted.mean(axis=0), atol=1e-5)
    np.testing.assert_allclose(after.std, wanted.std(axis=0), rtol=1e-5)
    np.testing.assert_allclose(np.abs(after.covariance), np.abs(np.cov(wanted.T, bias=True)), rtol=1e-4, atol=1e-5)
    assert after.bowl.condition == pytest.approx(np.linalg.cond(wanted.T @ wanted), rel=1e-4)


@pytest.mark.parametrize("kind", ["none", "centre", "standardise", "decorrelate"])
def test_that_whitening_makes_the_bowl_rounder_than_anything_else(tilted, kind):
    assert look(tilted, "whiten").after.cloud.bowl.condition == pytest.approx(1, abs=1e-5)
    assert look(tilted, kind).after.cloud.bowl.condition > 1.5


@pytest.mark.parametrize("kind", EVERYWHERE)
def test_that_all_features_of_the_digits_have_the_promised_spread(digits, kind):
    wanted = expected(features_of(digits), kind)
    spread = look(digits, kind).after.spread
    std = wanted.std(axis=0)
    covariance = np.abs(np.cov(wanted.T, bias=True))
    np.fill_diagonal(covariance, 0)
    assert spread.features == wanted.shape[1]
    assert spread.constant == np.sum(std == 0)
    assert spread.largest_mean == pytest.approx(np.abs(wanted.mean(axis=0)).max(), abs=1e-5)
    assert spread.stds == pytest.approx((std[std > 0].min(), std.max()), rel=1e-4)
    assert spread.largest_covariance == pytest.approx(covariance.max(), rel=1e-4, abs=1e-4)


def test_that_whitened_digits_have_the_identity_as_covariance_and_say_what_is_kept(digits):
    view = look(digits, "whiten")
    spread = view.after.spread
    assert spread.largest_mean < 1e-6
    assert spread.stds == pytest.approx((1, 1), abs=1e-5)
    assert spread.largest_covariance < 1e-5
    assert (spread.condition, spread.directions) == (pytest.approx(1, abs=1e-5), spread.features)
    raw = features_of(digits)
    variances = np.linalg.svd(raw - raw.mean(axis=0), compute_uv=False) ** 2
    kept = int(np.sum(variances > 1e-5 * variances[0]))
    assert view.note.values == {"kept": kept, "width": 64}


def test_that_the_condition_number_of_all_features_is_that_of_the_hessian(digits):
    raw = features_of(digits)
    values = np.linalg.svd(raw, compute_uv=False) ** 2
    values = values[values > 1e-9 * values[0]]
    spread = look(digits, "none").after.spread
    assert (spread.directions, spread.condition) == (values.size, pytest.approx(values[0] / values[-1], rel=1e-3))


def test_that_more_features_than_examples_have_the_same_spread():
    values = np.random.default_rng(0).standard_normal((12, 30)) + 1
    spread = spread_of(values)
    curved = np.linalg.svd(values, compute_uv=False) ** 2
    assert (spread.directions, spread.condition) == (12, pytest.approx(curved[0] / curved[-1]))
    assert spread.largest_covariance == pytest.approx(np.abs(np.triu(np.cov(values.T, bias=True), 1)).max())


def test_that_no_validation_example_is_looked_at():
    experiment = replace(load("C1-tilted").experiment, split=Split(validation=0.5, order="file"))
    lens = PreprocessingLens(experiment)
    half = lens.dataset.features[:200].astype(float)
    assert lens.look(PREPROCESSINGS["none"]()).measured == 200
    np.testing.assert_allclose(look(lens, "none").before.cloud.mean, half.mean(axis=0), rtol=1e-6)
    np.testing.assert_allclose(look(lens, "centre").after.cloud.mean, 0, atol=1e-6)


def test_that_what_is_for_pictures_is_offered_for_pictures_alone(tilted, digits):
    assert tilted.offered == tuple(EVERYWHERE)
    assert set(digits.offered) == set(PREPROCESSINGS)
    with pytest.raises(ExperimentError, match="no pictures"):
        look(tilted, "mean_image")
    assert look(tilted, "none").pictures is None


def test_that_the_two_features_drawn_vary_most_and_go_together_most(digits):
    covariance = np.cov(features_of(digits).T, bias=True)
    first = int(np.argmax(np.diag(covariance)))
    others = np.abs(covariance[first])
    others[first] = -1
    view = look(digits, "centre")
    assert view.features == (first, int(np.argmax(others)))
    assert str(view.before.cloud.names[0]) == f"pixel in row {first // 8 + 1}, column {first % 8 + 1}"
    asked = look(digits, "none", features=(3, 20)).after.cloud
    np.testing.assert_array_equal(asked.points, features_of(digits)[:, [3, 20]])


def test_that_the_mean_image_is_seen_and_subtracted(digits):
    raw = features_of(digits)
    shown = look(digits, "mean_image", picture=5).pictures
    np.testing.assert_allclose(shown.mean_image.ravel(), raw.mean(axis=0), rtol=1e-12)
    assert shown.colour_means == pytest.approx([raw.mean()])
    np.testing.assert_array_equal(shown.before.ravel(), raw[5])
    np.testing.assert_allclose(shown.after.ravel(), raw[5] - raw.mean(axis=0), atol=1e-5)
    assert shown.label == str(digits.dataset.labels[digits.training[5]])
    assert look(digits, "whiten").pictures.after is None


def test_that_one_feature_makes_no_plane():
    lens = PreprocessingLens(
        Experiment(data=replace(load("D2").experiment.data, examples=50, width=1), split=Split(validation=0))
    )
    cloud = look(lens, "standardise").after.cloud
    assert cloud.bowl.condition == np.inf
    np.testing.assert_allclose(cloud.std, [1, 0], atol=1e-6)

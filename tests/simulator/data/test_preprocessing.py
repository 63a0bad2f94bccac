"""Preprocessing: by its definition, from the training examples alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from simulator.data.preprocessing import PREPROCESSINGS
from simulator.data.preprocessing.centre import Centre
from simulator.data.preprocessing.none import NoPreprocessing
from simulator.data.preprocessing.standardise import Standardise
from simulator.data.sources.digits import Digits
from simulator.experiment.patch import from_plain
from tests import reference

clouds = arrays.arrays(
    np.float32,
    st.tuples(st.integers(2, 30), st.integers(1, 5)),
    elements=st.integers(-1000, 1000).map(lambda whole: whole / 8),  # exact in float32
)


def transformed(preprocessing, features, fitted_on=None):
    transform = preprocessing.fit(features if fitted_on is None else fitted_on)
    return (features.astype(float) - transform.shift) * transform.scale


@given(clouds, st.sampled_from([PREPROCESSINGS[name] for name in reference.PREPROCESSINGS]))
def test_that_a_transform_has_one_finite_float64_a_feature(features, kind):
    transform = kind().fit(features)
    for numbers in (transform.shift, transform.scale):
        assert numbers.dtype == np.float64
        assert numbers.shape == (features.shape[1],)
        assert np.isfinite(numbers).all()


@given(clouds)
def test_that_none_leaves_the_data_as_they_are(features):
    np.testing.assert_array_equal(transformed(NoPreprocessing(), features), features)


@given(clouds)
def test_that_centred_features_have_mean_0_and_their_own_spread(features):
    centred = transformed(Centre(), features)
    np.testing.assert_allclose(centred.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(centred.std(axis=0), features.std(axis=0, dtype=float), atol=1e-10)


@given(clouds)
def test_that_standardised_features_have_mean_0_and_standard_deviation_1(features):
    standardised = transformed(Standardise(), features)
    varying = features.min(axis=0) != features.max(axis=0)
    np.testing.assert_allclose(standardised.mean(axis=0), 0, atol=1e-10)
    np.testing.assert_allclose(standardised.std(axis=0)[varying], 1, rtol=1e-9)
    np.testing.assert_array_equal(standardised[:, ~varying], 0)


@pytest.mark.parametrize("value", [0.0, 0.1, 1 / 3, 123.456, -1e-7, 16.0])
@pytest.mark.parametrize("examples", [2, 3, 7, 1438, 5000])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_a_constant_feature_is_divided_by_1(value, examples, dtype):
    features = np.full((examples, 1), value, dtype)
    transform = Standardise().fit(features)
    assert transform.scale[0] == 1
    np.testing.assert_array_equal(transform.apply(features), 0)


def test_that_the_constant_corners_of_the_digits_stay_finite():
    features = Digits().load(0).features
    constant = features.min(axis=0) == features.max(axis=0)
    assert constant.any()
    standardised = transformed(Standardise(), features)
    np.testing.assert_array_equal(standardised[:, constant], 0)
    np.testing.assert_allclose(standardised[:, ~constant].std(axis=0), 1, rtol=1e-12)


@pytest.mark.parametrize("kind", list(reference.PREPROCESSINGS))
@pytest.mark.parametrize("name", ["digits", "spiral", "moons", "noise"])
def test_that_the_statistics_are_those_of_the_training_examples_alone(kind, name):
    experiment = from_plain({"data": {"kind": name}, "preprocessing": {"kind": kind}})
    dataset = experiment.data.load(0)
    training, validation = experiment.split.indices(dataset.labels, experiment.seeds.data)
    expected_training, expected_validation = reference.preprocessed(experiment, dataset)
    fitted = experiment.preprocessing.fit(dataset.features[training])
    both = (dataset.features.astype(float) - fitted.shift) * fitted.scale
    np.testing.assert_allclose(both[training], expected_training.features, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(both[validation], expected_validation.features, rtol=1e-9, atol=1e-9)


def test_that_fitting_leaves_the_data_alone():
    features = Digits().load(0).features
    before = features.copy()
    for name in reference.PREPROCESSINGS:
        PREPROCESSINGS[name]().fit(features)
    np.testing.assert_array_equal(features, before)

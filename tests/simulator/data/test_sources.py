"""The data sets that come with the program: drawn from their seed alone, of the shapes they promise."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.data.sources import SOURCES
from simulator.data.sources.blobs import Blobs
from simulator.data.sources.circles import Circles
from simulator.data.sources.digits import Digits
from simulator.data.sources.fashion import Fashion
from simulator.data.sources.lecture_images import LectureImages
from simulator.data.sources.moons import Moons
from simulator.data.sources.noise import Noise
from simulator.data.sources.plane import PlaneSource
from simulator.data.sources.spiral import Spiral
from simulator.data.sources.xor import Xor
from tests.strategies import structs

LARGE = 20_000
PLANE = [kind for kind in SOURCES.values() if issubclass(kind, PlaneSource)]
FILES = (LectureImages, *(kind for kind in SOURCES.values() if kind.needs_files))  # see the tests of the loaders
BUILT_IN = [kind for kind in SOURCES.values() if kind not in FILES]
DRAWN = [kind for kind in BUILT_IN if kind not in (Digits, Fashion)]


def small(kind):
    sizes = {"examples": st.integers(10, 200), "width": st.integers(1, 30), "classes": st.integers(2, 10)}
    return structs(kind, **{name: drawn for name, drawn in sizes.items() if name in kind.__struct_fields__})


sources = st.one_of([small(kind) for kind in BUILT_IN])
plane_sources = st.one_of([small(kind) for kind in PLANE])
seeds = st.integers(0, 2**31 - 1)


# --- what every set promises ---


@given(sources, seeds)
def test_that_a_set_is_drawn_from_its_seed_alone(source, seed):
    once, again = source.load(seed), source.load(seed)
    np.testing.assert_array_equal(once.features, again.features)
    np.testing.assert_array_equal(once.labels, again.labels)


@given(sources, seeds)
def test_that_the_arrays_have_the_promised_shape_and_type(source, seed):
    data = source.load(seed)
    assert data.features.dtype in (np.float32, np.uint8)
    assert data.labels.dtype == np.int64
    assert data.features.shape == (data.examples, data.width)
    assert data.labels.shape == (data.examples,)
    assert data.features.flags.c_contiguous
    assert np.isfinite(data.features).all()
    for name in ("examples", "width", "classes"):
        if name in source.__struct_fields__:
            assert getattr(data, name) == getattr(source, name)


@given(sources, seeds)
def test_that_labels_are_numbers_of_classes(source, seed):
    data = source.load(seed)
    assert data.labels.min() >= 0
    assert data.labels.max() < data.classes
    assert len(set(data.class_names)) == data.classes
    assert not data.feature_names or len(data.feature_names) == data.width
    assert data.image_shape is None or math.prod(data.image_shape) == data.width


@given(sources, seeds)
def test_that_nobody_can_write_to_the_arrays(source, seed):
    data = source.load(seed)
    with pytest.raises(ValueError, match="read-only"):
        data.features[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        data.labels[0] = 1


@pytest.mark.parametrize("kind", DRAWN)
def test_that_another_seed_draws_other_points(kind):
    assert not np.array_equal(kind().load(0).features, kind().load(1).features)


@given(plane_sources, seeds)
def test_that_the_classes_of_the_plane_are_balanced(source, seed):
    counts = np.bincount(source.load(seed).labels, minlength=source.class_count)
    assert counts.max() - counts.min() <= 1


@given(plane_sources, seeds)
def test_that_sets_of_the_plane_can_be_drawn(source, seed):
    data = source.load(seed)
    assert data.plane
    assert data.width == 2
    assert data.feature_names == ("x", "y")


# --- shapes by their closed forms, at noise 0 ---


def points(source, seed=3):
    data = source.load(seed)
    return data.features[:, 0].astype(float), data.features[:, 1].astype(float), data.labels


@given(structs(Spiral, examples=st.integers(10, 300), noise=st.just(0.0)), seeds)
def test_that_the_arms_of_the_spiral_wind_with_the_radius(source, seed):
    x, y, labels = points(source, seed)
    radius = np.hypot(x, y)
    assert radius.min() >= 0.1 - 1e-6
    assert radius.max() <= 1 + 1e-6
    angle = 2 * np.pi * (source.turns * radius + labels / source.classes)
    np.testing.assert_allclose(x, radius * np.sin(angle), atol=1e-5)
    np.testing.assert_allclose(y, radius * np.cos(angle), atol=1e-5)


@given(structs(Circles, examples=st.integers(10, 300), noise=st.just(0.0)), seeds)
def test_that_the_rings_have_equal_distances_and_the_outermost_radius_1(source, seed):
    x, y, labels = points(source, seed)
    np.testing.assert_allclose(np.hypot(x, y), (labels + 1) / source.classes, atol=1e-6)


def test_that_points_lie_all_round_the_rings():
    x, y, _ = points(Circles(examples=LARGE, noise=0))
    counts, _ = np.histogram(np.arctan2(y, x), bins=8, range=(-np.pi, np.pi))
    assert counts.min() > 0.9 * LARGE / 8


@given(structs(Moons, examples=st.integers(10, 300), noise=st.just(0.0)), seeds)
def test_that_the_moons_are_half_circles_that_face_each_other(source, seed):
    x, y, labels = points(source, seed)
    upper, lower = labels == 0, labels == 1
    np.testing.assert_allclose(np.hypot(x[upper] + 0.5, y[upper] + 0.25), 1, atol=1e-6)
    np.testing.assert_allclose(np.hypot(x[lower] - 0.5, y[lower] - 0.25), 1, atol=1e-6)
    assert (y[upper] >= -0.25 - 1e-6).all()
    assert (y[lower] <= 0.25 + 1e-6).all()


@given(structs(Xor, examples=st.integers(10, 300), noise=st.just(0.0)), seeds)
def test_that_the_class_of_xor_is_whether_the_signs_differ(source, seed):
    x, y, labels = points(source, seed)
    np.testing.assert_array_equal(labels, (x * y < 0).astype(int))
    for axis in (np.abs(x), np.abs(y)):
        assert axis.min() >= 0.1 - 1e-6
        assert axis.max() <= 1


def test_that_xor_fills_all_four_corners_evenly():
    x, y, _ = points(Xor(examples=LARGE, noise=0))
    for corner in (x > 0) & (y > 0), (x > 0) & (y < 0), (x < 0) & (y > 0), (x < 0) & (y < 0):
        assert corner.mean() == pytest.approx(0.25, abs=0.02)


@given(structs(Blobs, examples=st.integers(10, 300), noise=st.just(0.0)), seeds)
def test_that_the_centres_of_the_blobs_lie_on_a_circle(source, seed):
    x, y, labels = points(source, seed)
    angle = 2 * np.pi * labels / source.classes
    np.testing.assert_allclose(x, np.sin(angle), atol=1e-6)
    np.testing.assert_allclose(y, np.cos(angle), atol=1e-6)


@pytest.mark.parametrize("kind", PLANE)
@pytest.mark.parametrize("noise", [0.05, 0.5])
def test_that_noise_is_the_standard_deviation_round_the_shape(kind, noise):
    sharp, blurred = kind(examples=LARGE, noise=0).load(1), kind(examples=LARGE, noise=noise).load(1)
    strayed = blurred.features.astype(float) - sharp.features.astype(float)
    assert strayed.std() == pytest.approx(noise, rel=0.02)
    assert strayed.mean() == pytest.approx(0, abs=4 * noise / math.sqrt(2 * LARGE))
    assert np.corrcoef(strayed.T)[0, 1] == pytest.approx(0, abs=0.03)


@pytest.mark.parametrize("kind", PLANE)
def test_that_more_noise_moves_the_same_points(kind):
    np.testing.assert_array_equal(
        kind(noise=0.1).load(5).labels,
        kind(noise=0.2).load(5).labels,
    )


# --- noise ---


def test_that_gaussian_noise_has_mean_0_and_standard_deviation_1():
    data = Noise(examples=1000, width=500).load(0)
    assert data.features.mean() == pytest.approx(0, abs=0.006)
    assert data.features.std() == pytest.approx(1, abs=0.005)
    assert len(np.unique(data.features)) > 0.9 * data.features.size


def test_that_the_labels_of_noise_are_uniform_and_know_nothing_of_the_features():
    data = Noise(examples=LARGE, width=1, classes=10).load(0)
    counts = np.bincount(data.labels, minlength=10)
    assert ((counts - LARGE / 10) ** 2 / (LARGE / 10)).sum() < 28  # chi squared, 9 degrees: 1 in 1,000
    assert abs(np.corrcoef(data.features[:, 0], data.labels)[0, 1]) < 0.03


# --- digits ---

UCI_COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_that_the_digits_are_those_of_uci():
    data = Digits().load(0)
    assert data.features.shape == (1797, 64)
    assert data.features.dtype == np.uint8
    assert (data.features.min(), data.features.max()) == (0, 16)
    assert np.bincount(data.labels).tolist() == UCI_COUNTS
    assert data.image_shape == (8, 8)
    assert data.class_names == tuple("0123456789")


def test_that_the_first_digit_is_the_well_known_zero():
    data = Digits().load(0)
    assert data.labels[:10].tolist() == list(range(10))
    assert data.features[0, :16].tolist() == [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]


def test_that_the_digits_do_not_depend_on_the_seed():
    np.testing.assert_array_equal(Digits().load(0).features, Digits().load(99).features)


# --- clothing ---


def test_that_the_clothing_is_the_first_of_fashion_mnist():
    data = Fashion().load(0)
    assert data.features.shape == (2000, 784)
    assert data.features.dtype == np.uint8
    assert round(float(data.features.mean()), 4) == 72.4043
    assert data.labels[:10].tolist() == [9, 0, 0, 3, 0, 2, 7, 2, 5, 5]
    assert data.image_shape == (28, 28)
    assert data.class_names[9] == "Ankle boot"
    assert str(data.source_note) == "Fashion-MNIST, 2,000 built-in images"


def test_that_the_clothing_does_not_depend_on_the_seed():
    np.testing.assert_array_equal(Fashion().load(0).features, Fashion().load(99).features)

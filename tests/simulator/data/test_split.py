"""The split into training and validation examples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.data.sources.digits import Digits
from simulator.data.sources.spiral import Spiral
from simulator.data.split import Split
from simulator.experiment.experiment import Experiment, Seeds
from tests import reference
from tests.strategies import structs

seeds = st.integers(0, 2**31 - 1)


def labelled(examples, classes=4, seed=0):
    return np.random.default_rng(seed).integers(0, classes, examples)


@given(structs(Split), st.integers(1, 500), seeds)
def test_that_every_example_trains_or_validates_and_none_does_both(split, examples, seed):
    training, validation = split.indices(labelled(examples), seed)
    assert sorted([*training, *validation]) == list(range(examples))


@given(structs(Split), st.integers(2, 500), seeds)
def test_that_at_least_one_example_trains_and_one_validates_where_asked(split, examples, seed):
    training, validation = split.indices(labelled(examples), seed)
    assert len(training) >= 1
    assert (len(validation) >= 1) == (split.validation > 0)
    asked = examples * split.validation
    assert abs(len(validation) - min(asked, split.at_most or asked)) <= 1


@given(structs(Split), st.integers(1, 300), seeds)
def test_that_the_split_is_the_reference_s(split, examples, seed):
    experiment = Experiment(split=split, seeds=Seeds(data=seed))
    labels = labelled(examples, seed=seed)
    for ours, expected in zip(split.indices(labels, seed), reference.split(experiment, labels), strict=True):
        np.testing.assert_array_equal(ours, expected)


def test_that_a_fifth_of_the_digits_validates():
    training, validation = Split().indices(Digits().load(0).labels, 0)
    assert (len(training), len(validation)) == (1438, 359)
    assert not set(training) & set(validation)


def test_that_nothing_validates_at_a_share_of_0():
    assert len(Split(validation=0).indices(labelled(100), 0)[1]) == 0


def test_that_no_more_validate_than_are_allowed():
    assert len(Split(validation=0.5, at_most=7).indices(labelled(100), 0)[1]) == 7
    assert len(Split(validation=0.5, at_most=70).indices(labelled(100), 0)[1]) == 50


def test_that_in_file_order_the_last_examples_validate():
    training, validation = Split(validation=0.25, order="file").indices(labelled(8), 5)
    assert training.tolist() == [0, 1, 2, 3, 4, 5]
    assert validation.tolist() == [6, 7]


@pytest.mark.parametrize("order", ["shuffled", "stratified"])
def test_that_another_data_seed_splits_otherwise(order):
    splits = [Split(order=order).indices(labelled(100), seed)[1] for seed in (0, 1)]
    assert not np.array_equal(*splits)


def test_that_every_class_validates_in_about_its_share():
    labels = Spiral(examples=2000).load(0).labels
    validating = labels[Split().indices(labels, 0)[1]]
    assert np.bincount(validating) / len(validating) == pytest.approx([0.5, 0.5], abs=0.08)


@given(st.integers(20, 400), st.sampled_from([0.1, 0.2, 0.5]), seeds)
def test_that_a_stratified_split_gives_every_class_its_share(examples, share, seed):
    labels = labelled(examples, seed=seed)
    training, validation = Split(order="stratified", validation=share).indices(labels, seed)
    for label in range(4):
        expected = (labels == label).mean() * len(validation)
        assert abs((labels[validation] == label).sum() - expected) <= 1.5
    assert sorted([*training, *validation]) == list(range(examples))


def test_that_indices_are_whole_numbers_of_64_bits():
    for order in ("shuffled", "stratified", "file"):
        for part in Split(order=order).indices(labelled(10), 0):
            assert part.dtype == np.int64

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


@given(structs(Split), st.integers(1, 500), seeds)
def test_that_every_example_trains_or_validates_and_none_does_both(split, examples, seed):
    training, validation = split.indices(np.zeros(examples, np.int64), seed)
    assert sorted([*training, *validation]) == list(range(examples))


@given(structs(Split), st.integers(2, 500), seeds)
def test_that_at_least_one_example_trains_and_one_validates_where_asked(split, examples, seed):
    training, validation = split.indices(np.zeros(examples, np.int64), seed)
    assert len(training) >= 1
    assert (len(validation) >= 1) == (split.validation > 0)
    assert abs(len(validation) - examples * split.validation) <= 1


@given(structs(Split), st.integers(1, 500), seeds)
def test_that_the_split_is_the_reference_s(split, examples, seed):
    experiment = Experiment(split=split, seeds=Seeds(data=seed))
    for ours, expected in zip(
        split.indices(np.zeros(examples, np.int64), seed), reference.split(experiment, examples), strict=True
    ):
        np.testing.assert_array_equal(ours, expected)


def test_that_a_fifth_of_the_digits_validates():
    training, validation = Split().indices(Digits().load(0).examples, 0)
    assert (len(training), len(validation)) == (1438, 359)
    assert not set(training) & set(validation)


def test_that_nothing_validates_at_a_share_of_0():
    assert len(Split(validation=0).indices(100, 0)[1]) == 0


def test_that_in_file_order_the_last_examples_validate():
    training, validation = Split(validation=0.25, order="file").indices(8, 5)
    assert training.tolist() == [0, 1, 2, 3, 4, 5]
    assert validation.tolist() == [6, 7]


def test_that_another_data_seed_splits_otherwise():
    splits = [Split().indices(100, seed)[1] for seed in (0, 1)]
    assert not np.array_equal(*splits)


def test_that_every_class_validates_in_its_share():
    labels = Spiral(examples=2000).load(0).labels
    validating = labels[Split().indices(2000, 0)[1]]
    assert np.bincount(validating) / len(validating) == pytest.approx([0.5, 0.5], abs=0.08)


def test_that_indices_are_whole_numbers_of_64_bits():
    for order in ("shuffled", "file"):
        for part in Split(order=order).indices(10, 0):
            assert part.dtype == np.int64

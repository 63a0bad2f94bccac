"""Columns far from 0, of tiny and of huge numbers: statistics and subtraction in 64 bits, whatever the file."""

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

from simulator.data.formats import kept
from simulator.data.precision import outgrows_32_bits
from simulator.data.preprocessing.decorrelate import Decorrelate
from simulator.data.preprocessing.standardise import Standardise
from simulator.data.preprocessing.whiten import Whiten
from simulator.errors import ExperimentError
from simulator.experiment.patch import from_plain
from simulator.experiment.run import Run
from simulator.training.run.setting import prepare
from simulator.training.run.trainer import Trainer
from tests.simulator.data import written

COUNT = 60
RNG = np.random.default_rng(3)
LABELS = RNG.integers(0, 2, COUNT)
SMALL = RNG.standard_normal((COUNT, 2)) + LABELS[:, None]
KINDS = ("centre", "standardise", "decorrelate", "whiten")


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def of_table(folder, columns):
    rows = ["a,b,class", *(f"{a},{b},{'xy'[label]}" for (a, b), label in zip(columns, LABELS, strict=True))]
    (folder / "own.csv").write_text("\n".join(rows))
    return {"kind": "csv_file", "path": str(folder / "own.csv")}


def of_archive(folder, columns):
    (folder / "own.npz").write_bytes(written.npz(x=np.array(columns), y=LABELS))
    return {"kind": "npz_file", "path": str(folder / "own.npz")}


def experiment(data, kind="standardise", **more):
    return from_plain(
        {
            "data": data,
            "preprocessing": {"kind": kind},
            "network": [{"kind": "dense", "units": 4}, {"kind": "relu"}],
            "training": {"batch_size": 10, "epochs": 3},
            **more,
        }
    )


def fed(asked):
    """What goes into the network of every example, and which of them train."""
    trainer = Trainer(Run(asked))
    inputs, everyone = trainer.setting.inputs, np.arange(trainer.setting.dataset.examples)
    trainer.probe.load(inputs, everyone)
    return trainer.probe.output(-1).astype(np.float64).copy(), trainer.setting.training


def exactly_standardised(column, training):
    """By whole numbers, to the last digit."""
    values = [Fraction(value) for value in column]
    chosen = [values[at] for at in training]
    mean = sum(chosen) / len(chosen)
    variance = sum((value - mean) ** 2 for value in chosen) / len(chosen)
    return np.array([float(value - mean) for value in values]) / float(variance) ** 0.5


# --- far from 0 ---

TIMES = [(1_700_000_000 + 37 * (at * at % 61), 5 * at) for at in range(COUNT)]  # within 40 minutes, in seconds


@pytest.mark.parametrize("source", [of_table, of_archive])
def test_that_times_in_seconds_keep_their_seconds(tmp_path, source):
    found, training = fed(experiment(source(tmp_path, TIMES)))
    for place in (0, 1):
        expected = exactly_standardised([row[place] for row in TIMES], training)
        np.testing.assert_allclose(found[:, place], expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("source", [of_table, of_archive])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("offset", [2.0**31, -(2.0**34)])
def test_that_an_offset_changes_nothing_that_takes_the_mean_off(tmp_path, source, kind, offset):
    near = np.round(SMALL * 64) / 64  # so that adding the offset rounds nothing
    expected, _ = fed(experiment(source(tmp_path, near), kind))
    found, _ = fed(experiment(source(tmp_path, near + offset), kind))
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_that_single_precision_archives_far_from_0_are_subtracted_in_64_bits(tmp_path):
    columns = np.array(TIMES, np.float32)
    found, training = fed(experiment(of_archive(tmp_path, columns)))
    expected = exactly_standardised(columns[:, 0].tolist(), training)
    np.testing.assert_allclose(found[:, 0], expected, rtol=1e-6, atol=1e-6)


# --- tiny and huge ---


@pytest.mark.parametrize("source", [of_table, of_archive])
@pytest.mark.parametrize("kind", ["standardise", "whiten"])
@pytest.mark.parametrize("size", [1e-40, 1e-38, 1e-39, 1e-36, 1e-25, 1e25, 1e37, 5e37])
def test_that_the_unit_of_a_feature_changes_nothing_that_divides_by_its_spread(tmp_path, source, kind, size):
    expected, _ = fed(experiment(source(tmp_path, SMALL), kind))
    found, _ = fed(experiment(source(tmp_path, SMALL * size), kind))
    np.testing.assert_allclose(np.abs(found), np.abs(expected), rtol=1e-4, atol=1e-4)  # an axis may point either way


def test_that_tiny_single_precision_numbers_train(tmp_path):
    trainer = Trainer(Run(experiment(of_archive(tmp_path, (SMALL * 1e-39).astype(np.float32)))))
    while trainer.ending is None:
        trainer.advance(10)
    assert trainer.ending.kind == "finished"
    loss = trainer.readings.readings().training_loss
    assert loss[-1] < loss[0]


def test_that_no_rate_is_blamed_for_a_loss_before_any_update(tmp_path):
    data = of_archive(tmp_path, (SMALL * 3e37).astype(np.float32))
    asked = experiment(data, "none", output={"weights": {"kind": "normal", "scale": 100.0}})
    trainer = Trainer(Run(asked))
    trainer.advance(5)
    said = str(trainer.ending.message)
    assert trainer.step == 0
    assert "before any update" in said
    assert "the learning rate has no part in it" in said
    assert "smaller one" not in said


# --- nothing that varies ---


@pytest.mark.parametrize("value", [0.0, 0.1, -7.3, 1e9 + 0.1])
@pytest.mark.parametrize("kind", [Decorrelate, Whiten])
@pytest.mark.parametrize("shape", [(200, 3), (3, 200), (1, 5)])
def test_that_examples_without_axes_are_refused_in_a_sentence(value, kind, shape):
    with pytest.raises(ExperimentError, match=r"all training examples are alike.*choose another preprocessing"):
        kind().fit(np.full(shape, value))


@pytest.mark.parametrize("kind", ["decorrelate", "whiten"])
def test_that_200_equal_rows_are_refused_before_a_network_is_built(tmp_path, kind):
    with pytest.raises(ExperimentError, match="all training examples are alike"):
        Trainer(Run(experiment(of_table(tmp_path, [(0.1, 0.3)] * COUNT), kind)))


@pytest.mark.parametrize("kind", ["none", "centre", "standardise"])
def test_that_equal_rows_train_where_nothing_is_turned(tmp_path, kind):
    trainer = Trainer(Run(experiment(of_table(tmp_path, [(0.1, 0.3)] * COUNT), kind)))
    trainer.advance(100)
    assert trainer.ending.kind == "finished"


def test_that_a_constant_feature_has_no_axis():
    features = np.column_stack([SMALL, np.full(COUNT, 0.1)])
    for kind in (Decorrelate, Whiten):
        matrix = kind().fit(features).matrix
        assert matrix.shape == (3, 2)
        np.testing.assert_allclose(matrix[2], 0, atol=1e-12)


# --- memory ---


@pytest.mark.parametrize(
    ("column", "needed"),
    [
        ([0.1, 0.7, -3.4], False),
        ([1990, 2005, 1999], True),
        ([1900, 2005, 1999], True),
        ([-5.0, 100.0, 30.0], False),
        ([1.7e9, 1.7e9, 1.7e9], False),  # it stays constant
        ([1.7e9, 1.7e9 + 1, 1.7e9], True),
        ([1e-40, 2e-40, 0.0], True),
        ([0.0, 255.0, 254.0], False),
    ],
)
def test_that_64_bits_are_for_columns_that_need_them(column, needed):
    assert outgrows_32_bits(np.array(column)[:, None]) == needed
    assert outgrows_32_bits(np.column_stack([[0.0, 1.0, 2.0], column])) == needed


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_that_pictures_and_plain_tables_are_held_once(tmp_path, dtype):
    pictures = (RNG.uniform(0, 255, (COUNT, 30))).astype(dtype)
    asked = experiment(of_archive(tmp_path, pictures))
    setting = prepare(asked, np.dtype(np.float32))
    assert setting.dataset.features.dtype == dtype
    held = setting.inputs.pixels if dtype == np.uint8 else setting.inputs.numbers
    assert np.shares_memory(held, setting.dataset.features)


def test_that_pictures_of_any_numbers_are_kept_in_32_bits(tmp_path):
    pictures = 1.7e9 + RNG.uniform(0, 1, (COUNT, 4, 4))
    setting = prepare(experiment(of_archive(tmp_path, pictures)), np.dtype(np.float32))
    assert setting.dataset.image_shape == (4, 4)
    assert setting.dataset.features.dtype == np.float32


def test_that_statistics_need_no_64_bit_copy_of_all_pictures():
    pictures = RNG.integers(0, 256, (60_000, 100), np.uint8)
    tracemalloc.start()
    try:
        Standardise().fit(pictures)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * pictures.size / 3

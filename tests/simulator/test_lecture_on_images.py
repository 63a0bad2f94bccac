"""The lecture's figures on the excerpts of CIFAR-10 and MNIST, where they are (LECTURE: D1, D7, E3, F1 to F5)."""

import math
import os
from pathlib import Path

import numpy as np
import pytest

from simulator.analysis.clock import Clock
from simulator.analysis.curves.range_test import widening_sweep
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDER = Path(os.environ.get("OBUKA_DATA") or SHARED)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.validation,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="no folder of data sets: set OBUKA_DATA to one with CIFAR-10 and MNIST"
    ),
]
MNIST = {"data": {"kind": "mnist"}}


@pytest.fixture(autouse=True)
def data_folder(monkeypatch):
    monkeypatch.setenv("OBUKA_DATA", str(FOLDER))


def trained(name, patch=None, steps=10**6):
    trainer = Trainer(Run(apply(load(name).experiment, patch or {})))
    trainer.advance(steps, beyond=steps < 10**6)
    return trainer


def initial_loss(name):
    trainer = Trainer(load(name))
    assert trainer.setting.dataset.width == 3072, "this is not CIFAR-10"
    return trainer.evaluate(trainer.setting.training)[0] + trainer.network.penalty()


def test_that_an_untrained_network_knows_nothing():
    assert initial_loss("F1") == pytest.approx(math.log(10), abs=2e-3)


def test_that_the_penalty_raises_the_first_loss():
    assert 3.0686 <= initial_loss("F2") <= 3.0770


def test_that_20_pictures_are_overfitted():
    trainer = trained("F3")
    assert trainer.position.epoch == 200
    assert 0.0024 <= trainer.last_loss[0] <= 0.0027
    assert trainer.readings.last[2] == 1.0


def test_that_without_the_mean_image_20_pictures_are_not_learned():
    trainer = trained("F3-raw")
    assert trainer.last_loss[0] > 2.2
    assert trainer.readings.last[2] <= 0.3


def test_that_a_rate_of_a_million_ends_calmly_with_class_0_everywhere():
    trainer = trained("F5")
    assert trainer.ending.kind == "diverged"
    dataset, sample = trainer.setting.dataset, trainer.setting.training
    assert trainer.evaluate(sample)[1] == pytest.approx(np.mean(dataset.labels[sample] == 0))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_that_zero_weights_stay_zero_and_only_the_last_bias_learns(activation):
    patch = {**MNIST, "network.1": {"kind": activation}, "network.3": {"kind": activation}}
    trainer = trained("D1", patch, 300)
    blocks = [trainer.state.parameters[item.span] for item in trainer.program.placed]
    assert all((block == 0).all() for block in blocks[:-1])
    assert (blocks[-1] != 0).all()
    labels = trainer.setting.dataset.labels[trainer.setting.training]
    shares = np.bincount(labels) / labels.size
    loss, _ = trainer.evaluate(trainer.setting.training)
    assert loss == pytest.approx(-np.sum(shares * np.log(shares)), abs=0.01)


def test_that_thirty_layers_learn_from_he_and_not_from_xavier():
    he, xavier = trained("D7", MNIST, 500), trained("D7-xavier", MNIST, 500)
    assert he.evaluate(he.setting.training)[0] < 1
    loss, right = xavier.evaluate(xavier.setting.training)
    assert loss == pytest.approx(math.log(10), abs=0.02)
    assert right < 0.2


@pytest.mark.parametrize(("scale", "plain_learns"), [(0.001, False), (0.05, True), (1.0, False)])
def test_that_batch_norm_forgives_the_scale_of_the_weights(scale, plain_learns):
    scales = {f"network.{index}.weights.scale": scale for index in range(0, 30, 3)} | {"output.weights.scale": scale}
    with_norm = trained("E3", {**MNIST, **scales}, 60)
    scales = {f"network.{index}.weights.scale": scale for index in range(0, 20, 2)} | {"output.weights.scale": scale}
    without = trained("E3-plain", {**MNIST, **scales}, 60)
    first = math.log(10)
    assert with_norm.readings.readings().training_accuracy[-1] > 0.2 or with_norm.last_loss[0] < 0.95 * first
    learned = without.last_loss[0] < 0.7 * first
    assert learned == plain_learns


@pytest.mark.parametrize("name", ["F1", "G1"])
def test_that_a_rate_is_found_that_teaches_the_lecture_s_network(name):
    """From 0.0001*randn no rate takes a fifth away in 100 steps."""
    found = widening_sweep(load(name).experiment, np.array([1e-3]), 2, Clock())
    assert found.steps > 100
    assert found.suggested == (1e-3, 1e-3)

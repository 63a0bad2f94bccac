"""The units of every layer against plain NumPy."""

import numpy as np
import pytest

from simulator.data.preprocessing.standardise import Standardise
from simulator.data.preprocessing.whiten import Whiten
from simulator.data.sources.digits import Digits
from simulator.data.sources.moons import Moons
from simulator.experiment.experiment import Experiment, Training
from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.leaky_relu import LeakyReLU
from simulator.layers.maxout import Maxout
from simulator.layers.relu import ReLU
from simulator.layers.tanh import Tanh
from simulator.training.frames.units import LEVELS, MOST_COLUMNS
from simulator.training.measuring.framing import frame_of
from simulator.training.measuring.parts import units
from simulator.training.run.trainer import Trainer


def trained(steps=20, **experiment):
    trainer = Trainer(Run(Experiment(**experiment)))
    trainer.advance(steps)
    return trainer


def blocks(trainer, operation):
    """Return the parameters of an operation, each in its shape."""
    return [
        trainer.state.parameters[item.span].reshape(item.block.shape).astype(np.float64)
        for item in trainer.program.placed
        if item.operation == operation
    ]


def test_that_a_relu_unit_s_share_is_that_of_positive_sums():
    trainer = trained(data=Moons(), network=(Dense(units=8, key=1), ReLU(), Dense(units=5, key=2), ReLU(), Dropout()))
    made = units.make(trainer)
    given = trainer.setting.dataset.features[trainer.setting.probe].astype(np.float64)
    for layer, operation in ((1, 0), (2, 2)):
        weights, bias = blocks(trainer, operation)
        sums = given @ weights + bias
        # float32 rounds a sum of about 0 either way
        assert made.layers[layer].active == pytest.approx((sums > 0).mean(axis=0), abs=2 / len(given))
        given = np.maximum(sums, 0)
    assert made.layers[0] is None
    assert made.layers[3].active is None
    assert made.examples == len(given)


@pytest.mark.parametrize("name", ["B7", "B7-leaky", "B7-elu"])
def test_that_the_silent_units_are_the_dead_units_of_the_frame(name):
    trainer = Trainer(load(name))
    trainer.advance(50)
    dead = frame_of(trainer).layers[1].dead_units
    assert int(units.make(trainer).layers[1].silent.sum()) == dead
    assert (dead > 0) == (name == "B7")


def test_that_weights_are_kept_in_parts_of_the_largest():
    trainer = trained(data=Digits(), network=(Dense(units=6, key=1), Tanh()))
    layer = units.make(trainer).layers[1]
    weights, bias = blocks(trainer, 0)
    assert layer.inputs == 64
    assert layer.low.shape == (6, 1, 64)
    assert layer.high is not None
    back = layer.low[:, 0] * layer.size[:, None] / LEVELS
    assert back == pytest.approx(weights.T, abs=np.abs(weights).max() / LEVELS)
    assert layer.size == pytest.approx(np.abs(weights).max(axis=0))
    assert layer.norm == pytest.approx(np.linalg.norm(weights, axis=0), rel=1e-6)
    assert layer.bias == pytest.approx(bias)


def test_that_many_inputs_of_a_hidden_layer_lie_in_buckets_of_least_and_greatest():
    wide = 3 * MOST_COLUMNS
    trainer = trained(5, data=Digits(), network=(Dense(units=wide, key=1), ReLU(), Dense(units=4, key=2), ReLU()))
    layer = units.make(trainer).layers[2]
    weights = np.rint(blocks(trainer, 2)[0].T / layer.size[:, None].astype(np.float64) * LEVELS)
    assert layer.low[:, 0] == pytest.approx(weights.reshape(4, MOST_COLUMNS, 3).min(axis=2), abs=1)
    assert layer.high[:, 0] == pytest.approx(weights.reshape(4, MOST_COLUMNS, 3).max(axis=2), abs=1)


@pytest.mark.parametrize("preprocessing", [Standardise(), Whiten()], ids=["standardise", "whiten"])
def test_that_a_half_plane_is_where_the_activation_is_given_more_than_zero(preprocessing):
    trainer = trained(
        data=Moons(),
        preprocessing=preprocessing,
        network=(Dense(units=7, key=1), BatchNorm(), LeakyReLU()),
    )
    layer = units.make(trainer).layers[1]
    raw = trainer.setting.dataset.features[trainer.setting.probe]
    probe = trainer.probe
    probe.forward(trainer.setting.inputs, trainer.setting.probe)
    given = probe.output(1).astype(np.float64)
    found = raw @ layer.half_planes[:, 0, :2].T + layer.half_planes[:, 0, 2]
    assert found == pytest.approx(given, abs=2e-5)


def test_that_a_maxout_unit_has_a_half_plane_and_weights_for_every_piece():
    trainer = trained(data=Moons(), network=(Maxout(units=3, pieces=4, key=1),))
    layer = units.make(trainer).layers[1]
    weights, bias = blocks(trainer, 0)
    assert layer.half_planes.shape == (3, 4, 3)
    assert layer.half_planes[1, 2] == pytest.approx([weights[0, 6], weights[1, 6], bias[6]], abs=1e-5)
    assert layer.low.shape == (3, 4, 2)


def test_that_only_data_of_two_features_have_half_planes():
    trainer = trained(1, data=Digits(), network=(Dense(units=3, key=1), ReLU()))
    assert units.make(trainer).layers[1].half_planes is None


def test_that_measuring_units_leaves_the_run_as_it_is():
    one = trained(30, data=Moons(), network=(Dense(key=1), BatchNorm(), ReLU(), Dropout()), training=Training())
    two = Trainer(one.run)
    for _ in range(30):
        two.advance(1)
        units.make(two)
    assert two.state.parameters.tobytes() == one.state.parameters.tobytes()
    assert two.state.running_statistics.tobytes() == one.state.running_statistics.tobytes()


def test_that_weights_that_are_no_numbers_are_drawn_as_nothing():
    trainer = trained(1, data=Moons(), network=(Dense(units=2, key=1), ReLU()))
    trainer.state.parameters[:] = np.nan
    layer = units.make(trainer).layers[1]
    assert not layer.low.any()
    assert not layer.silent.any()

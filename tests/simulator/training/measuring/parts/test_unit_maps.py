"""The maps of units over the plane against plain NumPy."""

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.training.frames.unit_maps import MOST_UNITS
from simulator.training.frames.units import LEVELS
from simulator.training.measuring.framing import frame_of
from simulator.training.measuring.parts import unit_maps
from simulator.training.run.trainer import Trainer


def test_that_maps_are_what_each_unit_puts_out_at_the_middles():
    trainer = Trainer(load("spiral"))
    trainer.advance(100)
    made = frame_of(trainer, {"unit_maps"}).parts["unit_maps"]
    left, bottom, side = made.extent
    features = trainer.setting.dataset.features
    assert (features >= [left, bottom]).all()
    assert (features <= [left + side, bottom + side]).all()
    held = [
        trainer.state.parameters[item.span].reshape(item.block.shape).astype(float) for item in trainer.program.placed
    ]
    steps = (np.arange(unit_maps.SIDE) + 0.5) / unit_maps.SIDE * side
    x, y = np.meshgrid(left + steps, bottom + steps)
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    given = (points - trainer.setting.inputs.shift) * trainer.setting.inputs.scale
    assert made.layers[0] is None
    for layer, (weights, bias) in enumerate(zip(held[::2], held[1::2], strict=True), start=1):
        sums = given @ weights + bias
        last = layer == len(made.layers) - 1
        given = sums if last else np.maximum(sums, 0)
        maps = made.layers[layer]
        units = min(given.shape[1], MOST_UNITS)
        assert maps.size == pytest.approx(np.abs(given).max(axis=0)[:units], rel=1e-4)
        back = maps.outputs.reshape(units, -1) * maps.size[:, None] / LEVELS
        shown = pytest.approx(back.T, abs=float(maps.size.max()) / LEVELS)
        assert given[:, :units] == shown
        if last:
            assert maps.given is None
        else:
            # the border: where the sums change their sign
            clear = np.abs(sums[:, :units]) > np.abs(sums[:, :units]).max(axis=0) / LEVELS
            assert (np.sign(maps.given.reshape(units, -1).T)[clear] == np.sign(sums[:, :units])[clear]).all()


def test_that_only_data_of_the_plane_have_maps():
    assert frame_of(Trainer(load("digits")), {"unit_maps"}).parts["unit_maps"] is None

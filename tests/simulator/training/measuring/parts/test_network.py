"""The network as a picture against plain NumPy, and against the trainer's own arrays."""

import numpy as np
import pytest

from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.training.frames.network import MOST_DRAWN, NetworkFocus, NetworkWiring
from simulator.training.frames.units import LEVELS
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests import every_kind


def wiring(trainer: Trainer, focus: NetworkFocus | str = "network") -> NetworkWiring:
    return frame_of(trainer, {focus}).parts[focus]


def blocks(trainer: Trainer, flat: np.ndarray) -> dict[str, np.ndarray]:
    program = trainer.program
    return {program.path_of(item): flat[item.span].reshape(item.block.shape) for item in program.placed}


def test_that_connections_are_the_weights_the_last_update_and_the_gradient():
    trainer = Trainer(load("spiral"))
    trainer.advance(9)
    before = trainer.state.parameters.copy()
    trainer.advance(1, measure=True)
    focus = NetworkFocus(((0, 1), (3, 5, 7), (2,), (0, 1)))
    made = wiring(trainer, focus)
    flats = trainer.state.parameters, trainer.state.parameters - before, trainer.probe.gradients
    for number, layer in enumerate(made.layers[1:], start=1):
        found = layer.connections
        for flow, flat in zip((found.weights, found.updates, found.gradients), flats, strict=True):
            block, bias = blocks(trainer, flat)[found.weights_block], blocks(trainer, flat)[found.bias_block]
            for place, unit in enumerate(layer.drawn):
                assert flow.rms[place] == pytest.approx(np.sqrt(np.mean(block[:, unit] ** 2)), rel=1e-5)
                assert flow.bias[place, 0] == bias[found.bias_index(unit)]
                for at, source in enumerate(made.layers[number - 1].drawn):
                    assert flow.between[place, 0, at] == block[found.index(unit, source)]
            assert flow.largest == np.abs(block).max()
    shown = [tuple(layer.drawn) for layer in made.layers]
    assert shown == list(focus.units)


def test_that_nothing_is_said_of_an_update_that_nobody_saw():
    trainer = Trainer(load("spiral"))
    assert wiring(trainer).layers[1].connections.updates is None


def test_that_the_signal_is_that_of_the_example():
    trainer = Trainer(load("spiral"))
    trainer.advance(50)
    example = int(trainer.setting.training[7])
    made = wiring(trainer, NetworkFocus(example=example))
    inputs = trainer.setting.inputs
    assert (made.example, made.label) == (example, inputs.labels[example])
    held = blocks(trainer, trainer.state.parameters.astype(np.float64))
    h = (trainer.setting.dataset.features[example] - inputs.shift) * inputs.scale
    np.testing.assert_allclose(made.layers[0].outputs, h, rtol=1e-5)
    for layer in made.layers[1:]:
        sums = h @ held[layer.connections.weights_block] + held[layer.connections.bias_block]
        np.testing.assert_allclose(layer.sums[:, 0], sums, rtol=1e-3, atol=1e-5)
        h = sums if layer.given is None else np.maximum(sums, 0)
        np.testing.assert_allclose(layer.outputs, h, rtol=1e-3, atol=1e-5)


def test_that_every_kind_of_layer_has_its_signal_and_its_dead_units():
    trainer = Trainer(Run(every_kind.experiment()))
    trainer.advance(5)
    frame = frame_of(trainer, {"network", "confusion", "units"})
    made, units = frame.parts["network"], frame.parts["units"]
    for layer, known, other in zip(made.layers, frame.layers, units.layers, strict=True):
        assert (layer.units, layer.outputs.size) == (known.units, known.units)
        if other is not None and other.active is not None:
            np.testing.assert_array_equal(layer.active, other.active)
        if layer.sums is not None and layer.sums.shape[1] > 1:
            np.testing.assert_allclose(layer.outputs, layer.sums.max(axis=1), rtol=1e-5)
    again = wiring(trainer, NetworkFocus(example=made.example))  # made first, with nothing before it
    for one, two in zip(made.layers, again.layers, strict=True):
        np.testing.assert_array_equal(one.outputs, two.outputs)
        assert (one.active is None) == (two.active is None)


def test_that_each_unit_drawn_has_the_map_of_its_own():
    trainer = Trainer(load("spiral"))
    trainer.advance(20)
    focus = NetworkFocus((None, (5, 7, 80)))
    parts = frame_of(trainer, {focus, "unit_maps"}).parts
    made, all_maps = parts[focus], parts["unit_maps"]
    assert made.extent == all_maps.extent
    np.testing.assert_array_equal(made.layers[1].maps.outputs[0], all_maps.layers[1].outputs[5])
    assert len(made.layers[1].maps.outputs) == 2
    x = made.layers[0].maps.outputs[0].astype(float) * made.layers[0].maps.size[0] / LEVELS
    assert (np.diff(x, axis=1) >= 0).all()  # the input map is x itself
    assert wiring(Trainer(load("digits"))).extent is None


def test_that_of_a_wide_layer_the_strongest_are_drawn_and_of_a_wide_input_none():
    trainer = Trainer(load("digits"))
    made = wiring(trainer)
    assert made.layers[0].drawn.size == 0
    hidden, after = made.layers[1], made.layers[2].connections
    assert hidden.units > MOST_DRAWN
    strength = np.sqrt((blocks(trainer, trainer.state.parameters)[after.weights_block] ** 2).mean(axis=1))
    np.testing.assert_allclose(hidden.outgoing, strength, rtol=1e-5)
    assert set(hidden.drawn) == set(np.argsort(-strength)[:MOST_DRAWN])


def test_that_to_look_changes_no_step():
    looked, other = (Trainer(load("spiral")) for _ in range(2))
    losses = []
    for trainer in (looked, other):
        trainer.advance(5)
        if trainer is looked:
            wiring(trainer)
        losses.append(trainer.advance(5)[0].tolist())
    assert losses[0] == losses[1]

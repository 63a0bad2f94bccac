"""A unit worked out with its numbers: every line is a true equation."""

from string import Formatter

import numpy as np
import pytest

from simulator.analysis.gates.phases import take_apart
from simulator.analysis.gates.worked import work_out, work_out_loss
from simulator.declaration import kind_of
from simulator.experiment.run import Run
from simulator.layers import LAYERS
from tests import every_kind, reference

EXACT = {"rel": 1e-9, "abs": 1e-12}


@pytest.fixture(scope="module")
def layers():
    """A layer of every kind with its parameters, by kind; batch norm comes from a network of its own."""
    alone = [name for name in LAYERS if name != "batch_norm"]
    found = {}
    for kinds in (["batch_norm"], alone):
        parts = take_apart(Run(every_kind.experiment(kinds))).parts
        for place, layer in enumerate(parts.layers):
            found.setdefault(kind_of(type(layer.entry)), (layer, parts.blocks_of(place)))
    return found


def every_unit(layer, blocks, source=1):
    for example in range(len(layer.x)):
        for unit in range(layer.y.shape[1]):
            yield example, unit, work_out(layer, blocks, example, unit, source)


def total(pairs):
    return sum(a * b for a, b in pairs)


@pytest.mark.parametrize("kind", LAYERS)
def test_that_every_kind_is_worked_out_with_numbers_for_all_places(layers, kind):
    for _, _, worked in every_unit(*layers[kind]):
        assert worked.forward
        assert worked.backward
        for line in (*worked.forward, *worked.backward):
            assert {name for _, name, _, _ in Formatter().parse(line.text) if name} == set(line.values)


@pytest.mark.parametrize("kind", [kind for kind in reference.ACTIVATIONS if kind in LAYERS])
def test_that_an_activation_is_worked_out(layers, kind):
    layer, blocks = layers[kind]
    function, slope = reference.activation(layer.entry)
    for _, _, worked in every_unit(layer, blocks):
        (made,), (derived, passed) = worked.forward, worked.backward
        x = np.array(made.values["x"])
        assert made.values["y"] == pytest.approx(float(function(x)), **EXACT)
        assert derived.values["slope"] == pytest.approx(float(slope(x)), **EXACT)
        assert passed.values["dx"] == pytest.approx(passed.values["dy"] * passed.values["slope"], **EXACT)


def test_that_a_dense_unit_is_worked_out(layers):
    for _, _, worked in every_unit(*layers["dense"]):
        (made,), (dw, db, dx) = worked.forward, worked.backward
        assert made.values["y"] == pytest.approx(total(made.values["products"]) + made.values["b"], **EXACT)
        assert dw.values["dw"] == pytest.approx(dw.values["x"] * dw.values["dy"], **EXACT)
        assert db.values["dy"] == dw.values["dy"]
        assert dx.values["dx"] == pytest.approx(total(dx.values["products"]), **EXACT)


def test_that_the_products_of_single_examples_average_to_the_gradient(layers):
    layer, blocks = layers["dense"]
    gradient = blocks[0].batch.reshape(blocks[0].shape)
    products = {}
    for _, unit, worked in every_unit(layer, blocks):
        products.setdefault(unit, []).append(worked.backward[0].values["dw"])
    for unit, found in products.items():
        # the first layer of the network with batch norm: its examples' gradients are of the mean loss already
        assert np.sum(found) == pytest.approx(gradient[1, unit], **EXACT)


def test_that_a_maxout_unit_puts_out_its_largest_piece(layers):
    layer, blocks = layers["maxout"]
    pieces = layer.kept["x W"] + blocks[1].before
    pieces = pieces.reshape(len(pieces), layer.y.shape[1], -1)
    for example, unit, worked in every_unit(layer, blocks):
        line = worked.forward[0]
        assert line.values["y"] == pytest.approx(pieces[example, unit].max(), **EXACT)
        assert [line.values["first"], line.values["second"]] == pytest.approx(list(pieces[example, unit, :2]), **EXACT)


def test_that_a_unit_with_batch_norm_is_worked_out(layers):
    layer, blocks = layers["batch_norm"]
    standard = (layer.x - layer.x.mean(axis=0)) / np.sqrt(layer.x.var(axis=0) + layer.entry.epsilon)
    for example, unit, worked in every_unit(layer, blocks):
        normalised, scaled = worked.forward
        assert normalised.values["u"] == pytest.approx(standard[example, unit], **EXACT)
        v = scaled.values
        assert v["y"] == pytest.approx(v["gain"] * v["u"] + v["shift"], **EXACT)
        dgain, dshift, dx = (line.values for line in worked.backward)
        assert dgain["dgain"] == pytest.approx((layer.dy * standard).sum(axis=0)[unit], **EXACT)
        assert dshift["dshift"] == pytest.approx(layer.dy.sum(axis=0)[unit], **EXACT)
        inner = dx["dy"] - dx["dshift"] / dx["count"] - dx["u"] * dx["dgain"] / dx["count"]
        assert dx["dx"] == pytest.approx(dx["gain"] * dx["inverse"] * inner, **EXACT)


def test_that_a_dropped_unit_is_worked_out(layers):
    masks = set()
    for _, _, worked in every_unit(*layers["dropout"]):
        made, passed = worked.forward[0].values, worked.backward[0].values
        masks.add(made["m"])
        assert made["y"] == pytest.approx(made["x"] * made["m"], **EXACT)
        assert passed["dx"] == pytest.approx(passed["dy"] * made["m"], **EXACT)
    assert len(masks) == 2


def test_that_a_learned_slope_gets_its_share_where_x_is_negative(layers):
    layer, blocks = layers["prelu"]
    shares = np.zeros(layer.x.shape[1])
    for _, unit, worked in every_unit(layer, blocks):
        if len(worked.backward) == 3:
            shares[unit] += worked.backward[2].values["da"]
    np.testing.assert_allclose(shares / len(layer.x), blocks[0].batch, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kinds", [["relu"], ["batch_norm"]])
def test_that_the_loss_is_worked_out(kinds):
    parts = take_apart(Run(every_kind.experiment(kinds))).parts
    scores = parts.layers[-1].y
    _, dscores = reference.softmax_cross_entropy(scores, parts.labels)
    weight = 1.0 if parts.apart else 1 / parts.size
    for example in range(parts.size):
        for unit in range(scores.shape[1]):
            worked = work_out_loss(parts, example, unit)
            share, loss = (line.values for line in worked.forward)
            assert share["p"] == pytest.approx(reference.softmax(scores)[example, unit], **EXACT)
            assert loss["loss"] == pytest.approx(-np.log(loss["right"]), **EXACT)
            dx = worked.backward[0].values["dx"]
            assert dx == pytest.approx(dscores[example, unit] * parts.size * weight, **EXACT)

"""The decision map: what the network answers over the plane."""

import numpy as np

from simulator.experiment.library import load
from simulator.training.trainer import Trainer
from tests import reference
from tests.runs import weights_of


def test_that_the_decision_map_is_what_the_network_answers_over_the_plane():
    trainer = Trainer(load("spiral"), np.float64)
    trainer.advance(50)
    decision = trainer.frame({"decision"}).parts["decision"]
    rows, columns, classes = decision.shares.shape
    assert classes == 2
    assert not decision.shares.flags.writeable
    np.testing.assert_allclose(decision.shares.sum(axis=2), 1, rtol=1e-5)
    x_low, x_high, y_low, y_high = decision.extent
    features = trainer.facts.dataset.features
    assert x_low < features[:, 0].min()
    assert x_high > features[:, 0].max()
    assert y_low < features[:, 1].min()
    assert y_high > features[:, 1].max()
    for row, column in [(0, 0), (0, columns - 1), (rows - 1, 0), (40, 70)]:
        point = np.array(
            [
                [
                    x_low + (column + 0.5) / columns * (x_high - x_low),
                    y_low + (row + 0.5) / rows * (y_high - y_low),
                ]
            ]
        )
        scores = reference.forward(trainer.experiment, weights_of(trainer), point.astype(np.float32).astype(float))[-1]
        np.testing.assert_allclose(decision.shares[row, column], reference.softmax(scores)[0], atol=1e-5)


def test_that_only_data_of_the_plane_have_a_decision_map():
    assert Trainer(load("digits")).frame({"decision"}).parts["decision"] is None

"""The decision map: what the network answers over the plane."""

from pathlib import Path

import numpy as np
import pytest

from simulator.data.sources.csv_file import CsvFile
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.training.measuring.framing import frame_of
from simulator.training.measuring.parts.decision import MARGIN
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import weights_of


def test_that_the_decision_map_is_what_the_network_answers_over_the_plane():
    trainer = Trainer(load("spiral"), np.float64)
    trainer.advance(50)
    decision = frame_of(trainer, {"decision"}).parts["decision"]
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
    assert frame_of(Trainer(load("digits")), {"decision"}).parts["decision"] is None


def write_table(path: Path, stretch: float) -> Path:
    """A table of two columns in two classes; the second column ranges `stretch` times as far as the first."""
    rng = np.random.default_rng(0)
    rows = [f"{x:.4f},{stretch * y:.4f},{'passed' if x + y > 1 else 'failed'}" for x, y in rng.uniform(0, 1, (60, 2))]
    path.write_text("\n".join(["hours,points,result", *rows]))
    return path


def test_that_a_table_of_two_features_has_every_map_of_the_plane(tmp_path):
    data = CsvFile(path=str(write_table(tmp_path / "exam.csv", 1.0)))
    trainer = Trainer(Run(Experiment(data=data, network=load("spiral").experiment.network)))
    parts = frame_of(trainer, {"decision", "unit_maps", "units"}).parts
    assert parts["decision"].shares.shape[2] == 2
    assert parts["unit_maps"].layers[1] is not None
    assert parts["units"].layers[1].half_planes is not None
    assert trainer.facts.dataset.class_names == ("failed", "passed")


@pytest.mark.parametrize("stretch", [0.001, 1000.0])
def test_that_features_of_unlike_units_fill_the_map_both(tmp_path, stretch):
    trainer = Trainer(Run(Experiment(data=CsvFile(path=str(write_table(tmp_path / "exam.csv", stretch))))))
    x_low, x_high, y_low, y_high = frame_of(trainer, {"decision"}).parts["decision"].extent
    ranges = np.ptp(trainer.facts.dataset.features.astype(float), axis=0)
    np.testing.assert_allclose([x_high - x_low, y_high - y_low], ranges * (1 + 2 * MARGIN), rtol=1e-6)

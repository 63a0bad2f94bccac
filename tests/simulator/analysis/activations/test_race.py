"""The activation race against trainers apart and plain NumPy (B6, B8)."""

import numpy as np
import pytest

from simulator.analysis.activations.race import RATES, best_rate, race_field, race_run
from simulator.analysis.activations.racers import RACERS, RaceRun, race_ready, with_activation
from simulator.analysis.curves.range_test import RangeTest
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer


def tiny() -> Experiment:
    return from_plain(
        {
            "data": {"kind": "spiral"},
            "network": [{"kind": "dense", "units": 8, "key": 1}, {"kind": "relu"}],
            "training": {"batch_size": 64, "epochs": 6, "optimizer": {"kind": "sgd", "momentum": 0.9}},
        }
    )


def run_of(losses: list[float]) -> RaceRun:
    return RaceRun("relu", 0.1, None, np.arange(len(losses), dtype=float), np.array(losses), complete=True)


@pytest.mark.parametrize("kind", ["sigmoid", "maxout"])
def test_that_a_racer_is_the_training_of_its_experiment_at_the_best_of_the_rates(kind: str) -> None:
    seen: list[RaceRun] = []
    run = race_run(race_ready(tiny()), kind, show=seen.append)
    assert run is not None
    assert run.complete
    assert run.experiment is not None
    assert run.experiment.training.learning_rate == run.rate
    apart = Trainer(Run(run.experiment))
    expected = [apart.evaluate(apart.setting.training)[0]]
    for _epoch in range(6):
        apart.advance(apart.steps_per_epoch)
        expected.append(apart.evaluate(apart.setting.training)[0])
    assert run.loss == pytest.approx(expected, rel=1e-5)
    assert list(run.epoch) == [0, 1, 2, 3, 4, 5, 6]
    assert [part.epoch.size for part in seen] == [2, 3, 4, 5, 6, 7]
    # at no other rate of the test are the short runs from the same two starts better, found by trainers apart
    lasts = {}
    for rate in RATES:
        relative = []
        for number in range(2):
            patch = {
                "training.learning_rate": float(rate),
                "training.epochs": None,
                "seeds.weights": run.experiment.seeds.weights + number,
                "seeds.order": run.experiment.seeds.order + number,
            }
            trainer = Trainer(Run(apply(run.experiment, patch)))
            first = trainer.evaluate(trainer.setting.probe)[0]
            trainer.advance(100)
            relative.append(trainer.evaluate(trainer.setting.probe)[0] / first)
        lasts[float(f"{rate:.2g}")] = np.median(relative) if max(relative) <= 3 else np.inf
    assert run.rate == min(lasts, key=lambda rate: lasts[rate])


def test_that_all_activations_start_from_the_weights_that_the_lecture_gives_them() -> None:
    field = race_ready(load("B8").experiment)
    for kind in ("sigmoid", "tanh", "elu", "prelu", "softplus", "maxout"):
        assert with_activation(field, kind).network == load(f"B8-{kind}").experiment.network
    assert with_activation(field, "relu").network == load("B8").experiment.network
    assert "linear" not in RACERS


def test_that_norm_and_dropout_stay_where_they_are() -> None:
    kinds = ("dense", "batch_norm", "tanh", "dropout", "dense")
    experiment = from_plain({"network": [{"kind": kind} for kind in kinds]})
    sigmoid = [entry.kind for entry in with_activation(experiment, "sigmoid").network]
    assert sigmoid == ["dense", "batch_norm", "sigmoid", "dropout", "dense", "sigmoid"]
    maxout = [entry.kind for entry in with_activation(experiment, "maxout").network]
    assert maxout == ["maxout", "batch_norm", "dropout", "maxout"]


def test_that_experiments_that_differ_in_what_the_race_chooses_are_one_field() -> None:
    own = race_ready(tiny())
    assert race_ready(apply(with_activation(tiny(), "tanh"), {"training.learning_rate": 3.0, "name": "x"})) == own
    assert race_ready(apply(tiny(), {"training.batch_size": 32})) != own


def test_that_the_epochs_are_counted_to_the_first_time_on_a_logarithmic_scale() -> None:
    run = run_of([1.0, 0.01, 1.0, 0.001])
    assert run.epochs_to(0.1) == pytest.approx(0.5)
    assert run.epochs_to(0.01) == pytest.approx(1.0)
    assert run.epochs_to(10**-2.5) == pytest.approx(2 + 2.5 / 3)
    assert run.epochs_to(2.0) == 0
    assert run.epochs_to(1e-4) is None
    assert run_of([1.0, np.nan, np.nan]).epochs_to(0.5) is None


def test_that_a_rate_that_diverges_from_one_start_is_never_the_best() -> None:
    losses = np.array([[0.9, 0.5, 0.1, np.inf], [0.9, 0.4, 4.0, np.inf]])
    rates = np.array([0.01, 0.0316227766, 0.1, 1.0])
    assert best_rate(RangeTest(rates, losses, np.ones(2), 1.0, 100, complete=True)) == 0.032
    stuck = np.array([[1.0, 1.1, np.inf, np.inf]])
    assert best_rate(RangeTest(rates, stuck, np.ones(1), 1.0, 100, complete=True)) is None
    from_far_above = RangeTest(rates, 30 * stuck, np.full(1, 50.0), 1.0, 100, complete=True)
    assert best_rate(from_far_above) is None


def test_that_a_network_without_hidden_layers_or_too_large_gives_way_to_the_lecture_s() -> None:
    assert race_field(tiny()).whose == "mine"
    lecture = race_ready(load("B6").experiment)
    linear = race_field(apply(tiny(), {"network": []}))
    assert (linear.whose, linear.experiment) == ("no hidden layers", lecture)
    large = race_field(apply(tiny(), {"network.0.units": 4000, "training.epochs": 5000}))
    assert (large.whose, large.experiment) == ("too costly", lecture)


def test_that_a_stopped_race_has_no_run() -> None:
    asked = iter(range(1000))
    assert race_run(race_ready(tiny()), "relu", stop=lambda: next(asked) > 20) is None

"""One run without a thread: how far it goes, what it reads, what it lets nobody do meanwhile."""

import math
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import BusyError, ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load, names
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.machine import loop
from simulator.training.measuring.framing import frame_of
from simulator.training.run.setting import prepare
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.runs import advance, fingerprint, parameters
from tests.strategies import any_networks, small_experiments

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[4]
RATE = "training.learning_rate"


def spiral(**patch):
    patch = {name.replace("__", "."): value for name, value in patch.items()}
    return Run(apply(load("spiral").experiment, patch))


# --- how far ---


def test_that_as_many_steps_are_made_as_are_asked_for():
    trainer = Trainer(spiral())
    for steps in (1, 5, 0, 200):
        before = trainer.step
        data, penalties = trainer.advance(steps)
        assert data.size == penalties.size == trainer.step - before == steps
        assert data.dtype == penalties.dtype == np.float64


def test_that_an_epoch_ends_where_all_examples_have_been_seen():
    trainer = Trainer(spiral(training__batch_size=33))
    data, _ = trainer.advance(1000, to_epoch_end=True)
    assert data.size == trainer.steps_per_epoch == math.ceil(320 / 33)
    assert trainer.epoch == 1


def test_that_an_epoch_begun_is_ended():
    trainer = Trainer(spiral())
    trainer.advance(3)
    assert trainer.advance(1000, to_epoch_end=True)[0].size == 7
    assert trainer.epoch == 1


def test_that_steps_stop_short_of_the_epoch_where_fewer_are_asked_for():
    trainer = Trainer(spiral())
    assert trainer.advance(4, to_epoch_end=True)[0].size == 4
    assert trainer.epoch == pytest.approx(0.4)


def test_that_a_run_finishes_after_its_epochs():
    trainer = Trainer(spiral(training__epochs=3))
    data, _ = trainer.advance(1000)
    assert data.size == 30
    assert trainer.ending.kind == "finished"
    assert "3 epochs" in str(trainer.ending.message)
    assert trainer.advance(5)[0].size == 0


def test_that_a_finished_run_may_go_on():
    trainer = Trainer(spiral(training__epochs=1))
    trainer.advance(1000)
    assert trainer.advance(5, beyond=True)[0].size == 5
    assert trainer.ending is None
    assert trainer.step == 15


def test_that_more_epochs_asked_for_live_let_a_finished_run_go_on():
    trainer = Trainer(spiral(training__epochs=1))
    trainer.advance(1000)
    trainer.edit({"training.epochs": 2})
    assert trainer.advance(1000)[0].size == 10
    assert trainer.ending.kind == "finished"


def test_that_fewer_epochs_asked_for_live_end_the_run():
    trainer = Trainer(spiral(training__epochs=50))
    trainer.advance(25)
    trainer.edit({"training.epochs": 2})
    assert trainer.advance(10)[0].size == 0
    assert trainer.ending.kind == "finished"


def test_that_a_batch_larger_than_the_training_set_is_the_whole_of_it():
    trainer = Trainer(spiral(training__batch_size=100_000))
    trainer.advance(3)
    assert trainer.epoch == 3


def test_that_an_epoch_has_as_many_steps_as_it_says_with_batch_norm_too():
    experiment = apply(spiral().experiment, {"network": [{"kind": "batch_norm"}], "training.batch_size": 11})
    trainer = Trainer(Run(experiment))
    assert trainer.facts.training.size % 11 == 1
    assert trainer.advance(1000, to_epoch_end=True)[0].size == trainer.steps_per_epoch


@pytest.mark.parametrize("chunk", [1, 7, 1000])
@pytest.mark.parametrize("looked_at", [False, True])
def test_that_early_stopping_waits_as_many_epochs_as_its_patience(chunk, looked_at):
    """Readings in between, taken because somebody looked, change nothing."""
    run = spiral(training__learning_rate=1.5, training__patience=3)
    trainer = Trainer(run)
    while trainer.ending is None:
        trainer.advance(chunk)
        if looked_at:
            trainer.read()
    assert trainer.ending.kind == "stopped"
    readings = trainer.readings.readings()
    losses = readings.validation_loss[readings.epoch % 1 == 0]
    best = int(np.argmin(losses))
    assert trainer.epoch == len(losses) - 1 == best + 3
    assert f"after epoch {best}" in str(trainer.ending.message)


# --- readings ---


def test_that_accuracies_are_read_at_step_0_and_at_every_epoch_end():
    trainer = Trainer(spiral())
    trainer.advance(25)
    readings = trainer.readings.readings()
    assert readings.step.tolist() == [0, 10, 20]
    assert readings.epoch.tolist() == [0, 1, 2]
    trainer.read()
    trainer.read()
    assert trainer.readings.readings().step.tolist() == [0, 10, 20, 25]


def test_that_both_accuracies_are_measured_on_equally_many_examples():
    for name in names():
        setting = prepare(load(name).experiment, np.dtype(np.float32))
        if setting.validation.size:
            assert setting.read_validation.size == min(setting.validation.size, 1000)
            assert setting.read_training.size == min(setting.read_validation.size, setting.training.size)
        assert set(setting.read_training) <= set(setting.training)
        assert set(setting.read_validation) <= set(setting.validation)
        assert set(setting.probe) <= set(setting.training)
        assert setting.probe.size == min(setting.training.size, 1000)


@given(small_experiments(networks=any_networks(test=st.just("running"))))
def test_that_evaluating_is_the_mean_over_the_sample_whatever_its_size(experiment):
    trainer = Trainer(Run(experiment), np.float64)
    data = trainer.facts.dataset
    weights = reference.initial_weights(experiment, data.width, data.classes)
    training, _ = reference.preprocessed(experiment, data)
    sample = trainer.facts.training
    loss, share = trainer.evaluate(np.tile(sample, 9))  # more than one piece
    expected, _ = reference.softmax_cross_entropy(
        reference.forward(experiment, weights, training.features)[-1], training.labels
    )
    assert loss == pytest.approx(expected, rel=1e-9)
    assert share == pytest.approx(reference.accuracy(experiment, weights, training))


def test_that_evaluating_nothing_gives_no_number():
    assert all(math.isnan(value) for value in Trainer(spiral()).evaluate(np.zeros(0, np.int64)))


def test_that_the_penalty_is_half_the_strength_times_the_squares_of_the_weights():
    trainer = Trainer(spiral(training__l2=0.3, network__0__bias=5.0))
    weights = [trainer.state.parameters[item.span] for item in trainer.program.placed if item.block.role == "weight"]
    expected = 0.5 * 0.3 * sum(float((w.astype(float) ** 2).sum()) for w in weights)
    assert trainer.network.penalty() == pytest.approx(expected)
    _, penalties = trainer.advance(1)
    assert penalties[0] == pytest.approx(expected, rel=1e-6)


def test_that_the_facts_are_those_of_the_run():
    trainer = Trainer(load("digits"))
    facts = trainer.facts
    assert facts.parameters == 64 * 50 + 50 + 50 * 10 + 10 == parameters(trainer).size
    assert (facts.training.size, facts.validation.size) == (1438, 359)
    counts = np.unique(facts.dataset.labels[facts.training], return_counts=True)[1]
    assert facts.guessing_loss == pytest.approx(-np.mean(np.repeat(np.log(counts / 1438), counts)))
    assert str(facts.guessing_formula) == "ln 10"
    assert (facts.probe_examples, facts.validation_examples) == (1000, 359)


# --- edits ---


def test_that_an_edit_is_logged_with_the_step_it_found():
    trainer = Trainer(spiral())
    trainer.advance(7)
    trainer.edit({RATE: 0.5})
    assert [(edit.step, edit.patch) for edit in trainer.run.edits] == [(7, {RATE: 0.5})]
    assert trainer.experiment.training.learning_rate == 0.5


@pytest.mark.parametrize(
    "patch",
    [{"seeds.order": 3}, {"network": []}, {"training.batch_size": 0}, {"split.validation": 0.5}, {RATE: "x"}],
    ids=str,
)
def test_that_an_edit_that_is_not_live_or_wrong_changes_nothing(patch):
    trainer = Trainer(spiral())
    trainer.advance(7)
    before, run = fingerprint(trainer), trainer.run
    with pytest.raises(ExperimentError):
        trainer.edit(patch)
    assert (fingerprint(trainer), trainer.run) == (before, run)
    trainer.advance(5)


@pytest.mark.parametrize("path", ["colour", "network.9.units", "network.x", "name.x", "network.1.slope", ""])
def test_that_an_edit_of_nothing_is_named(path):
    with pytest.raises(ExperimentError):
        Trainer(spiral()).edit({path: 1})


def test_that_an_edit_at_a_past_step_of_a_replay_drops_what_came_after():
    run = spiral().with_edit(5, {RATE: 0.5}).with_edit(20, {RATE: 0.25})
    trainer = Trainer(run)
    trainer.advance(10)
    trainer.edit({RATE: 1.0})
    assert [edit.step for edit in trainer.run.edits] == [5, 10]
    trainer.advance(20)
    assert trainer.experiment.training.learning_rate == 1.0


def test_that_a_larger_mini_batch_finds_room_at_once():
    trainer = Trainer(Run(from_plain({"data": {"kind": "noise", "examples": 5000, "width": 3}})))
    trainer.advance(3)
    trainer.edit({"training.batch_size": 4000})
    trainer.advance(3)
    assert np.isfinite(parameters(trainer)).all()


def test_that_momentum_keeps_its_velocity_over_an_edit():
    trainer = Trainer(spiral())
    trainer.advance(5)
    velocity = trainer.state.optimizer_state.copy()
    assert velocity.any()
    trainer.edit({"training.optimizer.momentum": 0.5})
    np.testing.assert_array_equal(trainer.state.optimizer_state, velocity)


WRONG_LOG = """
from simulator.errors import ObukaError
from simulator.experiment.library import load
from simulator.training.run.setting import prepare
from simulator.training.run.trainer import Trainer
run = load("spiral").with_edit(1, {"network.0.units": 17})
try:
    trainer = Trainer(run)
    trainer.advance(5)
except ObukaError as error:
    print("refused:", error)
else:
    program, state = trainer.program, trainer.state
    print("sizes:", program.parameter_size, state.parameters.size)
"""


def test_that_a_restarting_patch_in_the_log_is_refused():
    """In a process of its own: writing past the arrays may kill it."""
    done = subprocess.run(
        [sys.executable, "-c", WRONG_LOG], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0
    assert done.stdout.startswith("refused:")


# --- one user at a time ---


def users(trainer):
    return {
        "advance": lambda: trainer.advance(1),
        "edit": lambda: trainer.edit({RATE: 0.5}),
        "frame": lambda: frame_of(trainer),
        "read": trainer.read,
        "evaluate": lambda: trainer.evaluate(trainer.facts.training),
    }


def test_that_whoever_comes_while_a_trainer_trains_is_turned_away(monkeypatch):
    trainer = Trainer(spiral())
    turned_away = []
    train = loop.train

    def watched(*arguments):
        for name, use in users(trainer).items():
            with pytest.raises(BusyError):
                use()
            turned_away.append(name)
        return train(*arguments)

    monkeypatch.setattr(loop, "train", watched)
    assert trainer.advance(3)[0].size == 3
    assert turned_away == list(users(trainer))
    monkeypatch.undo()
    for use in users(trainer).values():
        use()


def test_that_two_threads_on_one_trainer_end_in_an_error_and_not_in_wrong_numbers():
    alone, shared = Trainer(spiral()), Trainer(spiral())
    refused, made = [], []

    def train():
        for _ in range(200):
            try:
                made.append(shared.advance(20)[0].size)
            except BusyError:
                refused.append(1)

    threads = [threading.Thread(target=train) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) + len(refused) == 400
    advance(alone, sum(made), 1000)
    assert fingerprint(alone) == fingerprint(shared)


def test_that_two_trainers_in_two_threads_do_not_disturb_each_other():
    alone = Trainer(load("digits"))
    advance(alone, 100, 1000)
    trainers = [Trainer(load("digits")) for _ in range(2)]
    threads = [threading.Thread(target=advance, args=(trainer, 100, 3, True)) for trainer in trainers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fingerprint(trainer) for trainer in trainers] == [fingerprint(alone)] * 2


# --- what learns and what does not ---


def test_that_every_built_in_experiment_can_train():
    for name in names():
        trainer = Trainer(load(name))
        data, _ = trainer.advance(2)
        assert np.isfinite(data[0]), name


def test_that_zero_weights_stay_exactly_zero_and_only_the_last_bias_learns():
    """Slide D1."""
    for kind in ("tanh", "relu"):
        zeros = {"kind": "zeros"}
        network = [{"kind": "dense", "units": 6, "weights": zeros}, {"kind": kind}] * 2
        experiment = apply(load("digits").experiment, {"network": network, "output": {"weights": zeros, "bias": 0.0}})
        trainer = Trainer(Run(experiment))
        advance(trainer, 100, 50)
        *rest, last = (trainer.state.parameters[item.span] for item in trainer.program.placed)
        assert not any(block.any() for block in rest)
        assert last.any()


def test_that_equal_weights_move_and_stay_identical():
    """Slide D1."""
    constant = {"kind": "constant", "value": 0.1}
    network = [{"kind": "dense", "units": 6, "weights": constant}, {"kind": "sigmoid"}]
    trainer = Trainer(Run(apply(load("spiral").experiment, {"network": network, "output.weights": constant})))
    start = parameters(trainer)
    advance(trainer, 100, 50)
    weights = trainer.state.parameters[trainer.program.placed[0].span].reshape(2, 6)
    assert not np.array_equal(parameters(trainer), start)
    assert (weights == weights[:, :1]).all()


def test_that_a_line_cannot_separate_the_spiral_and_hidden_layers_can():
    """Slide A4."""
    linear, two, three = (Trainer(load(name)) for name in ("A4-linear", "A4", "A4-three"))
    for trainer in (linear, two, three):
        while trainer.ending is None:
            trainer.advance(1000)
        trainer.read()
    accuracies = [trainer.readings.last[2] for trainer in (linear, two, three)]
    assert accuracies[0] < 0.75
    assert accuracies[1] > 0.9
    assert accuracies[2] > 0.95


def test_that_an_experiment_without_layers_has_its_output_layer_alone():
    trainer = Trainer(Run(Experiment()))
    assert parameters(trainer).size == 2 * 2 + 2
    assert trainer.advance(10)[0].size == 10


@given(st.integers(0, 2**31 - 1))
def test_that_seeds_of_any_size_train(seed):
    trainer = Trainer(Run(apply(Experiment(), {"seeds.data": seed, "seeds.weights": seed, "seeds.order": seed})))
    assert np.isfinite(trainer.advance(3)[0]).all()

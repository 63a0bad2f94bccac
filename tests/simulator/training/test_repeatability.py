"""Two equal runs are equal bit by bit, however they are cut into chunks and whatever is looked at meanwhile."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.experiment import Divergence, Experiment
from simulator.experiment.library import load
from simulator.experiment.patch import apply, from_plain
from simulator.experiment.run import Run
from simulator.layers import LAYERS
from simulator.schedules import SCHEDULES
from simulator.training.desk.commands import Load, Play, SetSpeed, ShowParts
from simulator.training.desk.events import Ended
from simulator.training.desk.runner import Runner
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests import every_kind
from tests.runs import advance, fingerprint
from tests.strategies import edited_runs, small_experiments

pytestmark = pytest.mark.slow

STEPS = 100
CHUNKS = [1, 7, 1000]

divergences = st.builds(
    Divergence, enabled=st.booleans(), factor=st.floats(1, 10), judged=st.sampled_from(["step", "epoch"])
)


def record(trainer, chunk, frames=False, steps=STEPS):
    """Everything a run leaves behind: losses, penalties, state, readings, ending."""
    losses, penalties = advance(trainer, steps, chunk, frames)
    readings = trainer.readings.readings()
    columns = [column.tobytes() for column in vars(readings).values()]
    ending = None if trainer.ending is None else (trainer.ending.kind, str(trainer.ending.message))
    return (
        losses.tobytes(),
        penalties.tobytes(),
        *fingerprint(trainer),
        trainer.step,
        trainer.position,
        ending,
        *columns,
    )


@given(small_experiments())
def test_that_chunks_of_any_size_give_equal_runs(experiment):
    runs = [record(Trainer(Run(experiment)), chunk) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


@given(small_experiments())
def test_that_chunks_of_any_size_give_equal_runs_in_float64(experiment):
    """Nothing of the learning rate is rounded away here."""
    runs = [record(Trainer(Run(experiment), np.float64), chunk) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


def test_that_a_schedule_gives_the_same_rates_in_chunks_of_any_size():
    experiment = from_plain(
        {
            "data": {"kind": "spiral", "examples": 13},
            "split": {"validation": 0.1},
            "training": {"batch_size": 7, "schedule": {"kind": "cosine", "length": 50, "floor": 0.1}},
        }
    )
    runs = [record(Trainer(Run(experiment), np.float64), chunk, steps=300) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_that_chunks_of_any_size_give_equal_runs_under_every_schedule(schedule, dtype):
    """Through every kind of layer, dropout and batch norm among them."""
    run = Run(every_kind.experiment(optimizer="adam", schedule=schedule))
    runs = [record(Trainer(run, dtype), chunk) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("patience", [1, 4])
def test_that_early_stopping_stops_at_one_step_in_chunks_of_any_size(patience, dtype):
    run = Run(every_kind.experiment(learning_rate=0.1, patience=patience))
    runs = [record(Trainer(run, dtype), chunk, steps=1000) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]
    trainer = Trainer(run, dtype)
    trainer.advance(1000)
    assert trainer.ending.kind == "stopped"
    assert trainer.position.offset == 0


@given(small_experiments())
def test_that_looking_at_a_run_does_not_change_it(experiment):
    assert record(Trainer(Run(experiment)), 7, frames=True) == record(Trainer(Run(experiment)), 1000)


@given(small_experiments(calm=False), divergences)
def test_that_runs_that_explode_are_equal_in_chunks_of_any_size_up_to_the_explosion(experiment, rule):
    experiment = apply(
        experiment,
        {
            "training.divergence.enabled": rule.enabled,
            "training.divergence.factor": rule.factor,
            "training.divergence.judged": rule.judged,
        },
    )
    runs = [record(Trainer(Run(experiment)), chunk)[:8] for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


def test_that_the_readings_before_an_explosion_are_equal_in_chunks_of_any_size():
    experiment = apply(
        load("spiral").experiment,
        {"training.learning_rate": 1e9, "training.batch_size": 1000, "training.divergence.enabled": False},
    )
    runs = [record(Trainer(Run(experiment)), chunk) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


def test_that_frames_of_every_step_are_equal_in_chunks_of_any_size():
    def frames(chunk):
        trainer = Trainer(load("spiral"))
        advance(trainer, 63, chunk)
        return frame_of(trainer)

    first, *others = [frames(chunk) for chunk in CHUNKS]
    for other in others:
        assert other.loss == first.loss
        for ours, theirs in zip(other.layers, first.layers, strict=True):
            np.testing.assert_array_equal(ours.output.counts, theirs.output.counts)
            assert (ours.mean, ours.std, ours.dead) == (theirs.mean, theirs.std, theirs.dead)
            assert ours.output_gradient.norm == theirs.output_gradient.norm


def test_that_wide_networks_are_equal_in_chunks_of_any_size():
    """Wide enough for BLAS."""
    experiment = load("digits").experiment
    runs = [record(Trainer(Run(experiment)), chunk, steps=60) for chunk in (1, 1000)]
    assert runs[0] == runs[1]


# --- edits ---


@given(edited_runs(4, 100), st.sampled_from(CHUNKS))
def test_that_a_run_with_live_edits_replays_itself_from_its_log(run, chunk):
    live = Trainer(Run(run.experiment))
    losses = []
    for edit in run.edits:
        losses.append(advance(live, edit.step - live.step, chunk)[0])
        live.edit(edit.patch)
    losses.append(advance(live, 30, chunk)[0])
    again = Trainer(live.run)
    replayed, _ = advance(again, live.step, 1000)
    assert replayed.tobytes() == np.concatenate(losses).tobytes()
    assert fingerprint(again) == fingerprint(live)
    assert again.experiment == live.experiment == live.run.at(live.step)
    assert again.run == live.run


@given(edited_runs(4, 90))
def test_that_edits_in_the_log_take_effect_in_chunks_of_any_size(run):
    runs = [record(Trainer(run), chunk) for chunk in CHUNKS]
    assert runs[0] == runs[1] == runs[2]


@pytest.mark.parametrize("chunk", CHUNKS)
def test_that_edits_of_rules_schedules_layers_and_patience_replay_from_the_log(chunk):
    names = list(LAYERS)
    places = {name: 2 * names.index(name) + 1 for name in names}
    patches = [
        {"training.optimizer": {"kind": "adam", "epsilon": 0.01}},
        {f"network.{places['dropout']}.probability": 0.1, "training.learning_rate": 0.02},
        {"training.schedule": {"kind": "cosine", "length": 3, "floor": 0.2}},
        {"training.optimizer.beta1": 0.5, f"network.{places['batch_norm']}.momentum": 0.99},
        {f"network.{places['batch_norm']}.test": "batch", "training.batch_size": 7},
        {"training.optimizer": {"kind": "nesterov", "momentum": 0.8}, "training.max_norm": 0.5},
        {"training.schedule": {"kind": "inverse_time", "speed": 2.0}, "training.clip_norm": None},
        {f"network.{places['dropout']}.probability": 0.9, "training.learning_rate": 0.2},
        {"training.patience": 2},
    ]
    live = Trainer(Run(every_kind.experiment()))
    losses = []
    for patch in patches:
        losses.append(advance(live, 11, chunk)[0])
        live.edit(patch)
    losses.append(advance(live, 400, chunk)[0])
    again = Trainer(live.run)
    replayed, _ = advance(again, 1000, 1000)
    assert replayed.tobytes() == np.concatenate(losses).tobytes()
    assert fingerprint(again) == fingerprint(live)
    assert again.ending == live.ending
    assert live.ending.kind == "stopped"


def test_that_an_edit_undone_at_once_changes_nothing_but_the_log():
    plain, edited = Trainer(load("spiral")), Trainer(load("spiral"))
    advance(plain, 50, 10)
    advance(edited, 20, 10)
    edited.edit({"training.learning_rate": 0.7})
    edited.edit({"training.learning_rate": plain.experiment.training.learning_rate})
    advance(edited, 30, 10)
    assert fingerprint(edited) == fingerprint(plain)
    assert len(edited.run.edits) == 2


# --- what a run depends on ---


def test_that_a_name_changes_nothing():
    experiment = load("spiral").experiment
    runs = [record(Trainer(Run(apply(experiment, {"name": name}))), 1000) for name in ("a", "b")]
    assert runs[0] == runs[1]


@pytest.mark.parametrize("seed", ["data", "weights", "order"])
def test_that_every_seed_matters(seed):
    experiment = load("spiral").experiment
    runs = [record(Trainer(Run(apply(experiment, {f"seeds.{seed}": value}))), 1000)[0] for value in (1, 2)]
    assert runs[0] != runs[1]


def test_that_the_weight_seed_changes_neither_points_nor_order():
    one, other = (Trainer(Run(apply(Experiment(), {"seeds.weights": seed}))) for seed in (1, 2))
    np.testing.assert_array_equal(one.facts.dataset.features, other.facts.dataset.features)
    np.testing.assert_array_equal(one.facts.training, other.facts.training)


def test_that_a_layer_that_stays_keeps_its_weights_when_another_comes_before_it():
    layer = {"kind": "dense", "units": 2}
    before = apply(Experiment(), {"network": [{**layer, "key": 1}, {**layer, "key": 2}]})
    after = apply(before, {"network": [{**layer, "key": 3}, {**layer, "key": 1}, {**layer, "key": 2}]})

    def weights(experiment, key):
        trainer = Trainer(Run(experiment))
        item = next(i for i in trainer.program.placed if i.key == key and i.block.role == "weight")
        return trainer.state.parameters[item.span]

    for key in (1, 2):
        np.testing.assert_array_equal(weights(before, key), weights(after, key))


# --- the runner ---


def losses_of_runner(run, speed, parts):
    runner = Runner()
    runner.start()
    try:
        runner.send(SetSpeed(speed))
        runner.send(ShowParts(frozenset(parts)))
        runner.send(Load(1, run))
        runner.send(Play())
        deadline = time.monotonic() + 60
        while not any(isinstance(event, Ended) for event in runner.events()):
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return runner.latest().losses
    finally:
        assert runner.close(30)


@pytest.mark.parametrize("speed", [None, 50_000.0, 2000.0, 500.0])
@pytest.mark.parametrize("parts", [(), ("decision",)])
def test_that_speed_and_pictures_change_nothing(speed, parts):
    run = Run(apply(load("spiral").experiment, {"training.epochs": 20}))
    curve = losses_of_runner(run, speed, parts)
    data, penalties = Trainer(run).advance(1000)
    assert curve.step.size == data.size == 200
    np.testing.assert_array_equal(curve.mean, data + penalties)


def test_that_training_on_beyond_the_end_is_training_that_never_ended():
    asked = Trainer(Run(apply(load("spiral").experiment, {"training.epochs": 2})))
    while asked.ending is None:
        asked.advance(3)
    asked.advance(30, beyond=True)
    endless = Trainer(load("spiral"))
    advance(endless, asked.step, 1000)
    assert fingerprint(asked) == fingerprint(endless)

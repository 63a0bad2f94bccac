"""The past of a run: gone back to, exactly, from wherever it stands."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.errors import ExperimentError
from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.schedules import SCHEDULES
from simulator.training.measuring.parts import makers
from simulator.training.past import timeline as timelines
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests import every_kind
from tests.runs import advance, fingerprint
from tests.sessions import spiral
from tests.strategies import edited_runs

pytestmark = pytest.mark.slow

RATE = "training.learning_rate"


def whole(run, steps, dtype=np.float32):
    """The losses of a run in one go, and its trainer."""
    trainer = Trainer(run, dtype)
    losses, penalties = advance(trainer, steps, 1000)
    return trainer, losses + penalties


def recorded(run, steps, chunk=7, dtype=np.float32, every=1):
    """A timeline that has come so far, with a snapshot at every `every` steps."""
    timeline = Timeline(Trainer(run, dtype))
    timeline._snapshots._spacing = lambda _: every
    while timeline.step < steps and timeline.trainer.ending is None:
        timeline.advance(min(chunk, steps - timeline.step))
    return timeline


def go_on_from(timeline, step, last):
    """The losses of what follows `step`, trained again by a trainer of its own, and that trainer."""
    trainer = timeline.restored(step)
    assert trainer.step == step
    losses, penalties = advance(trainer, last - step, 1000)
    return losses + penalties, trainer


# --- exact replay ---


@settings(max_examples=15)
@given(edited_runs(3, 40), st.integers(0, 50), st.sampled_from([1, 5, 16, 100]))
def test_that_going_on_from_any_step_gives_what_came(run, step, every):
    """Through layers of every kind, dropout and batch norm among them, under live edits."""
    once, losses = whole(run, 50)
    step = min(step, once.step)  # fewer where the run diverges
    again, trainer = go_on_from(recorded(run, 50, every=every), step, 50)
    assert again.tobytes() == losses[step:].tobytes()
    assert fingerprint(trainer) == fingerprint(once)
    assert trainer.experiment == once.experiment


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_that_going_on_gives_what_came_under_every_schedule(schedule, dtype):
    run = Run(every_kind.experiment(optimizer="adam", schedule=schedule))
    once, losses = whole(run, 60, dtype)
    timeline = recorded(run, 60, dtype=dtype, every=9)
    for step in (0, 1, 9, 10, 33, 59, 60):
        again, trainer = go_on_from(timeline, step, 60)
        assert again.tobytes() == losses[step:].tobytes()
        assert fingerprint(trainer) == fingerprint(once)


@pytest.mark.parametrize("patience", [1, 4])
def test_that_early_stopping_stops_where_it_did(patience):
    run = Run(every_kind.experiment(learning_rate=0.1, patience=patience))
    once, losses = whole(run, 1000)
    assert once.ending.kind == "stopped"
    timeline = recorded(run, 1000, every=4)
    for step in range(0, once.step, 3):
        again, trainer = go_on_from(timeline, step, 1000)
        assert again.tobytes() == losses[step:].tobytes()
        assert trainer.ending == once.ending


@pytest.mark.parametrize("judged", ["step", "epoch"])
def test_that_the_divergence_rule_strikes_where_it_did(judged):
    run = spiral(training__learning_rate=4.0, training__divergence={"factor": 2.0, "judged": judged})
    once, losses = whole(run, 1000)
    assert once.ending.kind == "diverged"
    timeline = recorded(run, 1000, every=6)
    for step in range(0, once.step, 5):
        again, trainer = go_on_from(timeline, step, 1000)
        assert again.tobytes() == losses[step:].tobytes()
        assert trainer.ending == once.ending


def test_that_any_of_10_000_steps_is_gone_back_to():
    """With live edits on the way, at the cadence that the timeline chooses by itself."""
    run = Run(every_kind.experiment(layers=("dropout", "batch_norm", "tanh"), optimizer="adam", schedule="cosine"))
    run = run.with_edit(1500, {"training.optimizer": {"kind": "sgd", "momentum": 0.9}})
    run = run.with_edit(1501, {"training.batch_size": 7}).with_edit(7000, {RATE: 0.001, "training.l1": 0.0})
    once, losses = whole(run, 10_000)
    timeline = Timeline(Trainer(run))
    while timeline.step < 10_000:
        timeline.advance(min(997, 10_000 - timeline.step))
    assert fingerprint(timeline.trainer) == fingerprint(once)
    steps = [1, 1500, 1501, 7000, 9990, *np.random.default_rng(0).integers(0, 9990, 8).tolist()]
    for step in steps:
        trainer = timeline.restored(step)
        again = np.sum(advance(trainer, 10, 3), axis=0)
        assert again.tobytes() == losses[step : step + 10].tobytes()
    again, trainer = go_on_from(timeline, 1499, 10_000)
    assert again.tobytes() == losses[1499:].tobytes()
    assert fingerprint(trainer) == fingerprint(once)


def test_that_a_restored_trainer_goes_back_again():
    trainer = Trainer(load("spiral"))
    advance(trainer, 20, 7)
    snapshot = trainer.snapshot()
    first = np.sum(advance(trainer, 30, 7), axis=0)
    trainer.restore(snapshot)
    assert trainer.step == 20
    second = np.sum(advance(trainer, 30, 30), axis=0)
    assert first.tobytes() == second.tobytes()


def test_that_going_back_over_an_edit_takes_it_back_and_makes_it_again():
    trainer = Trainer(load("spiral"))
    advance(trainer, 10, 10)
    early = trainer.snapshot()
    advance(trainer, 10, 10)
    trainer.edit({"training.optimizer": {"kind": "adam"}})
    trainer.edit({"training.batch_size": 9})
    after = trainer.snapshot()
    losses = np.sum(advance(trainer, 25, 10), axis=0)
    for snapshot, steps in ((early, 35), (after, 25)):
        trainer.restore(snapshot)
        again = np.sum(advance(trainer, steps, 4), axis=0)
        assert again[-25:].tobytes() == losses.tobytes()


def test_that_nobody_can_write_to_a_snapshot_and_training_does_not():
    trainer = Trainer(load("spiral"))
    advance(trainer, 5, 5)
    snapshot = trainer.snapshot()
    weights = snapshot.weights
    kept = [array.copy() for array in (weights.parameters, weights.optimizer_state, weights.running_statistics)]
    advance(trainer, 5, 5)
    trainer.restore(snapshot)
    advance(trainer, 5, 5)
    for array, copy in zip(
        (weights.parameters, weights.optimizer_state, weights.running_statistics), kept, strict=True
    ):
        assert not array.flags.writeable
        np.testing.assert_array_equal(array, copy)


def test_that_going_back_does_not_disturb_the_run():
    plain, looked_at = recorded(spiral(), 60), recorded(spiral(), 30)
    looked_at.restored(11).advance(40)
    looked_at.exact_frame(17, makers())
    looked_at.advance(30)
    assert fingerprint(looked_at.trainer) == fingerprint(plain.trainer)
    assert looked_at.trainer.setting is looked_at.restored(5).setting


def test_that_a_way_back_can_be_stopped_and_tells_its_progress(monkeypatch):
    monkeypatch.setattr("simulator.training.past.replay.SLICE", 0.0)
    timeline = Timeline(Trainer(spiral()), allowance=0)
    timeline.advance(200)
    shares = []
    assert timeline.restored(150, shares.append).step == 150
    assert shares == sorted(shares)
    assert all(0 <= share < 1 for share in shares)
    assert timeline.restored(150, stop=lambda: True) is None
    assert timeline.exact_frame(150, stop=lambda: True) is None


@pytest.mark.parametrize("step", [-1, 31])
def test_that_only_steps_that_were_made_can_be_gone_back_to(step):
    with pytest.raises(ValueError, match=f"step {step} "):
        recorded(spiral(), 30).restored(step)


# --- frames ---


def test_that_an_exact_frame_is_the_one_recorded_then():
    timeline, other = recorded(spiral(), 0), recorded(spiral(), 60)
    then = {}
    for step in (7, 14, 40, 60):
        timeline.advance(step - timeline.step)
        then[step] = timeline.frame({"decision"})
    for step, frame in then.items():
        rebuilt = other.exact_frame(step, {"decision"})
        assert (rebuilt.step, rebuilt.epoch, rebuilt.loss) == (step, frame.epoch, frame.loss)
        np.testing.assert_array_equal(rebuilt.parts["decision"].shares, frame.parts["decision"].shares)
        for ours, theirs in zip(rebuilt.layers, frame.layers, strict=True):
            assert (ours.mean, ours.std, ours.dead, ours.update_ratio) == (
                theirs.mean,
                theirs.std,
                theirs.dead,
                theirs.update_ratio,
            )
            limit = max(ours.output.limit, theirs.output.limit)
            wide = [layer.output.widened(limit).counts for layer in (ours, theirs)]
            np.testing.assert_array_equal(*wide)


def test_that_the_newest_frame_up_to_a_step_is_shown():
    timeline = recorded(spiral(), 0)
    for _ in range(3):
        timeline.advance(10)
        timeline.frame()
    assert [timeline.frame_at(step).step for step in (0, 9, 10, 29, 30, 99)] == [0, 0, 10, 20, 30, 30]
    assert timeline.exact_frame(15).step == 15
    assert timeline.frame_at(17).step == 15
    assert timeline.track.step.tolist() == [0, 10, 15, 20, 30]


def test_that_a_frame_remade_for_a_part_keeps_the_size_of_the_last_update():
    timeline = recorded(spiral(), 20)
    ratios = [layer.update_ratio for layer in timeline.frame().layers]
    assert ratios[1] is not None
    timeline.edit({RATE: 0.5})
    assert [layer.update_ratio for layer in timeline.frame({"decision"}).layers] == ratios


def test_that_a_frame_after_an_edit_shows_the_edit():
    network = [{"kind": "dense", "units": 5}, {"kind": "leaky_relu", "slope": 0.1}]
    timeline = recorded(spiral(network=network), 5)
    before = timeline.frame().layers[1]
    timeline.edit({"network.1.slope": 0.9})
    assert timeline.frame().layers[1].std != before.std
    assert timeline.frame_at(5).layers[1].std == timeline.frame().layers[1].std


# --- marks ---


def test_that_edits_and_a_divergence_leave_marks():
    timeline = recorded(spiral().with_edit(3, {"training.l2": 0.01}), 10)
    timeline.edit({RATE: 1e9, "training.batch_size": 5})
    timeline.advance(100)
    *edits, end = timeline.marks
    assert [(mark.kind, mark.step, str(mark.message)) for mark in edits] == [
        ("edit", 3, "L2 penalty 0.01 instead of 0"),
        ("edit", 10, "Learning rate 1000000000 instead of 0.02"),
        ("edit", 10, "Mini-batch 5 instead of 32"),
    ]
    assert (end.kind, end.step) == ("diverged", timeline.trainer.losses.first_bad_step or timeline.step)
    assert end.message == timeline.trainer.ending.message


def test_that_the_edits_of_one_gesture_are_logged_apart_and_leave_one_mark():
    timeline = recorded(spiral(), 10)
    timeline.edit({"training.l2": 0.01})
    for number, rate in enumerate((0.03, 0.04, 0.05)):
        timeline.edit({RATE: rate}, joined=number > 0)
        timeline.advance(2)
    assert [(edit.step, edit.joined) for edit in timeline.run.edits] == [
        (10, False),
        (10, False),
        (12, True),
        (14, True),
    ]
    expected = [("L2 penalty 0.01 instead of 0", 10), ("Learning rate 0.05 instead of 0.02", 14)]
    assert [(str(mark.message), mark.step) for mark in timeline.marks] == expected
    timeline.edit({RATE: 0.1})
    last = ("Learning rate 0.1 instead of 0.05", 16)
    assert [(str(mark.message), mark.step) for mark in timeline.marks] == [*expected, last]
    again = recorded(timeline.run, 20)
    assert again.marks == timeline.marks


def test_that_a_gesture_back_to_where_it_began_leaves_no_mark():
    timeline = recorded(spiral(), 10)
    timeline.edit({RATE: 0.5})
    timeline.advance(1)
    timeline.edit({RATE: 0.02}, joined=True)
    assert timeline.marks == ()


@settings(max_examples=15)
@given(edited_runs(3, 40), st.integers(0, 60))
def test_that_steps_and_examples_seen_belong_together(run, step):
    timeline, trainer = recorded(run, 60), Trainer(run)
    trainer.advance(step)
    made = trainer.step  # fewer than `step` where the run diverges
    assert timeline.chronicle.examples_at(made) == trainer.examples
    assert timeline.chronicle.step_at(trainer.examples) == made
    if made:
        assert timeline.chronicle.step_at(trainer.examples - 1) == made - 1


# --- forks ---


@settings(max_examples=15)
@given(edited_runs(3, 30), st.integers(1, 40), st.floats(1e-4, 0.05))
def test_that_a_fork_by_a_live_patch_is_a_run_edited_live_at_that_step(run, step, rate):
    source = recorded(run, 40, every=5)
    assume(source.trainer.ending is None)
    state = source.restored(step).snapshot()
    fork = source.fork({RATE: rate}, state)
    live = recorded(Run(run.experiment, tuple(edit for edit in run.edits if edit.step <= step)), step)
    live.edit({RATE: rate})
    assert fork.run == live.run
    for timeline in (fork, live):
        timeline.advance(30)
    assert fingerprint(fork.trainer) == fingerprint(live.trainer)
    for ours, theirs in zip(fork.trainer.losses.newest(), live.trainer.losses.newest(), strict=True):
        assert ours.tobytes() == theirs.tobytes()
    ours, theirs = fork.trainer.readings.readings(), live.trainer.readings.readings()
    for name, column in vars(ours).items():
        np.testing.assert_array_equal(column, getattr(theirs, name))


def test_that_a_fork_is_its_source_up_to_its_step():
    source = recorded(spiral(), 0)
    for _ in range(6):
        source.advance(8)
        source.frame({"decision"})
    fork = source.fork({"network.1": {"kind": "tanh"}}, source.restored(30).snapshot())
    assert fork.step == 30
    assert fork.trainer.losses.newest()[0].tobytes() == source.trainer.losses.newest()[0][:30].tobytes()
    assert fork.trainer.readings.readings().step.tolist() == [0, 10, 20, 30]
    assert fork.track.step.tolist() == [0, 8, 16, 24]
    assert [str(mark.message) for mark in fork.marks] == ["Dense 1, activation: tanh instead of ReLU"]
    assert (fork.marks[0].kind, fork.marks[0].step) == ("fork", 30)
    for step in (5, 13, 30):
        assert fingerprint(fork.restored(step)) == fingerprint(source.restored(step))
    fork.advance(20)
    assert not np.array_equal(fork.trainer.losses.newest()[0][30:], source.trainer.losses.newest()[0][30:])
    again, trainer = go_on_from(fork, 22, 50)
    assert again.tobytes() == sum(fork.trainer.losses.newest())[22:].tobytes()
    assert fingerprint(trainer) == fingerprint(fork.trainer)


def test_that_a_fork_without_a_change_goes_on_as_if_nothing_was():
    source = recorded(spiral().with_edit(40, {RATE: 0.3}), 50)
    fork = source.fork({}, source.restored(20).snapshot())
    assert fork.run.edits == ()
    fork.advance(30)
    assert fingerprint(fork.trainer) == fingerprint(recorded(spiral(), 50).trainer)
    assert [(mark.kind, mark.step) for mark in fork.marks] == [("fork", 20)]
    twice = fork.fork({RATE: 0.1}, fork.restored(35).snapshot())
    assert [(mark.kind, mark.step) for mark in twice.marks] == [("fork", 20), ("fork", 35)]


def test_that_a_diverged_run_may_be_forked_where_it_was_well():
    source = recorded(spiral().with_edit(20, {RATE: 1e9}), 100)
    assert source.trainer.ending.kind == "diverged"
    fork = source.fork({RATE: 0.01}, source.trainer.snapshot())
    assert fork.trainer.ending is None
    assert fork.trainer.losses.steps == fork.step
    assert all(mark.kind != "diverged" for mark in fork.marks)
    assert source.fork({RATE: 0.01}, source.restored(15).snapshot()).advance(20) == 20


@pytest.mark.parametrize("patch", [{"network.0.units": 3}, {"seeds.order": 5}, {RATE: -1}], ids=str)
def test_that_what_may_not_fork_is_refused(patch):
    source = recorded(spiral(), 20)
    with pytest.raises(ExperimentError):
        source.fork(patch, source.trainer.snapshot())


# --- memory ---


@pytest.mark.parametrize("allowance", [40_000, 1_000_000])
def test_that_the_past_keeps_within_its_allowance(allowance):
    timeline = Timeline(Trainer(spiral()), allowance)
    timeline._snapshots._spacing = lambda _: 1
    fixed = timeline.trainer.losses.nbytes + timeline.trainer.readings.nbytes
    for _ in range(100):
        timeline.advance(6)
        timeline.frame({"decision"})
        assert timeline.nbytes - timeline.trainer.losses.nbytes - timeline.trainer.readings.nbytes <= allowance
    assert timeline.nbytes <= max(allowance, fixed + timelines.GROWTH)
    assert timeline.track.step[0] == 0
    assert timeline.track.step[-1] == 600


# --- a fork at the very step of an edit ---


@pytest.mark.parametrize("step", [9, 10, 11])
@pytest.mark.parametrize("patch", [{}, {"training.l2": 0.1}])
def test_that_a_fork_round_the_step_of_an_edit_has_the_edits_made_by_then(step, patch):
    timeline = Timeline(Trainer(spiral().with_edit(4, {RATE: 0.5})))
    timeline.advance(10)
    timeline.edit({RATE: 0.2})
    timeline.advance(10)
    fork = timeline.fork(patch, timeline.restored(step).snapshot())
    expected = spiral().with_edit(4, {RATE: 0.5})
    if step >= 10:
        expected = expected.with_edit(10, {RATE: 0.2})
    if patch:
        expected = expected.with_edit(step, patch)
    assert fork.run == expected
    assert fork.trainer.experiment == expected.at(step)
    fork.advance(25)
    once, _ = whole(expected, step + 25)
    assert fingerprint(fork.trainer) == fingerprint(once)
    assert [mark.step for mark in fork.marks] == [4, *([10] if step >= 10 else []), step]

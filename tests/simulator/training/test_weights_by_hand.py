"""Weights set by hand between two steps: bit by bit the run of somebody who writes into the array and trains on."""

import numpy as np
import pytest

from simulator.errors import ExperimentError
from simulator.experiment.files import decode, encode
from simulator.experiment.library import load
from simulator.experiment.patch import apply, to_plain
from simulator.experiment.run import Edit, Run, WeightEdit
from simulator.training.desk.commands import Arrange, Fork, Load, Play, RunEpoch, Scrub, SetWeight, StepOnce
from simulator.training.desk.events import Changed, Kept, Rejected
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests import every_kind
from tests.runs import advance, fingerprint
from tests.sessions import Desk, spiral

RATE = "training.learning_rate"
W, B = "network.0.W", "output.b"
Edits = dict[int, list[tuple[str, tuple[int, ...], float]]]


def placed(trainer: Trainer, path: str, index: tuple[int, ...]) -> int:
    """Where a parameter lies in the flat array, counted out by hand."""
    layer, name = path.rsplit(".", 1)
    operation = len(trainer.experiment.network) if layer == "output" else int(layer.split(".")[1])
    [item] = [each for each in trainer.program.placed if (each.operation, each.block.name) == (operation, name)]
    at = index[0] if len(index) == 1 else index[0] * item.block.shape[1] + index[1]
    return item.offset + at


def write(trainer: Trainer, path: str, index: tuple[int, ...], value: float) -> None:
    """The independent way: no log, only the number in its place."""
    trainer.state.parameters[placed(trainer, path, index)] = value


def by_hand(run: Run, edits: Edits, last: int, dtype=np.float32) -> Trainer:
    """Train the slow obvious way."""
    trainer = Trainer(run, dtype)
    for step in range(last):
        for edit in edits.get(step, []):
            write(trainer, *edit)
        trainer.advance(1, beyond=True)
    return trainer


def timeline(run: Run, steps: int, every: int = 1) -> Timeline:
    made = Timeline(Trainer(run))
    made._snapshots._spacing = lambda _: every
    made.advance(steps)
    return made


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_that_a_weight_of_any_block_may_be_set_and_the_update_rule_goes_on_as_it_was(dtype):
    """Weights, biases, gains, shifts, slopes and pieces of maxout, under Adam."""
    run = Run(every_kind.experiment(optimizer="adam"))
    live = Trainer(run, dtype)
    edits: Edits = {}
    for number, item in enumerate(live.program.placed):
        index = tuple(side - 1 for side in item.block.shape)
        edits.setdefault(3 + number // 4, []).append((live.program.path_of(item), index, 0.1 + number / 70))
    for step, made in edits.items():
        advance(live, step - live.step, 5)
        kept = live.state.optimizer_state.copy()
        for edit in made:
            live.set_weight(*edit)
        np.testing.assert_array_equal(live.state.optimizer_state, kept)
    advance(live, 40 - live.step, 7)
    assert fingerprint(live) == fingerprint(by_hand(run, edits, 40, dtype))
    again = Trainer(decode(encode(live.run), "f"), dtype)
    advance(again, 40, 1000)
    assert fingerprint(again) == fingerprint(live)
    assert again.run == live.run
    assert again.strays == {}


def test_that_one_weight_has_one_entry_a_step_and_none_with_its_old_value():
    plain, live = Trainer(spiral()), Trainer(spiral())
    for trainer in (plain, live):
        trainer.advance(12)
    before = float(live.state.parameters[placed(live, W, (1, 4))])
    for value in (0.5, 0.7, 0.9):
        live.set_weight(W, (1, 4), value)
    live.set_weight(B, (1,), -2.0)
    live.set_weight(W, (1, 4), 2.46)
    one, other = live.run.edits
    assert (one, other.parameter, other.new) == (WeightEdit(12, W, (1, 4), before, 2.46), (B, (1,)), -2.0)
    live.edit({RATE: 0.3})  # moves no layer, so the entry is found behind it
    live.set_weight(W, (1, 4), before)
    live.set_weight(B, (1,), live.run.edits[0].old)
    assert live.run.edits == (Edit(12, {RATE: 0.3}),)
    live.edit({RATE: plain.experiment.training.learning_rate})
    assert advance(live, 30, 7)[0].tobytes() == advance(plain, 30, 30)[0].tobytes()
    assert fingerprint(live) == fingerprint(plain)


def test_that_every_step_round_an_edit_can_be_gone_back_to():
    run = spiral()
    made = timeline(run, 10, every=3)
    made.set_weight(W, (0, 2), 1.5)
    made.frame()
    made.advance(10)
    made.set_weight(B, (0,), -1.0)
    made.advance(10)
    edits = {10: [(W, (0, 2), 1.5)], 20: [(B, (0,), -1.0)]}
    for step in (4, 9, 10, 11, 19, 20, 25, 30):
        expected = by_hand(run, edits, step)
        for edit in edits.get(step, []):
            write(expected, *edit)  # as it stands before the next update
        there = made.restored(step)
        assert fingerprint(there) == fingerprint(expected), step
        assert advance(there, 30 - step, 4)[0].tobytes() == made.trainer.losses.newest(30 - step)[0].tobytes()


@pytest.mark.parametrize("step", [0, 9, 10, 11, 20])
def test_that_a_fork_has_the_edits_up_to_its_step(step):
    run = spiral()
    desk = Desk().load(run).rest()
    desk.send(SetWeight(0, B, (1,), 0.25), RunEpoch()).rest()
    desk.send(SetWeight(10, W, (0, 2), 1.5), RunEpoch()).rest()
    desk.send(Fork(2, 1, step, {}), Arrange((2,), 2)).rest().send(RunEpoch()).rest()
    fork = desk.timeline(2)
    edits = {0: [(B, (1,), 0.25)]} | ({10: [(W, (0, 2), 1.5)]} if step >= 10 else {})
    assert fingerprint(fork.trainer) == fingerprint(by_hand(run, edits, fork.step))
    assert [edit.step for edit in fork.run.edits] == list(edits)
    again = Trainer(fork.run)
    advance(again, fork.step, 1000)
    assert fingerprint(again) == fingerprint(fork.trainer)


def test_that_a_fork_at_the_start_finds_the_block_where_it_stands_now():
    desk = Desk().load(spiral()).rest()
    desk.send(SetWeight(0, "network.2.W", (0, 1), 0.75), StepOnce()).rest()
    first, relu, *rest = to_plain(spiral().experiment)["network"]
    desk.send(Fork(2, 1, 0, {"network": [first, relu, {"kind": "dropout"}, *rest]})).rest()
    assert [edit.block for edit in desk.timeline(2).run.edits] == ["network.3.W"]
    assert desk.timeline(2).trainer.network.parameter("network.3.W", (0, 1)) == 0.75
    desk.send(Fork(3, 1, 0, {"seeds.weights": 7})).rest()
    assert desk.timeline(3).run.edits == ()  # drawn anew: nothing was set there


def test_that_an_entry_that_leaves_the_log_leaves_no_snapshot_that_counts_it():
    plain = timeline(spiral(), 10)
    old = plain.trainer.network.parameter(W, (0, 0))
    made = timeline(Run(spiral().experiment, (WeightEdit(10, W, (0, 0), old, 3.0),)), 10)  # the snapshot of 10 has it
    made.set_weight(W, (0, 0), old)
    assert made.run.edits == made.marks == ()
    made.edit({RATE: 0.3})
    made.advance(10)
    plain.edit({RATE: 0.3})
    plain.advance(10)
    for step in (10, 11, 15, 20):
        assert fingerprint(made.restored(step)) == fingerprint(plain.restored(step))


def test_that_a_run_whose_memory_was_given_back_is_trained_again_with_its_edits(monkeypatch):
    desk = Desk().load(spiral()).rest()
    desk.send(RunEpoch()).rest()
    desk.send(SetWeight(10, W, (0, 2), 1.5), RunEpoch()).rest()
    expected = fingerprint(desk.timeline(1).trainer)
    desk.session._builder._shelf._budget = 0
    desk.send(Load(2, spiral(seeds__weights=3)), Arrange((2,), 2)).rest()
    assert not isinstance(desk.timeline(1), Timeline)
    desk.send(Arrange((1,), 1)).rest()
    assert fingerprint(desk.timeline(1).trainer) == expected


def test_that_a_weight_is_set_between_two_steps_of_the_present_alone():
    desk = Desk().load(spiral()).rest()
    desk.send(RunEpoch()).rest()

    def refused(*commands):
        desk.heard.clear()
        desk.send(*commands)
        return str(desk.told(Rejected)[0].message)

    assert "pause first" in refused(SetWeight(9, W, (0, 0), 1.0))
    assert "pause first" in refused(Play(), SetWeight(10, W, (0, 0), 1.0))
    desk = Desk().load(spiral()).rest()
    desk.send(RunEpoch()).rest()
    assert "continue from here first" in refused(Scrub(5, exact=False), SetWeight(10, W, (0, 0), 1.0))
    desk.send(Scrub(None))
    assert "there is no block 'network.1.W'" in refused(SetWeight(10, "network.1.W", (0, 0), 1.0))
    assert "there is no weight [2, 0] in 'network.0.W'; its shape is 2 × 16" in refused(SetWeight(10, W, (2, 0), 1.0))
    assert "a number that 32 bits hold, not nan" in refused(SetWeight(10, W, (0, 0), np.nan))
    assert desk.timeline(1).run.edits == ()
    desk.heard.clear()
    desk.send(SetWeight(10, W, (1, 2), 2.46))
    [changed] = desk.told(Changed)
    assert (changed.step, changed.run.edits[0].new) == (10, 2.46)
    assert desk.latest.frame.step == 10
    [mark] = desk.latest.marks
    assert (mark.kind, mark.step, str(mark.message)) == ("edit", 10, "Weight Input, 2 → Dense 1, 3: 2.46")


def test_that_a_fork_before_its_edit_can_take_it_back():
    """As Undo does it, once the run has trained on."""
    run = spiral()
    desk = Desk().load(run).rest()
    desk.send(RunEpoch()).rest()
    old = desk.timeline(1).trainer.network.parameter(W, (0, 2))
    desk.send(SetWeight(10, W, (0, 2), 1.5), RunEpoch()).rest()
    desk.send(Fork(2, 1, 10, {}), Arrange((2,), 2)).rest()
    desk.send(SetWeight(10, W, (0, 2), old), RunEpoch()).rest()
    assert desk.told(Kept)[0].step == 10
    fork = desk.timeline(2)
    assert fork.run.edits == ()
    assert fingerprint(fork.trainer) == fingerprint(by_hand(run, {}, 20))
    assert [mark.kind for mark in fork.marks] == ["fork"]


def test_that_a_log_of_another_run_says_so_and_is_followed_all_the_same():
    made = timeline(spiral(), 10)
    made.set_weight(W, (0, 0), 2.0)
    made.advance(10)
    other = Run(apply(made.run.experiment, {"seeds.weights": 5}), made.run.edits)
    found = timeline(other, 20)
    expected = by_hand(Run(other.experiment), {10: [(W, (0, 0), 2.0)]}, 20)
    assert fingerprint(found.trainer) == fingerprint(expected)
    [mark] = found.marks
    assert "it was" in str(mark.message)
    assert f"{made.run.edits[0].old:.4g} in the run that the log is of" in str(mark.message)
    assert [str(mark.message) for mark in timeline(made.run, 20).marks] == ["Weight Input, 1 → Dense 1, 1: 2"]


@pytest.mark.parametrize("step", [0, 10])
def test_that_what_was_read_at_that_step_is_read_again_as_a_replay_reads_it(step):
    """Early stopping looks at what a run begins with, and at epoch ends at what was read before the edit."""
    plain, live = Trainer(load("spiral")), Trainer(load("spiral"))
    for trainer in (plain, live):
        trainer.advance(step)
    before, best = live.readings.last.copy(), live.readings.best_validation_loss()
    live.set_weight(B, (0,), 5.0)
    assert live.readings.last[2:].tolist() == live.network.read(step).tolist() != before[2:].tolist()
    again = Trainer(live.run)
    again.advance(step)
    np.testing.assert_array_equal(live.readings.last, again.readings.last)
    assert live.readings.best_validation_loss() == again.readings.best_validation_loss()
    assert (live.readings.best_validation_loss() == best) == (step > 0)
    live.set_weight(B, (0,), live.run.edits[0].old)
    np.testing.assert_array_equal(live.readings.last, before)
    assert live.readings.memory == plain.readings.memory


def test_that_what_is_known_of_the_last_update_stays_that_of_the_rule():
    made, plain = Trainer(spiral()), Trainer(spiral())
    for trainer in (made, plain):
        trainer.advance(5, measure=True)
    made.set_weight(W, (0, 0), 7.0)
    update, expected = (t.state.parameters - t.network.before_update for t in (made, plain))
    np.testing.assert_allclose(update, expected, atol=1e-6)


def test_that_a_weight_that_is_no_number_any_more_is_not_set():
    trainer = Trainer(spiral())
    trainer.state.parameters[placed(trainer, W, (0, 0))] = np.nan
    with pytest.raises(ExperimentError, match="NaN or infinite"):
        trainer.set_weight(W, (0, 0), 1.0)

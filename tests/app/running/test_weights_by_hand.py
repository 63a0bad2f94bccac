"""Weights set by hand, undone at once and later, with the real training thread; the oracle writes into the array."""

from collections.abc import Iterator

import numpy as np
import pytest

from app.document.weight_edits import AT_PRESENT, DIVERGED, PAUSE_FIRST
from app.running.run_state import RunState
from simulator.experiment import Run, WeightEdit
from simulator.experiment.files import decode, encode
from simulator.message import Message
from simulator.training import AskMoment, Fork, Moment
from simulator.training.run.trainer import Trainer
from tests.app.running.bridge import Bridge
from tests.app.samples import spiral

RATE = "training.learning_rate"
W = "network.0.W"
PLACE = (1, 3)


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.controller.close(20.0)


def moment(bridge: Bridge) -> Moment:
    """What the engine has on display."""
    found: list[Moment] = []
    bridge.controller.ask(AskMoment(), found.append)
    bridge.until(lambda: bool(found))
    return found[0]


def at(trainer: Trainer) -> int:
    """Where the weight that is edited lies: the first block comes first."""
    units = trainer.program.placed[0].block.shape[1]
    return PLACE[0] * units + PLACE[1]


def slowly(steps: int, edits: dict[int, float], run: Run | None = None) -> bytes:
    """The parameters of somebody who trains and writes, without any log."""
    trainer = Trainer(run or Run(spiral()))
    for step in range(steps + 1):
        if step in edits:
            trainer.state.parameters[at(trainer)] = edits[step]
        if step < steps:
            trainer.advance(1)
    return trainer.state.parameters.tobytes()


def present(bridge: Bridge) -> float:
    """The value of the weight, as a picture of the network would show it."""
    trainer = Trainer(Run(spiral()))
    return float(moment(bridge).snapshot.weights.parameters[at(trainer)])


def set_weight(bridge: Bridge, value: float, gesture: object | None = None) -> None:
    old = present(bridge) if gesture is None else 0.0
    bridge.messages_of(lambda: bridge.document.weights.edit(W, PLACE, old, value, gesture))


def shown(bridge: Bridge) -> bytes:
    return moment(bridge).snapshot.weights.parameters.tobytes()


def undo(bridge: Bridge) -> list[str]:
    return bridge.messages_of(bridge.document.undo_stack.undo)


def redo(bridge: Bridge) -> list[str]:
    return bridge.messages_of(bridge.document.undo_stack.redo)


def test_that_undo_at_the_same_step_takes_the_weight_back_where_it_stands(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    run_id, step = bridge.document.state.run_id, bridge.controller.newest
    set_weight(bridge, 2.46)
    assert bridge.document.undo_stack.undo_text == "Set weight Input, 2 → Dense 1, 4"
    assert shown(bridge) == slowly(step, {step: 2.46})
    assert bridge.picture is not None
    assert [str(mark.message) for mark in bridge.picture.marks] == ["Weight Input, 2 → Dense 1, 4: 2.46"]
    assert undo(bridge) == ["> SetWeight", "< Changed"]
    assert (moment(bridge).run.edits, shown(bridge)) == ((), slowly(step, {}))
    assert redo(bridge) == ["> SetWeight", "< Changed"]
    bridge.train_an_epoch()
    assert bridge.document.state.run_id == run_id
    assert shown(bridge) == slowly(bridge.controller.newest, {step: 2.46})


def test_that_undo_later_returns_to_the_run_as_it_stood_and_redo_to_the_one_that_trained_on(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    run_id, step = bridge.document.state.run_id, bridge.controller.newest
    set_weight(bridge, -1.5)
    bridge.train_an_epoch()
    newest = bridge.controller.newest
    assert undo(bridge) == ["> Fork", "< Kept", "> Arrange", "< Loaded", "> SetWeight", "< Changed"]
    left = bridge.document.state.run_id
    assert left != run_id
    assert (bridge.controller.newest, moment(bridge).run.edits) == (step, ())
    assert shown(bridge) == slowly(step, {})
    assert redo(bridge) == ["> Arrange", "< Loaded"]
    assert (bridge.document.state.run_id, bridge.controller.newest) == (run_id, newest)
    assert shown(bridge) == slowly(newest, {step: -1.5})
    assert undo(bridge) == ["> Arrange", "< Loaded"]  # the same run again
    assert bridge.document.state.run_id == left
    bridge.train_an_epoch()
    assert shown(bridge) == slowly(bridge.controller.newest, {})
    assert "> Forget" not in bridge.runner.messages


def test_that_a_redo_later_sets_the_weight_at_the_step_it_was_set_at(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    set_weight(bridge, 0.75)
    undo(bridge)
    bridge.train_an_epoch()
    redo(bridge)
    assert bridge.controller.newest == step
    assert shown(bridge) == slowly(step, {step: 0.75})
    assert [edit.step for edit in moment(bridge).run.edits] == [step]


def test_that_undo_goes_back_through_edits_of_several_steps_and_kinds(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    first = bridge.controller.newest
    bridge.messages_of(lambda: bridge.document.edit({RATE: 0.05}, "Change learning rate"))
    set_weight(bridge, 1.0)
    bridge.train_an_epoch()
    second = bridge.controller.newest
    set_weight(bridge, 2.0)
    bridge.train_an_epoch()
    undo(bridge)
    assert bridge.controller.newest == second
    assert [(edit.step, edit.new) for edit in moment(bridge).run.edits if isinstance(edit, WeightEdit)] == [
        (first, 1.0)
    ]
    undo(bridge)
    assert bridge.controller.newest == first
    assert shown(bridge) == slowly(first, {})
    assert bridge.document.experiment.training.learning_rate == 0.05
    undo(bridge)
    assert bridge.document.experiment == spiral() == moment(bridge).snapshot.experiment
    assert shown(bridge) == slowly(first, {})
    for _ in range(3):
        redo(bridge)
    assert bridge.controller.newest == second + first
    assert [edit.new for edit in bridge.document.state.lane.weights] == [1.0, 2.0]


def test_that_a_drag_is_one_undo_and_one_entry(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step, old, drag = bridge.controller.newest, present(bridge), object()
    for value in (0.1, 0.2, 0.3):
        bridge.document.weights.edit(W, PLACE, old, value, drag)
    bridge.settle()
    bridge.until(lambda: present(bridge) == pytest.approx(0.3))
    [entry] = moment(bridge).run.edits
    assert entry == WeightEdit(step, W, PLACE, old, 0.3)
    undo(bridge)
    assert (shown(bridge), bridge.document.undo_stack.can_undo) == (slowly(step, {}), False)
    bridge.document.weights.edit(W, PLACE, old, 0.5, drag := object())
    bridge.document.weights.edit(W, PLACE, old, old, drag)
    bridge.settle()
    assert (bridge.document.undo_stack.can_undo, bridge.document.state.lane.weights) == (False, ())


def test_that_two_edits_of_one_weight_are_two_undos_and_one_entry(bridge: Bridge) -> None:
    old = present(bridge)
    set_weight(bridge, 1.0)
    set_weight(bridge, 2.0)
    assert [edit.new for edit in moment(bridge).run.edits] == [2.0]
    undo(bridge)
    assert moment(bridge).run.edits == (WeightEdit(0, W, PLACE, old, 1.0),)
    undo(bridge)
    assert (moment(bridge).run.edits, shown(bridge)) == ((), slowly(0, {}))


def test_that_a_twin_and_a_run_continued_from_before_have_the_weights_set_by_then(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    set_weight(bridge, 1.25)
    bridge.train_an_epoch()
    bridge.messages_of(lambda: bridge.document.what_if({"training.l2": 0.0, RATE: 0.3}, "faster"))
    assert [edit.step for edit in bridge.document.state.lane.weights] == [step]
    undo(bridge)
    bridge.controller.scrub(3, exact=True)
    bridge.messages_of(bridge.document.continue_here)
    assert (bridge.controller.newest, bridge.document.state.lane.weights, moment(bridge).run.edits) == (3, (), ())
    assert shown(bridge) == slowly(3, {})
    undo(bridge)
    assert shown(bridge) == slowly(2 * step, {step: 1.25})
    bridge.messages_of(bridge.document.reset)
    assert (bridge.document.state.lane.weights, shown(bridge)) == ((), slowly(0, {}))
    sent = bridge.runner.commands
    assert [command.step for command in sent if isinstance(command, Fork)] == [None, 3]


def test_that_a_weight_waits_for_a_pause_and_for_the_present(bridge: Bridge) -> None:
    said: list[Message] = []
    bridge.document.refused.connect(said.append)
    assert bridge.document.weights.fault() is None
    bridge.train_an_epoch()
    bridge.controller.scrub(3, exact=False)
    bridge.document.weights.edit(W, PLACE, 0.0, 1.0)
    assert said.pop().text == AT_PRESENT
    bridge.controller.scrub(None, exact=False)
    bridge.controller.play()
    bridge.document.weights.edit(W, PLACE, 0.0, 1.0)
    assert said.pop().text == PAUSE_FIRST
    bridge.until(lambda: bridge.controller.state is RunState.PLAYING)
    assert str(bridge.document.weights.fault()) == PAUSE_FIRST
    bridge.controller.pause()
    bridge.until(lambda: bridge.controller.state is RunState.PAUSED)
    for block, index, value, words in (
        (W, (2, 0), 1.0, "there is no weight"),
        ("network.1.W", (0, 0), 1.0, "there is no block"),
        (W, PLACE, np.inf, "a number that 32 bits hold"),
    ):
        bridge.document.weights.edit(block, index, 0.0, value)
        assert words in str(said.pop())
    bridge.document.edit({RATE: 1e9}, "Change learning rate")
    bridge.controller.play()
    bridge.until(lambda: bridge.controller.state is RunState.DIVERGED)
    assert str(bridge.document.weights.fault()) == DIVERGED
    assert not bridge.document.state.lane.weights


def test_that_undo_while_one_looks_back_takes_the_weight_back_in_the_present(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    set_weight(bridge, 1.0)
    bridge.messages_of(lambda: bridge.controller.scrub(3, exact=False))
    assert undo(bridge) == ["> Scrub", "> SetWeight", "< Changed"]
    assert (shown(bridge), moment(bridge).run.edits) == (slowly(step, {}), ())


def test_that_undo_while_it_trains_finds_the_run_as_it_stood(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    set_weight(bridge, 1.0)
    bridge.controller.play()
    bridge.document.undo_stack.undo()  # before a picture has said how far it is
    bridge.settle()
    assert (bridge.controller.newest, shown(bridge)) == (step, slowly(step, {}))
    assert "< Rejected" not in bridge.runner.messages


def test_that_what_is_saved_replays_to_what_is_seen(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    bridge.document.weights.edit(W, PLACE, present(bridge), 2.46)
    saved = bridge.controller.run_to_save()  # before the engine has answered
    bridge.settle()
    bridge.train_an_epoch()
    again = Trainer(decode(encode(bridge.controller.run_to_save()), "f"))
    again.advance(bridge.controller.newest)
    assert again.state.parameters.tobytes() == shown(bridge) == slowly(2 * step, {step: 2.46})
    assert saved.edits == again.run.edits
    bridge.messages_of(lambda: bridge.document.open_run(saved))
    bridge.train_an_epoch()
    bridge.train_an_epoch()
    assert shown(bridge) == again.state.parameters.tobytes()
    assert not bridge.document.modified

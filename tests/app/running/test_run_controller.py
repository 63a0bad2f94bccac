"""The bridge: what the runner is asked for, in which order, and what the window hears."""

import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.running.edit_pace import EditPace
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.running.wire import FAST, SLOW
from simulator.experiment import Run
from simulator.message import Message
from simulator.training import (
    Arrange,
    Change,
    Command,
    Continue,
    Ended,
    Fork,
    Load,
    Pause,
    Play,
    Question,
    Reached,
    Rejected,
    Scrub,
    SetSpeed,
    ShowParts,
    StepOnce,
)
from tests.app.fake_runner import FakeRunner
from tests.app.samples import spiral

RATE = "training.learning_rate"
UNITS = "network.0.units"


class AskWho(Question[object]):
    """Who answers."""

    def answer(self, timeline: object) -> object:
        return timeline


class Desk:
    """A document, a runner that answers when it is asked to, and the bridge between them."""

    def __init__(self, *, hold: bool = False, prepared: bool = True) -> None:
        self.document = Document(spiral())
        self.runner = FakeRunner(hold=hold, prepared=prepared)
        self.now = 0.0
        self.controller = RunController(self.runner, self.document, pace=EditPace(lambda: self.now))
        self.heard: list[object] = []
        for signal in (
            self.controller.loaded,
            self.controller.changed,
            self.controller.ended,
            self.controller.rejected,
            self.controller.picture_changed,
        ):
            signal.connect(self.heard.append)
        self.controller.restarted.connect(lambda: self.heard.append("restarted"))

    def start(self) -> "Desk":
        self.controller.start()
        self.controller.poll()
        return self

    def play(self) -> "Desk":
        self.controller.play()
        self.controller.poll()
        assert self.controller.state is RunState.PLAYING
        return self

    def edit(self, path: str, value: object) -> None:
        self.document.edit({path: value}, "Change")
        self.controller.poll()

    def settle(self) -> None:
        """Let answers lead to further questions, until there are none."""
        for _ in range(4):
            self.controller.poll()

    def forget(self) -> None:
        self.runner.sent.clear()
        self.heard.clear()


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(**settings: bool) -> Desk:
        desks.append(Desk(**settings))
        return desks[-1]

    yield make
    for desk in desks:
        desk.controller.close()


def test_that_starting_loads_the_documents_run(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    assert desk.controller.state is RunState.PREPARING
    desk.start()
    [command] = desk.runner.sent_of(Load)
    assert command.run_id == desk.document.state.run_id
    assert command.run.experiment == desk.document.experiment
    assert desk.controller.state is RunState.READY


def test_that_nothing_is_asked_before_the_start(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    desk.document.edit({RATE: 0.01}, "Change")
    assert not desk.runner.sent
    desk.start()
    assert desk.runner.sent_of(Load)[0].run.experiment.training.learning_rate == 0.01


def test_that_play_pressed_while_preparing_is_remembered(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(prepared=False).start()
    desk.controller.toggle()
    assert desk.controller.play_is_waiting
    assert not desk.runner.sent_of(Play)
    desk.runner.prepare()
    desk.controller.poll()
    desk.controller.poll()
    assert desk.controller.state is RunState.PLAYING
    assert not desk.controller.play_is_waiting


def test_that_play_pressed_twice_while_preparing_is_forgotten(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(prepared=False).start()
    desk.controller.toggle()
    desk.controller.toggle()
    desk.runner.prepare()
    desk.controller.poll()
    assert not desk.runner.sent_of(Play)
    assert desk.controller.state is RunState.READY


def test_that_toggle_plays_and_pauses(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.runner.train(5)
    desk.controller.toggle()
    desk.controller.poll()
    assert desk.controller.state is RunState.PAUSED
    assert len(desk.runner.sent_of(Pause)) == 1


@pytest.mark.parametrize("press", ["pause", "toggle"])
def test_that_pause_right_after_play_is_heard(make_desk: Callable[..., Desk], press: str) -> None:
    desk = make_desk().start()
    desk.controller.play()
    assert desk.controller.state is RunState.READY, "the engine has not said yet that it plays"
    getattr(desk.controller, press)()
    desk.settle()
    assert [type(command) for command in desk.runner.sent[-2:]] == [Play, Pause]
    assert desk.controller.state in (RunState.READY, RunState.PAUSED)


def test_that_a_live_edit_is_one_change(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.forget()
    desk.edit(RATE, 0.01)
    assert desk.runner.sent == [Change({RATE: 0.01})]
    assert desk.controller.state is RunState.PLAYING


def drag(desk: Desk, rates: list[float]) -> None:
    """Move the slider 30 times a second while it trains."""
    hand = object()
    for rate in rates:
        desk.document.edit({RATE: rate}, "Change learning rate", hand)
        desk.runner.train(1)
        desk.now += 1 / 30
        desk.controller.poll()


DRAG = [round(0.01 + 0.001 * number, 3) for number in range(236)]


def test_that_a_slider_is_taken_four_times_a_second_while_it_trains(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    drag(desk, DRAG)
    taken = [change.patch[RATE] for change in desk.runner.sent_of(Change)]
    assert 28 <= len(taken) <= 4 * 8
    assert taken[0] == DRAG[0]
    desk.now += 0.25
    desk.settle()
    assert [change.patch for change in desk.runner.sent_of(Change)[len(taken) :]] == [{RATE: DRAG[-1]}]


def test_that_a_drag_is_one_gesture_of_the_log_and_one_step_of_undo(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    drag(desk, DRAG[:60])
    desk.now += 0.25
    desk.settle()
    log = desk.controller.run_to_save().edits
    assert [edit.joined for edit in log] == [False, *[True] * 8]
    assert desk.document.undo_stack.count() == 1
    desk.forget()
    desk.now += 1.0
    desk.document.undo_stack.undo()
    desk.settle()
    assert desk.runner.sent == [Change({RATE: spiral().training.learning_rate})]
    desk.now += 1.0
    desk.document.undo_stack.redo()
    desk.settle()
    assert desk.runner.sent[1:] == [Change({RATE: DRAG[59]})]


def test_that_another_drag_is_another_gesture(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    drag(desk, DRAG[:2])
    desk.now += 1.0
    desk.settle()
    desk.now += 1.0
    drag(desk, DRAG[2:4])
    desk.now += 1.0
    desk.settle()
    assert [change.joined for change in desk.runner.sent_of(Change)] == [False, True, False, True]


def test_that_nothing_waits_while_nothing_trains(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    drag(desk, DRAG[:10])
    assert [change.patch[RATE] for change in desk.runner.sent_of(Change)] == DRAG[:10]


def test_that_a_step_waits_for_the_last_value_of_a_drag(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    drag(desk, DRAG[:3])
    desk.controller.pause()
    desk.controller.poll()
    desk.controller.step()
    desk.settle()
    *_others, changed, stepped = desk.runner.sent
    assert changed == Change({RATE: DRAG[2]}, joined=True)
    assert stepped == StepOnce()


def test_that_what_is_saved_in_the_middle_of_a_drag_holds_its_last_value(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    drag(desk, DRAG[:3])
    run = desk.controller.run_to_save()
    run.check_log()
    assert run.at(10**9).training.learning_rate == DRAG[2]


def test_that_undoing_a_live_edit_is_a_change_too(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.edit(RATE, 0.01)
    desk.forget()
    desk.document.undo_stack.undo()
    assert desk.runner.sent == [Change({RATE: 0.1})]


def test_that_a_drag_sends_the_newest_value_when_the_answer_is_there(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True)
    desk.start()
    desk.runner.answer()
    desk.controller.poll()
    desk.forget()
    for rate in (0.09, 0.08, 0.07):
        desk.document.edit({RATE: rate}, "Change")
    assert desk.runner.sent == [Change({RATE: 0.09})]
    desk.runner.answer()
    desk.controller.poll()
    assert desk.runner.sent == [Change({RATE: 0.09}), Change({RATE: 0.07})]


def test_that_a_restart_edit_loads_a_new_run(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.forget()
    desk.edit(UNITS, 8)
    [command] = desk.runner.sent
    assert isinstance(command, Load)
    assert command.run_id == desk.document.state.run_id
    assert "restarted" not in desk.heard


def test_that_a_restart_edit_while_playing_pauses_and_says_so(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.forget()
    desk.edit(UNITS, 8)
    assert [type(command) for command in desk.runner.sent] == [Pause, Load]
    assert desk.controller.state is RunState.READY
    assert desk.heard.count("restarted") == 1


@pytest.mark.parametrize("make_anew", [Document.reset, Document.new_weights])
def test_that_a_reset_while_playing_says_nothing(
    make_desk: Callable[..., Desk], make_anew: Callable[[Document], None]
) -> None:
    desk = make_desk().start().play()
    make_anew(desk.document)
    desk.controller.poll()
    assert desk.controller.state is RunState.READY
    assert "restarted" not in desk.heard


def test_that_undoing_a_restart_brings_the_kept_run_back(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.runner.train(30)
    desk.edit(UNITS, 8)
    desk.forget()
    desk.document.undo_stack.undo()
    desk.controller.poll()
    assert desk.runner.sent == [Arrange((first,), first)]
    assert desk.controller.state is RunState.PAUSED


def test_that_a_kept_run_is_changed_where_live_fields_differ(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state
    desk.edit(RATE, 0.01)
    desk.edit(UNITS, 8)
    desk.forget()
    desk.document.undo_stack.undo()
    desk.document.undo_stack.undo()
    desk.controller.poll()
    desk.controller.poll()
    assert desk.runner.sent == [Arrange((first.run_id,), first.run_id), Change({RATE: 0.1})]


def test_that_edits_while_a_run_is_built_become_one_load(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True).start()
    for units in (10, 11, 12):
        desk.document.edit({UNITS: units}, "Change")
    assert len(desk.runner.sent_of(Load)) == 1
    desk.runner.answer()
    desk.controller.poll()
    loads = desk.runner.sent_of(Load)
    assert [command.run.experiment.network[0].units for command in loads] == [16, 12]


def test_that_play_waits_for_the_network_being_built(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True).start()
    desk.runner.answer()
    desk.controller.poll()
    desk.document.edit({UNITS: 8}, "Change")
    desk.controller.play()
    assert not desk.runner.sent_of(Play)
    desk.runner.answer()
    desk.controller.poll()
    assert [type(command) for command in desk.runner.sent[-2:]] == [Load, Play]


def test_that_pictures_of_another_run_are_dropped(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.edit(UNITS, 8)
    desk.forget()
    desk.runner.train(5, run_id=first)
    desk.controller.poll()
    assert not desk.heard
    own = desk.runner.train(5)
    desk.controller.poll()
    assert desk.heard == [own]


def test_that_a_picture_is_shown_once(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.forget()
    shown = desk.runner.train(1)
    desk.controller.poll()
    desk.controller.poll()
    assert desk.heard == [shown]


def refuse_loads(command: Command) -> Message | None:
    return Message("Too large.") if isinstance(command, Load) else None


def test_that_a_refused_load_leaves_the_earlier_run_on_display(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.runner.refuse = refuse_loads
    desk.edit(UNITS, 8)
    assert [event.message.text for event in desk.heard if isinstance(event, Rejected)] == ["Too large."]
    desk.forget()
    still = desk.runner.train(3, run_id=first)
    desk.controller.poll()
    assert desk.heard == [still]


def test_that_play_after_a_refused_load_says_why_not(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.refuse = refuse_loads
    desk.edit(UNITS, 8)
    desk.forget()
    desk.controller.play()
    assert not desk.runner.sent
    assert isinstance(desk.heard[0], Rejected)


def test_that_a_play_that_waited_for_a_refused_network_waits_no_longer(
    make_desk: Callable[..., Desk], qtbot: QtBot
) -> None:
    desk = make_desk(hold=True).start()
    desk.runner.answer()
    desk.controller.poll()
    desk.runner.refuse = lambda command: Message("Too large.") if isinstance(command, Load) else None
    desk.edit(UNITS, 5)
    desk.controller.play()
    assert desk.controller.play_is_waiting
    desk.runner.answer()
    with qtbot.waitSignal(desk.controller.state_changed):
        desk.controller.poll()
    assert not desk.controller.play_is_waiting


def test_that_undoing_a_refused_load_makes_play_work_again(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.refuse = refuse_loads
    desk.edit(UNITS, 8)
    desk.document.undo_stack.undo()
    desk.controller.poll()
    desk.play()


def test_that_a_refused_change_is_not_sent_again(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.refuse = lambda command: Message("No.") if isinstance(command, Change) else None
    desk.edit(RATE, 0.01)
    for _ in range(3):
        desk.controller.poll()
    assert len(desk.runner.sent_of(Change)) == 1
    desk.play()


@pytest.mark.parametrize(
    ("ending", "state"),
    [("finished", RunState.FINISHED), ("diverged", RunState.DIVERGED), ("failed", RunState.FAILED)],
)
def test_that_an_ending_is_a_state_and_is_told_once(
    make_desk: Callable[..., Desk], ending: str, state: RunState
) -> None:
    desk = make_desk().start().play()
    desk.runner.end(ending, "It ended.")
    desk.controller.poll()
    assert desk.controller.state is state
    assert [type(event) for event in desk.heard].count(Ended) == 1


def test_that_a_finished_run_continues(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.runner.end("finished", "All epochs are done.")
    desk.controller.poll()
    desk.controller.toggle()
    desk.controller.poll()
    assert desk.runner.sent[-1] == Continue()
    assert desk.controller.state is RunState.PLAYING
    assert desk.controller.ending is None


def test_that_more_epochs_open_a_finished_run_again(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.runner.end("finished", "All epochs are done.")
    desk.controller.poll()
    desk.edit("training.epochs", 500)
    assert desk.controller.state is RunState.PAUSED


def test_that_a_diverged_run_is_still_diverged_when_it_comes_back(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.runner.end("diverged", "The loss is no number.")
    desk.controller.poll()
    desk.edit(UNITS, 8)
    assert desk.controller.state is RunState.READY
    desk.document.undo_stack.undo()
    desk.controller.poll()
    assert desk.controller.state is RunState.DIVERGED


def test_that_a_run_that_begins_anew_has_not_ended(make_desk: Callable[..., Desk]) -> None:
    """Its file has changed: what it came to on the old rows is no ending of this one."""
    desk = make_desk().start().play()
    desk.runner.end("diverged", "The loss is no number.")
    desk.controller.poll()
    desk.edit(UNITS, 8)
    desk.runner.changed_files = {1}
    desk.document.undo_stack.undo()
    desk.controller.poll()
    assert desk.controller.state is RunState.READY


def test_that_a_diverged_run_does_not_play(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.runner.end("diverged", "The loss is no number.")
    desk.controller.poll()
    desk.forget()
    desk.controller.play()
    desk.controller.step()
    assert not desk.runner.sent


def test_that_a_failure_of_what_was_asked_leaves_the_bridge_open(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True).start()
    desk.runner.answer()
    desk.controller.poll()
    desk.document.edit({UNITS: 8}, "Change")
    desk.runner.report(Ended(1, "failed", Message("It broke."), 0))
    desk.controller.poll()
    desk.document.edit({UNITS: 9}, "Change")
    assert desk.runner.sent_of(Load)[-1].run.experiment.network[0].units == 9


def test_that_step_is_passed_on(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.controller.step()
    desk.controller.poll()
    assert isinstance(desk.runner.sent[-1], StepOnce)
    assert desk.controller.state is RunState.PAUSED


def test_that_speed_and_parts_are_passed_on(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.controller.set_speed(None)
    desk.controller.show_parts(frozenset({"decision"}))
    assert desk.runner.sent[-2:] == [SetSpeed(None), ShowParts(frozenset({"decision"}))]


def test_that_the_timer_is_slow_while_nothing_happens(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    timer = desk.controller.findChild(QObject)
    assert timer.interval() == SLOW
    desk.play()
    assert timer.interval() == FAST


def test_that_the_saved_run_holds_an_edit_of_this_moment(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True).start()
    desk.runner.answer()
    desk.runner.train(7)
    desk.controller.poll()
    desk.document.edit({RATE: 0.01}, "Change")
    saved = desk.controller.run_to_save()
    assert saved.edits[-1].step == 7
    assert saved.at(7) == desk.document.experiment


def test_that_closing_ends_the_thread_once(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.controller.close()
    desk.controller.close()
    assert desk.runner.closed


def test_that_qt_gives_no_reference_to_none_away() -> None:
    """PySide6 6.12.0 does, and kills the process after a while."""
    before = sys.getrefcount(None)
    for _ in range(200):
        QObject().parent()
    # On Python 3.12 and later None is immortal and its count stands still.
    assert sys.getrefcount(None) >= before - 20


# lanes and time


def test_that_a_twin_is_forked_and_then_shown_beside_the_other(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.train(30)
    desk.controller.poll()
    first = desk.document.state.run_id
    desk.forget()
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    twin = desk.document.state.run_id
    assert desk.runner.sent_of(Fork) == [Fork(twin, first, None, {RATE: 0.5})]
    assert desk.runner.sent_of(Arrange) == [Arrange((first, twin), twin)]
    assert desk.controller.state is RunState.PAUSED
    assert desk.controller.newest == 30


def test_that_a_new_network_and_its_twin_in_one_breath_are_two_runs(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.forget()
    one, other = ({"kind": kind} for kind in ("xavier", "zeros"))
    desk.document.edit({"network.0.weights": one}, "New")
    desk.document.what_if({"network.0.weights": other}, "twin")
    desk.settle()
    [load], [fork] = desk.runner.sent_of(Load), desk.runner.sent_of(Fork)
    assert load.run.experiment.network[0].weights.kind == "xavier"
    assert (fork.source, fork.patch) == (load.run_id, {"network.0.weights": other})


def test_that_undoing_a_twin_takes_it_off_the_stage_and_redoing_builds_nothing(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    twin = desk.document.state.run_id
    desk.forget()
    desk.document.undo_stack.undo()
    desk.controller.poll()
    desk.document.undo_stack.redo()
    desk.controller.poll()
    assert desk.runner.sent == [Arrange((first,), first), Arrange((first, twin), twin)]


def test_that_a_twin_of_a_playing_run_pauses_it_first(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start().play()
    desk.forget()
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    assert isinstance(desk.runner.sent[0], Pause)


def test_that_a_pinned_lane_is_told_to_stand_still(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    desk.forget()
    desk.document.lanes.pin(0, True)
    desk.controller.poll()
    [arranged] = desk.runner.sent_of(Arrange)
    assert arranged.still == {first}


def test_that_a_pinned_run_that_has_trained_can_be_reset(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.train(20)
    desk.controller.poll()
    desk.document.lanes.pin(0, True)
    desk.settle()
    assert desk.controller.state is RunState.PAUSED


def test_that_a_live_edit_after_choosing_a_lane_goes_to_that_lane(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    desk.document.viewpoint.select(0)
    desk.controller.poll()
    desk.forget()
    desk.edit(RATE, 0.01)
    assert desk.runner.sent == [Change({RATE: 0.01})]
    assert desk.controller.state is RunState.READY
    assert desk.document.state.run_id == first


def test_that_a_restarting_edit_replaces_the_selected_lane_alone(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    desk.forget()
    desk.edit(UNITS, 5)
    desk.controller.poll()
    assert len(desk.runner.sent_of(Load)) == 1
    assert desk.runner.sent_of(Arrange) == []
    assert desk.document.state.run_ids == (first, desk.document.state.run_id)


def test_that_lanes_play_on_until_all_have_ended(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    twin = desk.document.state.run_id
    desk.play()
    desk.runner.report(Ended(twin, "diverged", Message("The loss is no number."), 9))
    desk.controller.poll()
    assert desk.controller.state is RunState.PLAYING
    desk.runner.report(Ended(first, "finished", Message("Finished."), 50))
    desk.controller.poll()
    assert desk.controller.state is RunState.FINISHED


def test_that_the_document_follows_the_log_of_an_opened_run(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    run = Run(spiral()).with_edit(30, {RATE: 0.03})
    desk.document.open_run(run)
    desk.settle()
    desk.play()
    desk.forget()
    desk.runner.train(40)
    desk.runner.report(Reached(desk.document.state.run_id, 30, run.at(30)))
    desk.settle()
    assert desk.document.experiment.training.learning_rate == 0.03
    assert not desk.document.modified
    assert desk.runner.sent == []
    assert desk.controller.run_to_save() == run


def test_that_a_fault_stops_the_lanes_beside_too(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    desk.play()
    desk.runner.end("failed", "It broke.")
    desk.controller.poll()
    assert desk.controller.state is RunState.FAILED


def test_that_more_epochs_for_a_lane_that_stands_still_are_no_news_for_the_others(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk().start()
    first = desk.document.state.run_id
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    desk.document.lanes.pin(1, True)
    desk.settle()
    desk.runner.report(Ended(first, "finished", Message("Finished."), 50))
    desk.controller.poll()
    assert desk.controller.state is RunState.FINISHED
    desk.edit("training.epochs", 500)
    desk.settle()
    assert desk.controller.state is RunState.FINISHED


def test_that_a_finished_lane_with_more_epochs_counts_again(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.document.what_if({RATE: 0.5}, "")
    desk.settle()
    first, twin = desk.document.state.run_ids
    desk.play()
    desk.runner.report(Ended(twin, "finished", Message("Finished."), 50))
    desk.controller.poll()
    desk.edit("training.epochs", 500)
    desk.settle()
    desk.runner.report(Ended(first, "finished", Message("Finished."), 50))
    desk.controller.poll()
    assert desk.controller.state is RunState.PLAYING


def test_that_a_past_step_shows_the_values_that_were_in_force_then(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.train(20)
    desk.controller.poll()
    desk.edit(RATE, 0.77)
    desk.runner.train(20)
    desk.controller.poll()
    before = desk.document.experiment.training.learning_rate
    desk.controller.scrub(10, exact=True)
    desk.controller.poll()
    assert desk.runner.sent_of(Scrub) == [Scrub(10, True)]
    assert desk.document.viewpoint.at == 10
    assert desk.document.viewpoint.experiment.training.learning_rate == spiral().training.learning_rate
    assert desk.document.experiment.training.learning_rate == before == 0.77
    desk.controller.scrub(None, exact=True)
    assert desk.document.viewpoint.at is None


def test_that_play_at_a_past_step_asks_where_to_go_on(make_desk: Callable[..., Desk], qtbot: QtBot) -> None:
    desk = make_desk().start()
    desk.runner.train(40)
    desk.controller.poll()
    desk.controller.scrub(10, exact=True)
    desk.forget()
    with qtbot.waitSignal(desk.controller.place_asked):
        desk.controller.toggle()
    assert desk.runner.sent == []


def test_that_a_change_at_a_past_step_brings_both_sides_back_to_the_present(make_desk: Callable[..., Desk]) -> None:
    """A new name rearranges no lanes, an undone live edit is a change: neither leaves the plots in the past."""
    desk = make_desk().start()
    desk.edit(RATE, 0.77)
    desk.runner.train(40)
    desk.controller.poll()
    for change in (lambda: desk.document.lanes.rename(0, "mine"), desk.document.undo_stack.undo):
        desk.controller.scrub(10, exact=True)
        desk.controller.poll()
        assert desk.runner.latest().at == 10
        change()
        desk.settle()
        assert desk.document.viewpoint.at is None
        assert desk.runner.latest().at is None


@pytest.mark.parametrize("order", ["step", "epoch"])
def test_that_a_step_at_a_past_step_shows_the_present(make_desk: Callable[..., Desk], order: str) -> None:
    desk = make_desk().start()
    desk.runner.train(40)
    desk.controller.poll()
    desk.controller.scrub(10, exact=True)
    desk.controller.poll()
    getattr(desk.controller, order)()
    desk.controller.poll()
    assert desk.document.viewpoint.at is None


def test_that_looking_back_while_playing_is_not_undone_by_a_picture_of_before(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(hold=True).start()
    desk.runner.answer()
    desk.controller.poll()
    desk.controller.play()
    desk.runner.answer()
    desk.controller.poll()
    desk.runner.train(40)
    desk.controller.poll()
    desk.controller.scrub(10, exact=True)
    desk.runner.train(1)
    desk.controller.poll()
    assert desk.document.viewpoint.at == 10


def test_that_continuing_from_a_past_step_forks_there_and_plays(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    desk.runner.train(40)
    desk.controller.poll()
    first = desk.document.state.run_id
    desk.controller.scrub(10, exact=True)
    desk.controller.poll()
    desk.forget()
    desk.document.continue_here()
    desk.controller.play()
    desk.settle()
    run = desk.document.state.run_id
    assert desk.runner.sent == [Fork(run, first, 10, {}), Arrange((run,), run), Play()]
    assert desk.controller.newest == 10
    desk.document.undo_stack.undo()
    desk.settle()
    assert desk.controller.newest == 40


def test_that_a_question_is_answered_in_the_window_s_thread(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk().start()
    answers: list[object] = []
    desk.controller.ask(AskWho(), answers.append)
    assert answers == []
    desk.controller.poll()
    assert answers == [desk.runner]


def test_that_a_live_edit_of_an_opened_run_that_is_not_asked_for_yet_reaches_the_runner(
    make_desk: Callable[..., Desk],
) -> None:
    desk = make_desk(hold=True)
    desk.start()
    # the first network is still being built
    desk.document.open_run(Run(spiral()))
    desk.edit(RATE, 0.0123)
    desk.runner.hold = False
    desk.runner.answer()
    desk.settle()
    assert [command.patch for command in desk.runner.sent_of(Change)] == [{RATE: 0.0123}]
    assert desk.controller.run_to_save().at(0) == desk.document.experiment

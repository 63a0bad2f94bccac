"""Scrubbing, forking, asking: command by command, without a thread."""

import numpy as np
import pytest

from simulator.errors import ExperimentError
from simulator.experiment.library import load
from simulator.experiment.run import Run
from simulator.message import Message
from simulator.training.desk import scrubber
from simulator.training.desk.commands import (
    Arrange,
    Ask,
    Change,
    Continue,
    Forget,
    Fork,
    Load,
    Pause,
    Play,
    RunEpoch,
    Scrub,
    ShowParts,
    StepOnce,
)
from simulator.training.desk.events import Answered, Ended, Kept, Loaded, Paused, Playing, Reached, Rejected
from simulator.training.desk.questions import AskLosses, AskMoment, AskPast, Question
from simulator.training.frames.network import NetworkFocus
from simulator.training.measuring.framing import frame_of
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.runs import advance, fingerprint
from tests.sessions import Desk, spiral

RATE = "training.learning_rate"


def trained(epochs=3, **values):
    """A desk whose run 1 has made so many epochs."""
    desk = Desk().load(spiral(**values)).rest()
    for _ in range(epochs):
        desk.send(RunEpoch()).rest()
    desk.heard.clear()
    return desk


def losses(desk, run_id=1):
    return desk.timeline(run_id).trainer.losses.newest()[0]


def slowly(monkeypatch):
    """Let every slice of a way back be one step."""
    monkeypatch.setattr(scrubber, "SLICE", 0.0)
    monkeypatch.setattr("simulator.training.desk.builder.SLICE", 0.0)
    monkeypatch.setattr("simulator.training.past.replay.LONGEST", 0.0)
    monkeypatch.setattr("simulator.training.past.timeline.CHUNK", 0.0)


# --- scrubbing ---


def test_that_a_part_is_measured_for_the_units_and_the_example_asked_for_also_of_a_past_step():
    desk = trained()
    one, other = NetworkFocus((None, (1, 5)), 7), NetworkFocus((None, (0, 2, 3)), 7)
    desk.send(ShowParts(frozenset({one}))).rest()
    assert desk.latest.frame.parts[one].layers[1].drawn.tolist() == [1, 5]
    desk.send(Scrub(17, exact=True)).rest()
    assert desk.latest.frame.parts[one].example == 7
    desk.send(ShowParts(frozenset({other, "decision"}))).rest()
    frame = desk.latest.frame
    exact = Trainer(spiral())
    exact.advance(17, measure=True)
    expected = frame_of(exact, {other}).parts[other].layers[1]
    assert (frame.step, frame.parts.keys()) == (17, {other, "decision"})
    for flow in ("weights", "updates", "gradients"):
        ours, theirs = (getattr(layer.connections, flow).between for layer in (frame.parts[other].layers[1], expected))
        np.testing.assert_array_equal(ours, theirs)


def test_that_a_recorded_frame_is_shown_at_once_and_the_exact_one_when_it_is_there(monkeypatch):
    slowly(monkeypatch)
    desk = trained()
    desk.send(Scrub(17, exact=True))
    shown = desk.latest
    assert (shown.at, shown.frame.step, shown.newest) == (17, 10, 30)
    assert (shown.rebuilding.step, shown.rebuilding.share) == (17, 0.0)
    desk.work(4)
    assert 0 < desk.latest.rebuilding.share < 1
    assert desk.latest.rebuilding.seconds_left > 0
    desk.rest()
    assert (desk.latest.frame.step, desk.latest.rebuilding) == (17, None)
    assert desk.latest.losses.step[-1] == 30
    exact = Trainer(spiral())
    exact.advance(17, measure=True)
    for ours, theirs in zip(desk.latest.frame.layers, frame_of(exact).layers, strict=True):
        assert (ours.mean, ours.std, ours.update_ratio) == (theirs.mean, theirs.std, theirs.update_ratio)


def test_that_dragging_shows_what_is_recorded_and_rebuilds_nothing():
    desk = trained()
    for step, frame in ((25, 20), (4, 0), (30, 30), (99, 30), (-3, 0)):
        desk.send(Scrub(step, exact=False))
        assert desk.latest.frame.step == frame
        assert desk.latest.rebuilding is None
    assert desk.session.wait is None


def test_that_scrubbing_pauses():
    desk = trained().send(Play()).work(3)
    desk.send(Scrub(5, exact=False))
    assert [type(event) for event in desk.heard] == [Playing, Paused]
    assert desk.latest.at == 5
    assert desk.latest.steps_per_second is None


def test_that_a_newer_step_cancels_the_way_back_to_an_older(monkeypatch):
    slowly(monkeypatch)
    desk = trained()
    desk.send(Scrub(25, exact=True)).work(3).send(Scrub(12, exact=True))
    assert desk.latest.rebuilding.step == 12
    desk.rest()
    assert desk.latest.frame.step == 12
    assert desk.timeline(1).track.step.tolist() == [0, 10, 12, 20, 30]


@pytest.mark.parametrize("order", [Play(), StepOnce(), RunEpoch(), Continue()], ids=lambda order: type(order).__name__)
def test_that_training_goes_on_from_the_newest_step(monkeypatch, order):
    slowly(monkeypatch)
    desk = trained().send(Scrub(25, exact=True)).work(2).send(order)
    assert not desk.session._scrubber.busy
    desk.work(2).send(Pause())
    picture = desk.latest
    assert picture.at is None
    assert picture.rebuilding is None
    assert picture.frame.step == picture.newest > 30
    plain = Trainer(spiral())
    plain.advance(picture.newest)
    assert losses(desk).tobytes() == plain.losses.newest()[0].tobytes()


def test_that_none_is_the_present():
    desk = trained().send(Scrub(25, exact=True)).rest().send(Scrub(None))
    assert (desk.latest.at, desk.latest.frame.step) == (None, 30)


def test_that_a_frame_of_a_step_shown_again_is_recorded():
    desk = trained().send(Scrub(13, exact=True)).rest()
    desk.send(Scrub(2, exact=False), Scrub(13, exact=True))
    assert desk.latest.frame.step == 13
    assert desk.session.wait is None


def test_that_a_part_opened_after_the_fact_is_rebuilt():
    desk = trained().send(Scrub(13, exact=True)).rest()
    assert "decision" not in desk.latest.frame.parts
    desk.send(ShowParts(frozenset({"decision"})))
    assert desk.latest.rebuilding.step == 13
    desk.rest()
    assert desk.latest.frame.step == 13
    expected = Trainer(spiral())
    expected.advance(13)
    shares = desk.latest.frame.parts["decision"].shares
    np.testing.assert_array_equal(shares, frame_of(expected, {"decision"}).parts["decision"].shares)


def test_that_looking_back_changes_nothing_of_what_comes():
    desk, plain = trained(), Trainer(spiral())
    for step in (3, 28, 0, 30):
        desk.send(ShowParts(frozenset({"decision"} if step else ())), Scrub(step, exact=True)).rest()
        desk.send(StepOnce()).rest()
    advance(plain, 34, 1000)
    assert fingerprint(desk.timeline(1).trainer) == fingerprint(plain)
    assert losses(desk).tobytes() == plain.losses.newest()[0].tobytes()


# --- forks ---


def test_that_a_fork_at_a_past_step_is_kept_and_not_shown():
    desk = trained().send(Fork(2, 1, 17, {RATE: 0.5})).rest()
    [kept] = desk.told(Kept)
    assert (kept.run_id, kept.step) == (2, 17)
    assert kept.experiment.training.learning_rate == 0.5
    assert kept.run == spiral().with_edit(17, {RATE: 0.5})
    assert desk.told(Loaded) == []
    assert desk.latest.run_id == 1
    desk.send(Arrange((1, 2), 2)).rest()
    shown = desk.latest
    assert (shown.run_id, shown.newest, shown.frame.step) == (2, 17, 17)
    np.testing.assert_array_equal(shown.losses.mean, shown.beside[0].losses.mean[:17])
    assert shown.readings.step.tolist() == [0, 10, 17] or shown.readings.step.tolist() == [0, 10]
    assert [(mark.kind, mark.step) for mark in shown.marks] == [("fork", 17)]
    live = Trainer(spiral())
    live.advance(17)
    live.edit({RATE: 0.5})
    desk.send(Arrange((2,), 2), RunEpoch()).rest()
    live.advance(3)
    assert fingerprint(desk.timeline(2).trainer) == fingerprint(live)


def test_that_a_fork_of_the_present_needs_no_way_back():
    desk = trained().send(Fork(2, 1, None, {"network.1": {"kind": "tanh"}}))
    assert desk.told(Kept)[0].step == 30
    assert desk.session.wait is None


def test_that_a_fork_while_training_is_one_of_a_step_that_was_made():
    desk = trained().send(Play()).work(3).send(Fork(2, 1, None, {RATE: 0.5})).work(3).send(Pause()).rest()
    step = desk.told(Kept)[0].step
    assert 30 < step < desk.latest.newest
    assert losses(desk, 2).tobytes() == losses(desk)[:step].tobytes()


def test_that_a_fork_at_step_0_begins_anew_with_anything_changed():
    patch = {"network.0.units": 3, "training.batch_size": 5}
    desk = trained().send(Fork(2, 1, 0, patch)).rest()
    [kept] = desk.told(Kept)
    assert (kept.step, kept.run.edits) == (0, ())
    assert kept.experiment.network[0].units == 3
    assert desk.timeline(2).trainer.setting is desk.timeline(1).trainer.setting
    desk.send(Fork(3, 1, 0, {"seeds.data": 5})).rest()
    assert desk.timeline(3).trainer.setting is not desk.timeline(1).trainer.setting


def test_that_going_on_from_a_past_step_forgets_what_was_edited_later():
    desk = trained().send(Change({RATE: 0.5}), RunEpoch()).rest().send(Fork(2, 1, 22, {})).rest()
    assert desk.told(Kept)[0].run == spiral()
    desk.send(Arrange((2,), 2), RunEpoch()).rest()
    plain = Trainer(spiral())
    plain.advance(30)
    assert fingerprint(desk.timeline(2).trainer) == fingerprint(plain)


@pytest.mark.parametrize(
    ("source", "step", "patch"),
    [
        (1, 10, {"network.0.units": 3}),
        (1, 10, {"seeds.weights": 3}),
        (1, 31, {RATE: 0.5}),
        (1, -1, {RATE: 0.5}),
        (1, 10, {RATE: -0.5}),
        (1, 0, {"colour": 1}),
        (9, 10, {RATE: 0.5}),
    ],
)
def test_that_what_cannot_be_forked_is_refused_in_a_sentence(source, step, patch):
    desk = trained().send(Fork(2, source, step, patch)).rest()
    [rejected] = desk.told(Rejected)
    assert rejected.run_id == 2
    assert str(rejected.message)
    assert desk.timeline(2) is None
    assert desk.send(StepOnce()).rest().told(Paused)


def test_that_commands_are_obeyed_on_the_way_to_a_fork(monkeypatch):
    slowly(monkeypatch)
    desk = trained().send(Fork(2, 1, 25, {RATE: 0.5})).work(2)
    assert desk.latest.rebuilding.step == 25
    desk.send(Change({"training.l2": 0.1})).send(Forget(2)).rest()
    assert desk.latest.rebuilding is None
    assert desk.told(Kept) == []
    assert desk.timeline(2) is None


def test_that_the_state_rebuilt_for_the_display_serves_the_fork(monkeypatch):
    desk = trained().send(Scrub(25, exact=True)).rest()
    monkeypatch.setattr(Timeline, "past", None)
    desk.send(Fork(2, 1, 25, {RATE: 0.5}))
    assert desk.told(Kept)[0].step == 25


# --- the shelf ---


def test_that_an_unknown_run_is_refused():
    desk = trained().send(Arrange((1, 9), 1)).rest()
    assert [event.run_id for event in desk.told(Rejected)] == [1]
    assert desk.latest.run_id == 1


def test_that_a_forgotten_run_is_gone_and_one_on_display_stays():
    desk = trained().send(Load(2, spiral()), Forget(1), Forget(2), Arrange((1,), 1)).rest()
    assert desk.timeline(1) is None
    assert desk.timeline(2) is not None
    assert len(desk.told(Rejected)) == 1


def test_that_a_run_that_gave_its_memory_up_comes_back_exactly(monkeypatch):
    slowly(monkeypatch)
    desk = trained().send(Change({RATE: 0.5}), RunEpoch()).rest().send(Fork(2, 1, 25, {RATE: 0.1})).rest()
    desk.send(Arrange((2,), 2), RunEpoch(), RunEpoch()).rest()
    before = fingerprint(desk.timeline(2).trainer), desk.timeline(2).marks, losses(desk, 2)
    desk.session._builder._shelf._budget = 0
    desk.send(Load(3, spiral())).rest()
    assert not isinstance(desk.timeline(2), Timeline)
    desk.session._builder._shelf._budget = 256_000_000
    desk.send(Arrange((2, 3), 2)).work(2)
    assert desk.latest.run_id == 3
    assert 0 < desk.latest.rebuilding.share < 1
    desk.rest()
    assert desk.told(Loaded)[-1].step == desk.latest.newest
    after = fingerprint(desk.timeline(2).trainer), desk.timeline(2).marks, losses(desk, 2)
    assert after[:2] == before[:2]
    assert after[2].tobytes() == before[2].tobytes()


def test_that_a_resting_run_holds_no_room_for_passes():
    desk = trained()
    busy = desk.timeline(1).trainer.memory
    desk.send(Load(2, spiral())).rest()
    assert desk.timeline(1).trainer.memory < busy / 10


# --- questions ---


def test_that_a_question_is_answered_about_the_selected_lane():
    desk = trained().send(Load(2, spiral()), Arrange((1, 2), 1)).rest()
    desk.send(Ask(5, AskMoment()))
    [answered] = desk.told(Answered)
    assert (answered.ticket, answered.value.snapshot.step, answered.message) == (5, 30, None)


def test_that_the_losses_of_every_step_are_told_of_the_lane_that_is_named():
    desk = trained().send(Load(2, spiral(training__learning_rate=0.3)), Arrange((1, 2), 1)).rest()
    desk.send(RunEpoch()).rest().send(Ask(5, AskLosses(), 2), Ask(6, AskLosses()), Ask(7, AskLosses(), 9))
    other, selected, nobody = desk.told(Answered)
    for answered, run_id in ((other, 2), (selected, 1)):
        trainer, losses = desk.timeline(run_id).trainer, answered.value
        assert losses.step.tolist() == list(range(1, trainer.step + 1))
        curve = trainer.losses.curve()
        assert losses.step.size > 20
        assert curve.step.size == losses.step.size
        assert (losses.data + losses.penalty).tolist() == curve.mean.tolist()
    assert other.value.data.tolist() != selected.value.data.tolist()
    assert nobody.message is not None


def test_that_the_past_can_be_used_in_another_thread_while_training_goes_on():
    desk = trained(training__epochs=200)
    desk.send(Ask(1, AskPast())).send(Play())
    past = desk.told(Answered)[0].value
    desk.work(5)
    trainer = past.restored(23)
    plain = Trainer(spiral())
    plain.advance(23)
    assert fingerprint(trainer) == fingerprint(plain)


def test_that_a_question_without_an_answer_says_why(caplog):
    class Refused(Question[None]):
        def answer(self, timeline):
            raise ExperimentError(Message("No such layer."))

    class Broken(Question[None]):
        def answer(self, timeline):
            return timeline.nonsense

    desk = Desk().send(Ask(1, AskPast()))
    desk.load(spiral()).rest().send(Ask(2, Refused()), Ask(3, Broken()))
    answers = desk.told(Answered)
    assert [answer.value for answer in answers] == [None] * 3
    assert str(answers[1].message) == "No such layer."
    assert "nonsense" not in str(answers[2].message)
    assert "nonsense" in caplog.text


# --- pictures ---


def test_that_a_picture_holds_recent_losses_the_track_and_the_cost_of_frames():
    desk = Desk().load(Run(load("digits").experiment)).rest().send(ShowParts(frozenset({"decision"})))
    for _ in range(3):
        desk.send(RunEpoch()).rest()
    picture = desk.latest
    per_epoch = picture.steps_per_epoch
    assert picture.recent.step.tolist() == list(range(1, 3 * per_epoch + 1))
    np.testing.assert_array_equal(picture.recent.mean, desk.timeline(1).trainer.losses.curve().mean)
    assert picture.track.step.tolist() == [0, per_epoch, 2 * per_epoch, 3 * per_epoch]
    assert picture.track.epoch.tolist() == [0, 1, 2, 3]
    assert picture.track.std.shape == (4, 3)
    assert picture.track.std[-1].tolist() == pytest.approx([layer.std for layer in picture.frame.layers])
    assert picture.part_seconds.keys() == {"frame", "decision"}
    assert all(seconds > 0 for seconds in picture.part_seconds.values())


def test_that_data_losses_leave_the_penalty_out():
    desk = trained(training__l2=0.1)
    data, penalties = desk.timeline(1).trainer.losses.newest()
    np.testing.assert_allclose(desk.latest.data_losses.mean, data)
    np.testing.assert_allclose(desk.latest.losses.mean, data + penalties)
    assert (penalties > 0).all()


def test_that_an_edit_of_the_log_is_told_when_its_step_is_there():
    run = spiral().with_edit(15, {RATE: 0.03})
    desk = Desk().load(run).rest()
    desk.send(RunEpoch()).rest()
    assert desk.told(Reached) == []
    desk.send(RunEpoch()).rest()
    [reached] = desk.told(Reached)
    assert (reached.run_id, reached.experiment) == (1, run.at(15))
    desk.send(Change({RATE: 0.02}), RunEpoch()).rest()
    assert desk.told(Reached) == [reached]


def test_that_a_fault_ends_every_work_and_is_told_once(monkeypatch):
    slowly(monkeypatch)
    desk = trained().send(Scrub(25, exact=True)).work(1)
    desk.session.fail()
    assert [event.ending for event in desk.told(Ended)] == ["failed"]
    assert desk.session.wait is None
    desk.send(StepOnce()).rest()
    assert desk.latest.newest == 31


def test_that_data_are_prepared_once_for_a_run_and_its_forks(monkeypatch):
    desk = trained()
    monkeypatch.setattr("simulator.training.run.trainer.prepare", None)
    desk.send(Fork(2, 1, 12, {RATE: 0.5}), Fork(3, 1, 0, {"network.0.units": 4})).rest()
    assert len(desk.told(Kept)) == 2


def test_that_runs_loaded_with_the_very_same_data_hold_them_once(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text("a,b,class\n" + "1,2,x\n3,5,y\n" * 8)
    data = {"kind": "csv_file", "path": str(file)}
    desk = Desk().load(*(spiral(data=data, network__0__units=units) for units in (3, 4)))
    desk.send(Arrange((1, 2), 1)).rest()
    settings = [desk.timeline(run_id).trainer.setting for run_id in (1, 2)]
    assert settings[0] is settings[1]
    file.write_text("a,b,class\n" + "1,2,x\n3,9,y\n" * 8)
    for run_id, seed in ((3, 0), (4, 5)):
        settings.append(desk.send(Load(run_id, spiral(data=data, seeds__data=seed))).timeline(run_id).trainer.setting)
    assert len(set(map(id, settings))) == 3
    assert settings[2].dataset.features.max() == 9
    assert settings[2].dataset is settings[3].dataset
    assert desk.timeline(2).trainer.setting is settings[1]

"""The thread round the trainer: what is sent, what is answered, how a run ends."""

import itertools
import threading
import time

import pytest

from simulator.experiment.experiment import Experiment
from simulator.experiment.library import load
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.desk.commands import (
    Arrange,
    Ask,
    Change,
    Continue,
    Fork,
    Load,
    Pause,
    Play,
    RunEpoch,
    Scrub,
    SetSpeed,
    ShowParts,
    StepOnce,
)
from simulator.training.desk.events import (
    Answered,
    Changed,
    Ended,
    Kept,
    Loaded,
    Paused,
    Playing,
    Prepared,
    Preparing,
    Rejected,
)
from simulator.training.desk.questions import AskMoment
from simulator.training.desk.runner import Runner
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer
from tests.runs import fingerprint

PATIENCE = 20


class Listener:
    """A runner and all it said."""

    def __init__(self):
        self.runner = Runner()
        self.heard = []
        self.runner.start()

    def send(self, *commands):
        for command in commands:
            self.runner.send(command)

    def wait_for(self, kind, count=1):
        """Wait until `count` events of a kind have been heard since the start; return the last of them."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self.heard += self.runner.events()
            found = [event for event in self.heard if isinstance(event, kind)]
            if len(found) >= count:
                return found[count - 1]
            assert time.monotonic() < deadline, f"{kind.__name__} never came; heard {self.kinds()}"
            time.sleep(0.002)

    def kinds(self):
        self.heard += self.runner.events()
        return [type(event) for event in self.heard]


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    assert listener.runner.close(30)
    assert not any(thread.name == "obuka-runner" for thread in threading.enumerate())


def spiral(**patch):
    patch = {name.replace("__", "."): value for name, value in patch.items()}
    return Run(apply(load("spiral").experiment, patch))


def test_that_a_run_is_prepared_loaded_played_and_ended_once(listener):
    listener.send(Load(7, spiral(training__epochs=3)), Play())
    ended = listener.wait_for(Ended)
    time.sleep(0.05)
    # where kernels are compiled first, it says so several times
    told = [kind for kind, _ in itertools.groupby(listener.kinds())]
    assert told == [Preparing, Prepared, Loaded, Playing, Ended]
    assert (ended.run_id, ended.ending, ended.step) == (7, "finished", 30)
    picture = listener.runner.latest()
    assert picture.frame.step == 30
    assert picture.readings.step[-1] == 30
    assert picture.losses.step[-1] == 30


def test_that_a_loaded_run_waits_at_step_0_with_a_picture(listener):
    listener.send(Load(1, spiral()))
    loaded = listener.wait_for(Loaded)
    assert (loaded.run_id, loaded.step, loaded.run) == (1, 0, spiral())
    assert loaded.facts.parameters == 16 * 2 + 16 + 16 * 16 + 16 + 16 * 2 + 2
    deadline = time.monotonic() + PATIENCE
    while listener.runner.latest() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    picture = listener.runner.latest()
    assert picture.frame is picture.start
    assert picture.frame.step == 0
    assert picture.steps_per_epoch == 10
    assert picture.readings.step.tolist() == [0]


def test_that_one_step_is_one_step(listener):
    listener.send(Load(1, spiral()))
    for step in (1, 2):
        listener.send(StepOnce())
        assert listener.wait_for(Paused, step).step == step
    picture = listener.runner.latest()
    assert picture.frame.step == 2
    assert all(layer.update_ratio is not None for layer in picture.frame.layers[1:])


def test_that_two_steps_asked_for_at_once_are_two_steps(listener):
    listener.send(Load(1, spiral()), StepOnce(), StepOnce())
    listener.wait_for(Paused)
    time.sleep(0.2)
    assert listener.runner.latest().frame.step == 2


def test_that_an_epoch_is_run_to_its_end(listener):
    listener.send(Load(1, spiral()), StepOnce())
    listener.wait_for(Paused)
    for epoch in (1, 2):
        listener.send(RunEpoch())
        assert listener.wait_for(Paused, 1 + epoch).step == 10 * epoch


def test_that_pausing_keeps_the_weights_and_playing_goes_on(listener):
    listener.send(Load(1, spiral()), Play())
    listener.wait_for(Playing)
    time.sleep(0.05)
    listener.send(Pause())
    first = listener.wait_for(Paused).step
    time.sleep(0.05)
    assert listener.runner.latest().frame.step == first
    listener.send(StepOnce())
    assert listener.wait_for(Paused, 2).step == first + 1


def test_that_a_live_edit_is_logged_with_its_step(listener):
    patch = {"training.learning_rate": 0.5}
    listener.send(Load(1, spiral()), RunEpoch())
    listener.wait_for(Paused)
    listener.send(Change(patch))
    changed = listener.wait_for(Changed)
    assert changed.step == 10
    assert changed.run == spiral().with_edit(10, patch)
    assert changed.experiment.training.learning_rate == 0.5


@pytest.mark.parametrize(
    "patch", [{"training.learning_rate": -1}, {"seeds.order": 5}, {"training.batch_size": "many"}], ids=str
)
def test_that_a_wrong_edit_is_rejected_in_a_sentence_and_the_run_goes_on(listener, patch):
    listener.send(Load(1, spiral()), Change(patch), StepOnce())
    assert str(listener.wait_for(Rejected).message)
    assert listener.wait_for(Paused).step == 1


def test_that_an_edit_of_nothing_is_rejected_too(listener):
    listener.send(Load(1, spiral()), Change({"network.9.slope": 0.1}), StepOnce())
    listener.wait_for(Paused)
    assert Ended not in listener.kinds()


def test_that_a_diverging_run_ends_as_diverged_and_says_why(listener):
    listener.send(Load(1, spiral(training__learning_rate=1e9)), Play())
    ended = listener.wait_for(Ended)
    assert ended.ending == "diverged"
    assert str(ended.message).startswith("Diverged: ")
    listener.send(Play())
    assert listener.wait_for(Ended, 2).ending == "diverged"


def test_that_a_finished_run_may_be_continued(listener):
    listener.send(Load(1, spiral(training__epochs=1)), Play())
    listener.wait_for(Ended)
    listener.send(Play())
    listener.wait_for(Ended, 2)
    listener.send(SetSpeed(None), Continue())
    listener.wait_for(Playing, 2)
    time.sleep(0.05)
    listener.send(Pause())
    assert listener.wait_for(Paused).step > 10


def test_that_a_run_kept_is_shown_again_with_its_step_and_weights(listener):
    listener.send(Load(1, spiral()), RunEpoch())
    listener.wait_for(Paused)
    before = listener.runner.latest()
    listener.send(Load(2, spiral(seeds__weights=5)), StepOnce())
    listener.wait_for(Paused, 2)
    listener.send(Arrange((1,), 1))
    loaded = listener.wait_for(Loaded, 3)
    assert (loaded.run_id, loaded.step) == (1, 10)
    listener.send(StepOnce())
    assert listener.wait_for(Paused, 3).step == 11
    again = Trainer(spiral())
    again.advance(11, measure=True)
    expected = frame_of(again)
    shown = listener.runner.latest()
    assert shown.run_id == 1
    assert shown.sequence > before.sequence
    assert [layer.std for layer in shown.frame.layers] == [layer.std for layer in expected.layers]


def test_that_switching_to_an_unknown_run_changes_nothing(listener):
    listener.send(Load(1, spiral()), Arrange((99,), 99), StepOnce())
    assert listener.wait_for(Paused).run_id == 1


def test_that_commands_without_a_run_are_harmless(listener):
    listener.send(
        Play(), Pause(), StepOnce(), RunEpoch(), Change({"training.l2": 1.0}), ShowParts(frozenset({"decision"}))
    )
    listener.send(Load(1, spiral()), StepOnce())
    assert listener.wait_for(Paused).step == 1
    assert Ended not in listener.kinds()


def test_that_the_decision_map_comes_when_it_is_asked_for(listener):
    listener.send(Load(1, spiral()), StepOnce())
    listener.wait_for(Paused)
    assert listener.runner.latest().frame.parts == {}
    listener.send(ShowParts(frozenset({"decision"})), StepOnce())
    listener.wait_for(Paused, 2)
    assert listener.runner.latest().frame.parts["decision"] is not None


@pytest.mark.parametrize("speed", [20.0, 200.0])
def test_that_the_speed_is_the_one_asked_for(listener, speed):
    listener.send(Load(1, spiral()), SetSpeed(speed), Play())
    listener.wait_for(Playing)
    began = time.monotonic()
    time.sleep(1.0)
    listener.send(Pause())
    step = listener.wait_for(Paused).step
    spent = time.monotonic() - began
    assert step <= speed * spent + 2
    assert step >= 0.5 * speed


def test_that_a_slow_run_pauses_at_once(listener):
    listener.send(Load(1, spiral()), SetSpeed(1.0), Play())
    listener.wait_for(Playing)
    began = time.monotonic()
    listener.send(Pause())
    listener.wait_for(Paused)
    assert time.monotonic() - began < 0.9


def test_that_whatever_fails_is_one_ending_and_the_thread_lives(listener, monkeypatch):
    listener.send(Load(1, spiral()))
    listener.wait_for(Loaded)

    def fail(*_, **__):
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr(Trainer, "advance", fail)
    listener.send(Play())
    ended = listener.wait_for(Ended)
    assert (ended.ending, ended.run_id) == ("failed", 1)
    assert "a fault of the program" not in str(ended.message)
    monkeypatch.undo()
    listener.send(Load(2, spiral()), StepOnce())
    assert listener.wait_for(Paused).run_id == 2
    assert listener.kinds().count(Ended) == 1


def test_that_a_run_that_cannot_be_built_is_rejected_and_the_old_one_stays(listener, monkeypatch):
    listener.send(Load(1, spiral()))
    listener.wait_for(Loaded)

    def refuse(*_):
        raise MemoryError

    monkeypatch.setattr("simulator.training.run.network.compile_program", refuse)
    listener.send(Load(2, spiral()))
    rejected = listener.wait_for(Rejected)
    assert rejected.run_id == 2
    assert "memory" in str(rejected.message)
    monkeypatch.undo()
    listener.send(StepOnce())
    assert listener.wait_for(Paused).run_id == 1


def test_that_a_closed_runner_has_no_thread_left():
    runner = Runner()
    assert runner.close()
    runner = Runner()
    runner.start()
    runner.send(Load(1, Run(Experiment())))
    runner.send(Play())
    assert runner.close(30)
    assert runner.close()


def test_that_pictures_are_numbered_upwards(listener):
    listener.send(Load(1, spiral()), Play())
    seen = []
    deadline = time.monotonic() + 1
    while time.monotonic() < deadline:
        picture = listener.runner.latest()
        if picture is not None and (not seen or picture.sequence != seen[-1]):
            seen.append(picture.sequence)
        time.sleep(0.001)
    assert seen == sorted(set(seen))
    assert 3 <= len(seen) <= 45


def test_that_the_ghost_of_step_0_is_drawn_over_the_ranges_of_now(listener):
    listener.send(Load(1, spiral(training__learning_rate=1.0)), RunEpoch())
    listener.wait_for(Paused)
    picture = listener.runner.latest()
    assert picture.start.step == 0
    for ghost, layer in zip(picture.start.layers, picture.frame.layers, strict=True):
        assert ghost.output.limit == layer.output.limit


def test_that_a_replayed_run_is_the_run():
    """What the shelf counts on when it gives memory back."""
    trainer = Trainer(spiral())
    trainer.advance(33)
    again = Trainer(trainer.run)
    again.advance(33)
    assert fingerprint(trainer) == fingerprint(again)


# --- time and lanes, with the thread ---


def test_that_scrubbing_while_playing_pauses_and_shows_the_exact_step(listener):
    listener.send(Load(1, spiral()), RunEpoch())
    listener.wait_for(Paused)
    listener.send(Play(), Scrub(7, exact=True))
    paused = listener.wait_for(Paused, 2)
    deadline = time.monotonic() + PATIENCE
    while listener.runner.latest().frame.step != 7 and time.monotonic() < deadline:
        time.sleep(0.002)
    picture = listener.runner.latest()
    assert (picture.at, picture.frame.step, picture.rebuilding, picture.newest) == (7, 7, None, paused.step)
    listener.send(StepOnce())
    assert listener.wait_for(Paused, 3).step == paused.step + 1


def test_that_questions_are_answered_and_forks_kept_while_it_trains(listener):
    listener.send(Load(1, spiral()), Play(), Ask(7, AskMoment()), Fork(2, 1, None, {}))
    answered = listener.wait_for(Answered)
    kept = listener.wait_for(Kept)
    listener.send(Pause())
    paused = listener.wait_for(Paused)
    assert answered.ticket == 7
    assert answered.value.snapshot.step <= kept.step <= paused.step


def test_that_lanes_train_in_the_thread_and_end_once_each(listener):
    listener.send(Load(1, spiral(training__epochs=20)), Fork(2, 1, 0, {"training.epochs": 30}))
    listener.wait_for(Kept)
    listener.send(Arrange((1, 2), 1), Play())
    listener.wait_for(Ended, 2)
    time.sleep(0.05)
    assert [(event.run_id, event.step) for event in listener.heard if isinstance(event, Ended)] == [(1, 200), (2, 300)]
    first, second = listener.runner.latest(), listener.runner.latest().beside[0]
    assert (first.newest, second.newest) == (200, 300)
    assert first.losses.mean.tolist() == second.losses.mean[:200].tolist()

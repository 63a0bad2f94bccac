"""The seven sequences of `docs/architecture.md`, line by line, with the real training thread; and what is let go of."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.running.run_state import RunState
from simulator.experiment import Run
from simulator.training import Arrange, Forget
from tests.app.running.bridge import Bridge
from tests.app.samples import spiral

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "architecture.md"
RATE = "training.learning_rate"
UNITS = "network.0.units"
UNDO_DEPTH = 100


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.controller.close(20.0)


def drawn(title: str) -> list[str]:
    """The messages of a sequence, as the document draws them: lines that begin with > or <."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(title)}\n((?:  .*\n)+)", text, re.MULTILINE)
    assert found, f"no sequence {title!r}"
    return [" ".join(line.split()[:2]) for line in found[1].splitlines() if line.split()[0] in ("<", ">")]


def test_what_happens_when_the_learning_rate_is_moved(bridge: Bridge) -> None:
    bridge.controller.play()
    bridge.until(lambda: bridge.controller.state is RunState.PLAYING)
    drag = object()

    def move() -> None:
        for rate in (0.2, 0.3, 0.4):
            bridge.document.edit({RATE: rate}, "Change learning rate", drag)
            bridge.now += 0.1

    def arrived() -> bool:
        bridge.now += 0.1
        return bridge.runner.messages.count("< Changed") == 2

    run_id = bridge.document.state.run_id
    assert bridge.messages_of(move, arrived) == drawn("The learning rate is moved, while it trains")
    run = bridge.document.runs[run_id].run
    assert [edit.patch for edit in run.edits] == [{RATE: 0.2}, {RATE: 0.4}]
    assert bridge.document.state.run_id == run_id


def test_what_happens_at_play(bridge: Bridge) -> None:
    def playing() -> bool:
        return bridge.controller.state is RunState.PLAYING

    assert bridge.messages_of(bridge.controller.play, playing) == drawn("Play")


def test_what_happens_at_what_if(bridge: Bridge) -> None:
    bridge.controller.play()
    bridge.until(lambda: bridge.controller.newest > 0)
    first = bridge.document.state.run_id
    assert bridge.messages_of(lambda: bridge.document.what_if({RATE: 0.5}, "")) == drawn("What if, while it trains")
    twin = bridge.document.state.run_id
    assert bridge.runner.commands[-1] == Arrange((first, twin), twin)
    assert bridge.document.runs[twin].step == bridge.document.runs[first].step > 0


def test_what_happens_at_undo_of_a_restart(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    first, step = bridge.document.state.run_id, bridge.controller.newest
    restart = bridge.messages_of(lambda: bridge.document.edit({UNITS: 5}, "Change units"))
    assert restart == drawn("A restart")
    assert bridge.controller.newest == 0
    assert bridge.messages_of(bridge.document.undo_stack.undo) == drawn("Undo of a restart")
    assert (bridge.document.state.run_id, bridge.controller.newest) == (first, step)
    assert step > 0


def test_what_happens_at_undo_of_a_weight_after_training_on(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    step = bridge.controller.newest
    bridge.messages_of(lambda: bridge.document.weights.edit("output.b", (0,), 0.0, 0.5))
    bridge.train_an_epoch()
    passed = bridge.messages_of(bridge.document.undo_stack.undo)
    assert passed == drawn("Undo of a weight set by hand, after training on")
    assert bridge.controller.newest == step


def test_what_happens_when_one_looks_back(bridge: Bridge) -> None:
    bridge.train_an_epoch()
    newest = bridge.controller.newest

    def there() -> bool:
        return bridge.picture is not None and bridge.picture.at == 3 == bridge.picture.frame.step

    assert bridge.messages_of(lambda: bridge.controller.scrub(3, exact=True), there) == drawn("Look back")
    assert (bridge.document.viewpoint.at, bridge.controller.newest) == (3, newest)


def test_what_happens_when_a_file_is_opened(bridge: Bridge) -> None:
    run = Run(spiral()).with_edit(4, {RATE: 0.03})
    bridge.train_an_epoch()

    def come_to_its_edit() -> bool:
        return bridge.document.experiment.training.learning_rate == 0.03

    def open_and_train() -> None:
        bridge.document.open_run(run)
        bridge.settle()
        bridge.controller.epoch()

    def done() -> bool:
        return come_to_its_edit() and bridge.controller.state is RunState.PAUSED and bridge.controller.newest > 4

    assert bridge.messages_of(open_and_train, done) == drawn("A file is opened, and trained for an epoch")
    assert not bridge.document.modified
    assert bridge.controller.run_to_save() == run


# --- letting go ---


def test_that_the_engine_is_told_of_runs_that_undo_cannot_reach(bridge: Bridge) -> None:
    more = 3
    for units in range(2, UNDO_DEPTH + more + 2):
        bridge.messages_of(lambda units=units: bridge.document.edit({UNITS: units}, "Change units"))
    bridge.controller.poll()
    forgotten = [command.run_id for command in bridge.runner.commands if isinstance(command, Forget)]
    assert forgotten == list(range(1, more + 1))
    assert len(bridge.document.runs) == UNDO_DEPTH + 1
    before = len(bridge.runner.messages)
    bridge.runner.send(Arrange((more,), more))
    bridge.until(lambda: "< Rejected" in bridge.runner.messages[before:])


def test_that_every_run_that_undo_reaches_is_kept(bridge: Bridge) -> None:
    first = bridge.document.state.run_id
    for units in range(2, 7):
        bridge.messages_of(lambda units=units: bridge.document.edit({UNITS: units}, "Change units"))
    for _ in range(5):
        bridge.messages_of(bridge.document.undo_stack.undo)
    assert bridge.document.state.run_id == first
    assert "> Forget" not in bridge.runner.messages
    assert "< Rejected" not in bridge.runner.messages


def test_that_what_redo_cannot_reach_is_let_go_of(bridge: Bridge) -> None:
    bridge.messages_of(lambda: bridge.document.edit({UNITS: 5}, "Change units"))
    left = bridge.document.state.run_id
    bridge.messages_of(bridge.document.undo_stack.undo)
    bridge.messages_of(lambda: bridge.document.edit({UNITS: 6}, "Change units"))
    assert bridge.runner.commands[-1] == Forget(left)


def test_that_the_source_of_a_twin_yet_to_be_built_is_kept(bridge: Bridge) -> None:
    """A kept run that was forgotten and left the undo stack is gone; one that a twin is still to leave is not."""
    document = bridge.document
    first = document.state.run_id
    document.what_if({RATE: 0.5}, "")
    assert document.runs[document.state.run_id].asked is None
    assert document.runs.keep({document.state.run_id}) == ()
    assert document.runs[first].run is not None
    bridge.settle()
    assert document.runs.keep({document.state.run_id}) == (first,)

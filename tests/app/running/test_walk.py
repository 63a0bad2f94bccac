"""Random walks of edits, weights set by hand, training, undo and looking back: the log replays to what is there."""

import random
from collections.abc import Iterator

import pytest

from app.running.run_state import RunState
from simulator.experiment import WeightEdit
from simulator.training import AskMoment, Moment
from simulator.training.run.trainer import Trainer
from tests.app.running.bridge import Bridge

pytestmark = pytest.mark.long

ACTS = ("weight", "weight", "weight", "bias", "epoch", "step", "undo", "undo", "undo", "redo", "rate", "look back")
ACTS_OF_LANES = ("continue", "twin", "drop", "select", "play", "units")
CALM = 0.8  # share of the acts after which one waits and compares


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.controller.close(20.0)


def moment(bridge: Bridge) -> Moment:
    found: list[Moment] = []
    bridge.controller.ask(AskMoment(), found.append)
    bridge.until(lambda: bool(found))
    return found[0]


def act(bridge: Bridge, chance: random.Random) -> None:
    document, controller = bridge.document, bridge.controller
    match chance.choice(ACTS + ACTS_OF_LANES):
        case "weight":
            place = (chance.randrange(2), chance.randrange(3))
            document.weights.edit("network.0.W", place, 0.0, chance.choice((0.5, 1.0, 2.0)))
        case "bias":
            document.weights.edit("output.b", (chance.randrange(2),), 0.0, chance.choice((0.5, 1.0)))
        case "epoch":
            controller.epoch()
        case "step":
            controller.step()
        case "undo":
            document.undo_stack.undo()
        case "redo":
            document.undo_stack.redo()
        case "rate":
            document.edit({"training.learning_rate": chance.choice((0.01, 0.02, 0.05))}, "Change learning rate")
        case "units":
            document.edit({"network.0.units": chance.choice((8, 16))}, "Change units")
        case "look back":
            controller.scrub(chance.randrange(controller.newest + 1), exact=chance.random() < 0.5)
        case "continue":
            document.continue_here()
        case "twin":
            document.what_if({"training.l2": chance.choice((0.0, 0.1))}, "")
        case "drop":
            document.lanes.drop(document.state.selected)
        case "select":
            document.viewpoint.select(chance.choice(document.state.lanes).place)
        case "play":
            controller.play()
            if chance.random() < 0.5:
                document.undo_stack.undo()


def come_to_rest(bridge: Bridge) -> None:
    def still() -> bool:
        if bridge.controller.state is RunState.PLAYING:
            bridge.controller.pause()
        moving = bridge.document.runs.moving or bridge.controller.play_is_waiting
        shown = bridge.picture is not None and bridge.picture.newest == bridge.controller.newest
        return bridge.controller._in_step() and not moving and shown

    bridge.settle()
    bridge.until(still)


@pytest.mark.parametrize("seed", range(12))
def test_that_document_and_engine_agree_on_every_weight_set_by_hand(bridge: Bridge, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        act(bridge, chance)
        if chance.random() > CALM:
            continue
        come_to_rest(bridge)
        assert "< Rejected" not in bridge.runner.messages
        if bridge.document.viewpoint.at is not None:
            continue
        found = moment(bridge)
        logged = {(edit.step, edit.parameter, edit.new) for edit in found.run.edits if isinstance(edit, WeightEdit)}
        lane = bridge.document.state.lane
        assert {(edit.step, edit.parameter, edit.new) for edit in lane.weights} == logged
        assert lane.experiment == found.snapshot.experiment
        again = Trainer(found.run)
        again.advance(found.snapshot.step, beyond=True)
        assert again.state.parameters.tobytes() == found.snapshot.weights.parameters.tobytes()
        assert again.strays == {}

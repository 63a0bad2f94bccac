import itertools
import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.document.card_edits import ACTIVATIONS, with_activation, with_card, with_copy, with_move, without_card
from app.document.document import Document
from app.document.lanes import State
from simulator.declaration import kind_of
from simulator.experiment import Experiment, Run, cards, decode, encode, from_plain, load, to_plain
from tests.app.samples import spiral


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(spiral())


def changes_of(document: Document) -> list[tuple[State, State]]:
    seen: list[tuple[State, State]] = []
    document.changed.connect(lambda before, after: seen.append((before, after)))
    return seen


def test_that_a_live_edit_keeps_the_run(document: Document) -> None:
    before, seen = document.state, changes_of(document)

    document.edit({"training.learning_rate": 0.01}, "Change learning rate")

    assert document.experiment.training.learning_rate == 0.01
    assert document.state.run_id == before.run_id
    assert seen == [(before, document.state)]
    assert document.undo_stack.undo_text == "Change learning rate"


def test_that_any_other_edit_begins_a_run_never_used_before(document: Document) -> None:
    first = document.state.run_id
    document.edit({"data.noise": 0.1}, "Change noise")
    second = document.state.run_id
    document.undo_stack.undo()
    document.edit({"data.noise": 0.2}, "Change noise")

    assert len({first, second, document.state.run_id}) == 3


def test_that_one_restarting_field_makes_the_whole_patch_restart(document: Document) -> None:
    before = document.state.run_id
    document.edit({"training.learning_rate": 0.5, "seeds.order": 3}, "Change two")
    assert document.state.run_id != before


def test_that_undo_brings_back_the_very_state_of_before(document: Document) -> None:
    states = [document.state]
    for patch in ({"training.l2": 0.1}, {"network.0.units": 5}, {"training.l2": 0.0}):
        document.edit(patch, "Edit")
        states.append(document.state)
    seen = changes_of(document)

    for earlier in reversed(states[:-1]):
        document.undo_stack.undo()
        assert document.state == earlier
    for later in states[1:]:
        document.undo_stack.redo()
        assert document.state == later
    assert len(seen) == 6


def test_that_a_bad_value_changes_nothing_and_is_refused_in_words(document: Document) -> None:
    before, refused = document.state, []
    document.refused.connect(refused.append)

    document.edit({"training.learning_rate": -1}, "Change learning rate")

    assert document.state is before
    assert document.undo_stack.count() == 0
    assert "learning rate must be between" in str(refused[0])
    assert document.fault({"training.learning_rate": -1}) == refused[0]
    assert document.fault({"training.learning_rate": 1}) is None


def test_that_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    seen = changes_of(document)
    document.edit({"training.learning_rate": document.experiment.training.learning_rate}, "Change learning rate")
    document.set_network(document.experiment.network, "Nothing")
    document.replace(document.experiment, "Nothing")
    assert document.undo_stack.count() == 0
    assert not seen


def test_that_the_edits_of_one_gesture_are_one_step(document: Document) -> None:
    before, drag = document.state, object()
    for rate in (0.2, 0.3, 0.4):
        document.edit({"training.learning_rate": rate}, "Change learning rate", drag)
    assert document.undo_stack.count() == 1

    document.undo_stack.undo()
    assert document.state == before
    document.undo_stack.redo()
    assert document.experiment.training.learning_rate == 0.4


def test_that_other_gestures_and_other_fields_are_steps_of_their_own(document: Document) -> None:
    drag = object()
    document.edit({"training.learning_rate": 0.2}, "Change learning rate", drag)
    document.edit({"training.l2": 0.2}, "Change L2 penalty", drag)
    document.edit({"training.l2": 0.3}, "Change L2 penalty", object())
    document.edit({"training.l2": 0.4}, "Change L2 penalty")
    document.edit({"training.l2": 0.5}, "Change L2 penalty")
    assert document.undo_stack.count() == 5


def test_that_a_slider_dragged_back_finds_its_old_run_and_leaves_no_step(document: Document) -> None:
    before, drag = document.state, object()
    for units in (20, 30, 20, 16):
        document.edit({"network.0.units": units}, "Change units", drag)
    assert document.state == before
    assert document.undo_stack.count() == 0


def test_that_reset_is_the_same_experiment_in_a_new_run(document: Document) -> None:
    before = document.state
    document.reset()
    assert document.experiment == before.experiment
    assert document.state.run_id != before.run_id
    assert document.undo_stack.undo_text == "Reset"
    document.undo_stack.undo()
    assert document.state == before


def test_that_new_weights_change_the_weight_seed_alone(document: Document) -> None:
    seeds = document.experiment.seeds
    document.new_weights()
    assert document.experiment.seeds == msgspec.structs.replace(seeds, weights=seeds.weights + 1)
    document.new_points()
    assert document.experiment.seeds.data == seeds.data + 1


def test_that_the_seed_after_the_last_is_the_first(document: Document) -> None:
    document.edit({"seeds.weights": 2**31 - 1}, "Change weight seed")
    document.new_weights()
    assert document.experiment.seeds.weights == 0


def test_that_an_opened_run_takes_everything_and_can_be_undone(document: Document) -> None:
    before = document.state
    run = Run(load("A4").experiment).with_edit(7, {"training.learning_rate": 0.5})
    document.mark_saved(Path("mine.json"))

    document.open_run(run, Path("theirs.json"))

    assert document.runs.begins(document.state.lane) is run
    assert document.experiment == run.experiment
    assert document.path == Path("theirs.json")
    assert not document.modified
    document.undo_stack.undo()
    assert document.state == before
    assert document.runs.begins(document.state.lane) == Run(before.experiment)
    assert document.path == Path("mine.json")


def test_that_edits_of_an_opened_run_at_step_0_are_in_force(document: Document) -> None:
    document.open_run(Run(document.experiment).with_edit(0, {"training.learning_rate": 0.5}))
    assert document.experiment.training.learning_rate == 0.5


def test_that_saving_and_editing_tell_whether_the_file_is_up_to_date(document: Document) -> None:
    told = []
    document.file_changed.connect(lambda: told.append(document.modified))
    assert not document.modified
    document.edit({"name": "Mine"}, "Change name")
    assert document.modified
    assert document.name == "Mine"
    document.mark_saved(Path("mine.json"))
    assert not document.modified
    document.undo_stack.undo()
    assert document.modified
    assert told[-1] is True


def test_that_a_name_is_no_reason_to_start_again(document: Document) -> None:
    before = document.state.run_id
    document.edit({"name": "Mine"}, "Change name")
    assert document.state.run_id == before


def test_that_copied_layers_get_keys_of_their_own(document: Document) -> None:
    network = document.experiment.network
    document.set_network(with_copy(network, 1), "Duplicate layer")
    keys = [card.entries[0].key for card in cards(document.experiment.network)]
    assert keys == [1, 3, 2]


ACTIONS = st.one_of(
    st.tuples(st.just("rate"), st.floats(-1, 10)),
    st.tuples(st.just("drag"), st.lists(st.integers(0, 40), min_size=1, max_size=4)),
    st.tuples(st.just("units"), st.tuples(st.integers(0, 9), st.integers(-2, 5000))),
    st.tuples(st.just("add"), st.tuples(st.integers(0, 9), st.sampled_from([kind_of(kind) for kind in ACTIVATIONS]))),
    st.tuples(st.just("activation"), st.tuples(st.integers(0, 9), st.sampled_from([kind_of(k) for k in ACTIVATIONS]))),
    st.tuples(st.just("copy"), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("move"), st.tuples(st.integers(0, 9), st.integers(0, 9))),
    st.tuples(st.sampled_from(["reset", "weights", "points", "undo", "redo", "clear", "open"]), st.none()),
)


def act(document: Document, action: str, argument: object) -> None:
    network = document.experiment.network
    known = cards(network)
    stack = document.undo_stack
    match action, argument:
        case "rate", float(rate):
            document.edit({"training.learning_rate": rate}, "Change learning rate")
        case "drag", list(values):
            drag = object()
            for value in values:
                document.edit({"seeds.order": value}, "Change order seed", drag)
        case "units", (place, units):
            document.edit({f"network.{place}.units": units}, "Change units")
        case "add", (after, activation):
            document.set_network(with_card(network, after % (len(known) + 1), "dense", activation), "Add layer")
        case "activation", (number, activation) if known:
            card = known[number % len(known)]
            document.set_network(with_activation(network, card, activation), "Change activation")
        case "copy", int(number) if known:
            document.set_network(with_copy(network, number % len(known) + 1), "Duplicate layer")
        case "delete", int(number) if known:
            document.set_network(without_card(network, number % len(known) + 1), "Delete layer")
        case "move", (number, to) if known:
            moved = with_move(network, number % len(known) + 1, to % len(known) + 1)
            document.set_network(moved, "Move layer")
        case "reset", _:
            document.reset()
        case "weights", _:
            document.new_weights()
        case "points", _:
            document.new_points()
        case "undo", _:
            stack.undo()
        case "redo", _:
            stack.redo()
        case "clear", _:
            document.set_network((), "Delete all")
        case "open", _:
            document.open_run(load("A4"))


def is_sound(state: State) -> bool:
    run = Run(state.experiment)
    keys = [card.entries[0].key for card in cards(state.experiment.network) if hasattr(card.entries[0], "key")]
    rate = state.experiment.training.learning_rate
    return (
        decode(encode(run), "walk.json") == run
        and from_plain(to_plain(state.experiment)) == state.experiment
        and len(set(keys)) == len(keys)
        and 0 not in keys
        and math.isfinite(rate)
        and rate >= 0
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTIONS, max_size=25))
def test_that_any_walk_is_sound_and_can_be_undone_and_redone(qtbot: QtBot, walk: list[tuple[str, object]]) -> None:
    document = Document(Experiment())
    first, seen = document.state, changes_of(document)
    for action, argument in walk:
        before, count = document.state, len(seen)
        act(document, action, argument)
        assert is_sound(document.state)
        if document.state != before:
            assert seen[count][0] == before
            assert seen[-1][1] == document.state
    last = document.state
    while document.undo_stack.can_redo:
        document.undo_stack.redo()
    furthest = document.state
    while document.undo_stack.can_undo:
        document.undo_stack.undo()
    assert document.state == first
    while document.undo_stack.can_redo:
        document.undo_stack.redo()
    assert document.state == furthest
    assert all(before == earlier for (_, earlier), (before, _) in itertools.pairwise(seen))
    assert is_sound(last)


def test_that_a_relative_path_of_data_leads_from_the_file_on_the_table(document: Document, tmp_path: Path) -> None:
    (tmp_path / "plain.csv").touch()
    document.mark_saved(tmp_path / "mine.json")
    document.edit({"data": {"kind": "csv_file", "path": "plain.csv"}}, "Change data")
    assert getattr(document.experiment.data, "path", "") == str(tmp_path / "plain.csv")


def test_that_a_hundred_edits_can_be_undone_and_no_more():
    document = Document()
    for number in range(130):
        document.edit({"training.learning_rate": 0.001 * (number + 1)}, "Change learning rate")
    while document.undo_stack.can_undo:
        document.undo_stack.undo()
    assert document.undo_stack.count() == 100
    assert document.experiment.training.learning_rate == pytest.approx(0.03)

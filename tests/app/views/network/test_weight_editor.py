"""A weight is edited in the picture's panel: the real training thread has it, and undo takes it back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.running.context import Context
from app.theme import Theme
from app.views.network.card import NetworkCard, make
from app.views.network.weight_editor import reach
from simulator.experiment import WeightEdit
from simulator.training import AskMoment, Moment
from tests.app.running.bridge import Bridge
from tests.app.views.network.opened import LARGE


@pytest.fixture
def bridge(qapp: object) -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.controller.close(20.0)


@pytest.fixture
def card(bridge: Bridge, theme: Theme, qtbot: QtBot) -> NetworkCard:
    """A large card on the running bridge, after an epoch."""
    made = make(Context(theme, bridge.document, bridge.controller, lambda _tab: None))
    qtbot.addWidget(made)
    made.resize(*LARGE)
    bridge.controller.picture_changed.connect(made.show_picture)
    bridge.controller.loaded.connect(lambda event: made.set_facts(event.facts))
    made.parts_changed.connect(lambda: bridge.controller.show_parts(made.wanted_parts))
    made.show()
    qtbot.waitExposed(made)
    bridge.document.reset()
    bridge.settle()
    bridge.train_an_epoch()
    bridge.until(lambda: made.drawing.scene is not None)
    return made


def value_of(bridge: Bridge, place: int) -> float:
    """Return a number of the trainer's flat parameters."""
    found: list[Moment] = []
    bridge.controller.ask(AskMoment(), found.append)
    bridge.until(lambda: bool(found))
    return float(found[0].snapshot.weights.parameters[place])


def choose_wire(card: NetworkCard, qtbot: QtBot, source: int, unit: int) -> None:
    """Click the unit, then the row of its sum."""
    scene = card.drawing.scene
    assert scene is not None
    place = scene.place_of((1, unit))
    assert place is not None
    column = scene.columns[place[0]]
    at = QPoint(round(column.x), round(float(column.y[place[1]])))
    qtbot.mouseClick(card.drawing, Qt.MouseButton.LeftButton, pos=at)
    card.panel.table.source_chosen.emit(source)


def test_that_a_typed_weight_is_the_runs_and_undo_takes_it_back(
    bridge: Bridge, card: NetworkCard, qtbot: QtBot
) -> None:
    scene = card.drawing.scene
    assert scene is not None
    unit = scene.columns[1].units[2]
    choose_wire(card, qtbot, 1, unit)
    editor = card.panel.editor
    assert editor.title.text() == f"Weight Input, 2 → Dense 1, {unit + 1}"
    step = bridge.controller.newest
    assert editor.note.text() == f"Enter changes the run from step {step}."
    # two inputs and sixteen units: the weights of the second input come second
    before = value_of(bridge, 16 + unit)
    assert editor.field.number == pytest.approx(before, rel=1e-4)
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "0.75")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    bridge.until(lambda: value_of(bridge, 16 + unit) == 0.75)
    assert bridge.document.undo_stack.undo_text == f"Set weight Input, 2 → Dense 1, {unit + 1}"
    bridge.until(lambda: editor.place is not None and editor.place.value == 0.75)
    assert card.drawing.look.wire == (1, 1, unit)
    bridge.document.undo_stack.undo()
    bridge.until(lambda: value_of(bridge, 16 + unit) == before)
    bridge.until(lambda: editor.place is not None and editor.place.value == before)


def test_that_one_drag_of_the_slider_is_one_step_of_undo(bridge: Bridge, card: NetworkCard, qtbot: QtBot) -> None:
    scene = card.drawing.scene
    assert scene is not None
    unit = scene.columns[1].units[0]
    choose_wire(card, qtbot, 0, unit)
    before, slider = bridge.document.undo_stack.count(), card.panel.editor.slider
    slider.drag_began.emit()
    for share in (0.1, 0.2, 0.3):
        slider.picked.emit(share)
    slider.drag_ended.emit()
    last = card.panel.editor._reach * 0.3
    bridge.until(lambda: value_of(bridge, unit) == pytest.approx(last, rel=1e-6))
    assert bridge.document.undo_stack.count() == before + 1
    [edit] = bridge.document.state.lane.weights
    assert isinstance(edit, WeightEdit)
    assert (edit.step, edit.index) == (bridge.controller.newest, (0, unit))


def test_that_the_past_and_a_run_that_trains_say_why_not(bridge: Bridge, card: NetworkCard, qtbot: QtBot) -> None:
    scene = card.drawing.scene
    assert scene is not None
    choose_wire(card, qtbot, 0, scene.columns[1].units[0])
    editor = card.panel.editor
    assert editor.field.isEnabled()
    bridge.controller.play()
    bridge.until(lambda: not editor.field.isEnabled())
    assert editor.note.text().startswith("Pause first")
    bridge.controller.pause()
    bridge.until(lambda: editor.field.isEnabled())


@pytest.mark.parametrize(("largest", "round_number"), [(0.9, 1), (1.0, 1), (1.7, 2), (4.1, 5), (0.02, 0.02), (0, 1)])
def test_that_the_slider_goes_to_a_round_number(largest, round_number):
    assert reach(largest) == pytest.approx(round_number)

"""The picture of a trained network: what is drawn is what the trainer holds."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.look.lane_look import LaneLook
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.dropout import Dropout
from simulator.layers.maxout import Maxout
from simulator.layers.prelu import PReLU
from simulator.layers.tanh import Tanh
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView
from tests.app.views.network.opened import dense, opened


def test_that_the_weights_drawn_are_the_trainers(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 40, network=(*dense(8, 1), *dense(8, 2)))
    scene = shown.card.drawing.scene
    assert scene is not None
    assert [column.whole for column in scene.columns] == [2, 8, 8, 2]
    for at, wires in enumerate(scene.wires):
        weights = shown.block(at)
        before, column = scene.columns[at], scene.columns[at + 1]
        sources, targets = np.array(before.units)[wires.source], np.array(column.units)[wires.target]
        assert wires.value == pytest.approx(weights[sources, targets])
        whole = before.is_whole and column.is_whole
        least = (0.03 if whole else 0.12) * np.abs(weights).max()
        drawn = np.abs(weights[np.ix_(before.units, column.units)]) >= least
        assert wires.count == drawn.sum()


def test_that_the_switch_shows_the_last_update_and_the_gradient(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 40, network=dense(4, 1))
    card = shown.card
    before = shown.block(0).copy()
    shown.train(41)
    for place, quantity in enumerate(("weight", "update", "gradient")):
        qtbot.mouseClick(card.switch.buttons[place], Qt.MouseButton.LeftButton)
        assert card.quantity == quantity
        assert card.drawing.scene is not None
        wires = card.drawing.scene.wires[0]
        values = {"weight": shown.block(0), "update": shown.block(0) - before}
        if quantity in values:
            assert wires.value == pytest.approx(values[quantity][wires.source, wires.target], rel=1e-3)
    assert np.any(wires.value < 0)


def test_that_dead_units_are_hollow_and_named(show_view: ShowView) -> None:
    shown = opened(show_view, "B7", 40)
    scene = shown.card.drawing.scene
    assert scene is not None
    dead = [unit for unit in scene.columns[1].units if scene.net.layers[1].silent[unit]]
    assert dead
    assert "dead" in [entry.words for entry in shown.card.key.entries]
    shown.card.choose_unit((1, dead[0]))
    assert shown.card.readout.text == f"Dense 1, unit {dead[0] + 1}: dead, 0 on every example"


def test_that_as_many_units_in_each_layer_are_said_to_be_so_in_each(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 2, network=(*dense(40, 1), *dense(40, 2)))
    scene = shown.card.drawing.scene
    assert scene is not None
    assert shown.card.readout.text == f"{len(scene.columns[1].units)} of 40 units each"


def test_that_wide_layers_show_some_units_and_say_so(show_view: ShowView) -> None:
    shown = opened(show_view, "digits", 10)
    scene = shown.card.drawing.scene
    assert scene is not None
    [tile, hidden, _output] = scene.columns
    assert (tile.units, hidden.whole) == ((), 50)
    assert shown.card.readout.text == f"{len(hidden.units)} of 50, {len(hidden.units)} of 10 units"
    strongest = np.sort(np.argsort(-np.linalg.norm(shown.block(1), axis=1))[: len(hidden.units)])
    assert list(hidden.units) == strongest.tolist()
    assert scene.wires[0].kind == "ribbon"
    rms = np.sqrt((shown.block(0) ** 2).mean(axis=0))[list(hidden.units)]
    assert scene.wires[0].value == pytest.approx(rms, rel=1e-5)


def test_that_units_stay_while_it_trains_and_are_chosen_anew_on_pause(show_view: ShowView) -> None:
    shown = opened(show_view, "digits", 1)
    drawing, first = shown.card.drawing, shown.card.drawing.units
    focus = shown.card.asked
    picture = trained_picture(shown.timeline, 300, 300, parts={focus})
    shown.card._drawn_at = 0.0
    shown.card.show_picture(replace(picture, steps_per_second=100.0))
    assert drawing.units == first
    assert drawing.scene is not None
    assert drawing.scene.net.layers[1].flow is not None
    shown.card.show_picture(picture)
    strongest = np.argsort(-np.linalg.norm(shown.block(1), axis=1))[: len(first[1])]
    assert sorted(strongest.tolist()) == list(drawing.units[1])


def test_that_every_kind_of_layer_is_drawn(show_view: ShowView) -> None:
    network = (Tanh(), Maxout(units=4, pieces=3, key=1), Dropout(), Dense(units=5, key=2), BatchNorm(), PReLU())
    shown = opened(show_view, "spiral", 5, network=network)
    scene = shown.card.drawing.scene
    assert scene is not None
    assert [wires.kind for wires in scene.wires] == ["through", "each", "each", "each"]
    assert [layer.detail for layer in scene.net.layers] == [
        "2 features",
        "tanh",
        "Dropout · linear",
        "Batch norm · PReLU",
        "softmax",
    ]


def test_that_a_network_that_explodes_is_drawn_without_its_endless_weights(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 3, network=dense(4, 1))
    shown.timeline.trainer.state.parameters[:] = np.nan
    shown.timeline._edited = True
    shown.train(3)
    assert shown.card.drawing.scene is not None
    assert [wires.count for wires in shown.card.drawing.scene.wires] == [0, 0]
    shown.card.grab()


def test_that_a_click_chooses_a_unit_or_a_connection_and_reads_it(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 40, network=dense(4, 1))
    drawing, scene = shown.card.drawing, shown.card.drawing.scene
    assert scene is not None
    column = scene.columns[1]
    at = QPoint(round(column.x), round(float(column.y[2])))
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=at)
    assert drawing.look.unit == (1, 2)
    assert shown.card.readout.text.startswith("Dense 1, unit 3: active on ")
    wires = scene.wires[0]
    strongest = int(wires.share.argmax())
    x, y = scene.curves(0)[strongest][3]
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    wire = scene.wire_of(0, strongest)
    assert wire is not None
    assert drawing.look.wire == wire
    value = f"{abs(shown.block(0)[wire[1], wire[2]]):.3g}"[:4]
    assert value in shown.card.readout.text
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=QPoint(2, drawing.height() - 2))
    assert drawing.look.unit is None


def test_that_the_keyboard_goes_from_unit_to_unit(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 40, network=dense(4, 1))
    drawing = shown.card.drawing
    drawing.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(drawing, key)
    assert drawing.cursor_unit is not None
    assert drawing.cursor_unit[0] == 1
    assert drawing.accessibleDescription().startswith("Dense 1, unit ")
    qtbot.keyClick(drawing, Qt.Key.Key_Return)
    assert drawing.look.unit == drawing.cursor_unit


def test_that_of_several_runs_the_chosen_one_is_drawn_and_named(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 5, network=dense(4, 1))
    assert shown.card.subtitle_label.text == ""
    shown.card.set_lanes((LaneLook(1, "A", "", 0), LaneLook(2, "B", "He", 1)))
    assert shown.card.subtitle_label.text == "run A"
    other = opened(show_view, "spiral", 9, network=dense(4, 1))
    picture = trained_picture(other.timeline, 9, parts=shown.card.wanted_parts)
    shown.card.show_picture(replace(picture, run_id=2, beside=(shown.card.picture,)))
    assert shown.card.subtitle_label.text == "run B"
    scene = shown.card.drawing.scene
    assert scene is not None
    wires = scene.wires[0]
    assert wires.value == pytest.approx(other.block(0)[wires.source, wires.target])

"""+ and − over the enlarged picture are the edits of the column at the left."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.views.network.layer_tools import next_size
from simulator.experiment import cards
from simulator.layers.dense import Dense
from simulator.layers.relu import ReLU
from tests.app.views.conftest import ShowView
from tests.app.views.network.opened import LARGE, SMALL, dense, opened


@pytest.mark.parametrize(
    ("units", "more", "fewer"), [(1, 2, 1), (4, 5, 3), (19, 20, 18), (20, 30, 19), (50, 60, 40), (64, 70, 60)]
)
def test_that_sizes_go_by_one_and_then_by_round_numbers(units, more, fewer):
    assert (next_size(units, 1), next_size(units, -1)) == (more, fewer)


def test_that_units_layers_and_undo_go_by_the_document(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 5, LARGE, (Dense(units=4, key=1), ReLU(), *dense(3, 2)))
    document, tools = shown.document, shown.card.tools
    start = document.experiment

    def click(button: object) -> None:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    click(tools.steppers[1].more)
    assert cards(document.experiment.network)[0].entries[0].units == 5
    assert document.undo_stack.undo_text == "Change units"
    document.undo_stack.undo()
    assert document.experiment == start
    click(tools.steppers[2].fewer)
    assert cards(document.experiment.network)[1].entries[0].units == 2
    document.undo_stack.undo()
    click(tools.adders[1])
    network = document.experiment.network
    assert [entry.kind for entry in network] == ["dense", "relu", "dense", "relu", "dense", "tanh"]
    assert network[2].units == 4
    assert document.undo_stack.undo_text == "Add layer"
    document.undo_stack.undo()
    click(tools.removers[2])
    assert [entry.kind for entry in document.experiment.network] == ["dense", "relu"]
    assert document.undo_stack.undo_text == "Delete layer"
    document.undo_stack.undo()
    assert document.experiment == start


def test_that_a_layer_of_one_unit_keeps_it(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 5, LARGE, dense(1, 1))
    stepper = shown.card.tools.steppers[1]
    assert not stepper.fewer.isEnabled()
    assert stepper.more.isEnabled()
    assert stepper.more.accessibleName() == "Dense 1: more units"


def test_that_the_small_picture_and_the_past_have_no_tools(show_view: ShowView) -> None:
    small = opened(show_view, "spiral", 5, SMALL, dense(4, 1))
    assert small.card.tools.steppers == {}
    large = opened(show_view, "spiral", 5, LARGE, dense(4, 1))
    assert large.card.tools.steppers[1].isVisible()
    large.document.viewpoint.look_at(2, large.document.experiment)
    assert not large.card.tools.steppers[1].isVisible()


def test_that_the_button_at_a_name_is_seen_with_the_focus(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 5, LARGE, dense(4, 1))
    remover = shown.card.tools.removers[1]
    assert not remover.is_seen
    shown.card.activateWindow()
    remover.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(remover.hasFocus)
    assert remover.is_seen
    assert remover.accessibleName() == "Delete Dense 1"

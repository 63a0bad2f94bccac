"""A number of a view: typed, dragged, stepped, and never out of its bounds."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.forms.number_control import NumberControl
from app.theme import Theme
from simulator.declaration import DeclaredField, Field

PLACES = tuple(0.5 * step for step in range(-20, 21))


def declared(kind: type = float, low: float = -10, high: float = 10) -> DeclaredField:
    return DeclaredField("x", kind, 0, Field("Input", low=low, high=high, help="What goes in."))


@pytest.fixture
def control(qtbot: QtBot, theme: Theme) -> NumberControl:
    made = NumberControl(declared(), PLACES, snaps=True)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def enter(qtbot: QtBot, control: NumberControl, text: str) -> None:
    control.field.selectAll()
    qtbot.keyClicks(control.field, text)
    qtbot.keyClick(control.field, Qt.Key.Key_Return)


def test_that_a_typed_number_is_the_value(qtbot: QtBot, control: NumberControl) -> None:
    with qtbot.waitSignal(control.changed) as changed:
        enter(qtbot, control, "2,5")
    assert changed.args == [2.5]
    assert control.slider.value() == PLACES.index(2.5)


@pytest.mark.parametrize(("typed", "value"), [("99", 10), ("-99", -10), ("2.3", 2.5)])
def test_that_a_typed_number_is_brought_to_a_place(
    qtbot: QtBot, control: NumberControl, typed: str, value: float
) -> None:
    enter(qtbot, control, typed)
    assert control.value == value
    assert control.field.number == value


def test_that_words_change_nothing(qtbot: QtBot, control: NumberControl) -> None:
    control.set_value(1.5)
    enter(qtbot, control, "much")
    assert (control.value, control.field.text()) == (1.5, "1.5")


def test_that_the_slider_and_the_arrows_move_it(qtbot: QtBot, control: NumberControl) -> None:
    heard: list[float] = []
    control.changed.connect(heard.append)
    qtbot.keyClick(control.slider, Qt.Key.Key_Right)
    qtbot.keyClick(control.field, Qt.Key.Key_Up)
    qtbot.keyClick(control.field, Qt.Key.Key_Down)
    assert heard == [0.5, 1.0, 0.5]


def test_that_set_value_is_silent(qtbot: QtBot, control: NumberControl) -> None:
    with qtbot.assertNotEmitted(control.changed):
        control.set_value(3)


def test_that_a_whole_number_stays_whole(qtbot: QtBot, theme: Theme) -> None:
    control = NumberControl(declared(int, 1, 20))
    qtbot.addWidget(control)
    control.show()
    enter(qtbot, control, "7.4")
    assert (control.value, control.field.text()) == (7, "7")


def test_that_both_controls_have_the_label_s_name(control: NumberControl) -> None:
    assert {control.field.accessibleName(), control.slider.accessibleName()} == {"Input"}
    assert "What goes in." in control.toolTip()

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.cards.option_button import OptionButton
from app.look.options import Answer, Option
from app.theme import Theme

SPAN = Option("span", "Time", (Answer("all", "all"), Answer("recent", "recent", "The last steps")), "all")
SCALE = Option("scale", "Scale", (Answer("linear", "linear"), Answer("log", "log")), "log")


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> OptionButton:
    made = OptionButton()
    qtbot.addWidget(made)
    made.set_options([SPAN, SCALE], "Loss")
    made.show()
    qtbot.waitExposed(made)
    return made


def test_that_the_button_says_what_is_in_force(button: OptionButton) -> None:
    assert button.text() == "all · log"
    assert button.accessibleName() == "View of Loss: all, log"
    button.set_options([SPAN], "Loss")
    assert button.text() == "all"


def test_that_the_menu_ticks_the_answers_in_force(button: OptionButton) -> None:
    button.menu().aboutToShow.emit()
    actions = button.menu().actions()
    assert [action.text() for action in actions if action.isChecked()] == ["all", "log"]
    assert [action.text() for action in actions if not action.isEnabled()] == ["Time", "Scale"]


def test_that_an_entry_of_the_menu_chooses_its_answer(button: OptionButton, qtbot: QtBot) -> None:
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    button.menu().aboutToShow.emit()
    recent = next(action for action in button.menu().actions() if action.text() == "recent")
    with qtbot.waitSignal(button.chosen) as chosen:
        recent.trigger()
    assert chosen.args == ["span", "recent"]

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.cards.option_button import OptionButton
from app.look.options import Answer, Option
from app.theme import Theme

SPAN = Option("span", "Time", (Answer("all", "all"), Answer("recent", "recent", "The last steps")), "all")
SCALE = Option("scale", "Scale", (Answer("linear", "linear"), Answer("log", "log")), "log", "Logarithmic")


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


def test_that_the_menu_has_a_menu_for_a_choice_and_a_tick_for_a_switch(button: OptionButton) -> None:
    button.menu().aboutToShow.emit()
    choice, switch = button.menu().actions()
    assert choice.text() == "Time\tall"
    assert [action.text() for action in choice.menu().actions() if action.isChecked()] == ["all"]
    assert (switch.text(), switch.isChecked()) == ("Logarithmic", True)


def test_that_a_single_option_shows_its_answers_at_once(button: OptionButton) -> None:
    button.set_options([SPAN], "Loss")
    button.menu().aboutToShow.emit()
    heading, *answers = button.menu().actions()
    assert (heading.text(), heading.isEnabled()) == ("Time", False)
    assert [action.text() for action in answers] == ["all", "recent"]


def test_that_an_entry_of_the_menu_chooses_its_answer(button: OptionButton, qtbot: QtBot) -> None:
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus
    button.menu().aboutToShow.emit()
    choice, switch = button.menu().actions()
    with qtbot.waitSignal(button.chosen) as chosen:
        choice.menu().actions()[1].trigger()
    assert chosen.args == ["span", "recent"]
    with qtbot.waitSignal(button.chosen) as chosen:
        switch.trigger()
    assert chosen.args == ["scale", "linear"]

"""A plot that is handed something else than pictures."""

from pytestqt.qtbot import QtBot

from app.plots.canvas.figure import Figure
from app.theme import Theme


class Words(Figure[str]):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Words", "Nothing yet.")
        self.drawn: list[str] = []

    def _draw_data(self, data: str) -> None:
        self.drawn.append(data)

    def _describe_data(self, data: str) -> str:
        return f"It says {data}."

    def _missing_data(self, data: str) -> str:
        return "" if data else "Empty."


def test_that_a_figure_draws_what_it_is_given_once_it_is_in_view(qtbot: QtBot, theme: Theme) -> None:
    figure = Words(theme)
    qtbot.addWidget(figure)
    figure.show_data("one")
    figure.show_data("two")
    assert figure.drawn == []
    figure.show()
    qtbot.waitExposed(figure)
    assert set(figure.drawn) == {"two"}
    figure.show_data("three")
    assert figure.drawn[-1] == "three"
    assert figure.accessibleDescription() == "It says three."


def test_that_a_figure_says_why_there_is_nothing_to_draw(qtbot: QtBot, theme: Theme) -> None:
    figure = Words(theme)
    qtbot.addWidget(figure)
    figure.show()
    qtbot.waitExposed(figure)
    assert (figure.canvas.words, figure.describe()) == ("Nothing yet.", "Nothing yet.")
    figure.show_data("")
    assert (figure.canvas.words, figure.describe()) == ("Empty.", "Empty.")
    figure.show_data("one")
    assert figure.canvas.words == ""
    figure.show_data(None)
    assert figure.canvas.words == "Nothing yet."
    figure.say("It failed.")
    assert (figure.canvas.words, figure.describe()) == ("It failed.", "It failed.")
    assert figure.drawn == ["one"]

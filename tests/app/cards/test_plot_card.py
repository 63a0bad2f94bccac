"""The card round a plot, and its legend."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.cards.legend import Legend
from app.cards.plot_card import PlotCard
from app.look.marks import CIRCLE, DASHES, LINE, SWATCH, LegendEntry
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.loss import RAW, LossPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from app.theme import Theme
from tests.app.canned import make_facts, make_picture

ENTRIES = (
    LegendEntry("a", "now", SWATCH, "accent"),
    LegendEntry("b", "smoothed", LINE, "accent"),
    LegendEntry("c", "validation", DASHES, "#D55E00"),
    LegendEntry("d", "A", CIRCLE, "text"),
)


def make_card(qtbot: QtBot, theme: Theme, width: int, *plots: type) -> PlotCard:
    # in a window of its own a card would not get smaller than its header
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 300)
    card = PlotCard(theme, *(kind(theme) for kind in plots), parent=window)
    card.resize(width, 280)
    card.host = window  # or Python would give the window away
    window.show()
    qtbot.waitExposed(window)
    return card


def test_that_a_legend_is_worked_with_the_keyboard(qtbot: QtBot, theme: Theme) -> None:
    legend = Legend(theme)
    qtbot.addWidget(legend)
    legend.set_entries(ENTRIES)
    legend.show()
    qtbot.waitExposed(legend)
    first = legend.buttons[0]
    assert first.focusPolicy() & Qt.FocusPolicy.TabFocus
    first.setFocus()
    with qtbot.waitSignal(legend.toggled) as toggled:
        QTest.keyClick(first, Qt.Key.Key_Space)
    assert toggled.args == ["a", False]
    assert first.accessibleName() == "now, hidden"
    legend.grab()


def test_that_what_is_hidden_stays_hidden_when_the_colours_change(qtbot: QtBot, theme: Theme) -> None:
    legend = Legend(theme)
    qtbot.addWidget(legend)
    legend.set_entries(ENTRIES)
    legend.buttons[1].click()
    legend.set_entries([LegendEntry(entry.key, entry.text, entry.shape, "muted") for entry in ENTRIES])
    assert [button.isChecked() for button in legend.buttons] == [True, False, True, True]


def test_that_a_click_in_the_legend_hides_a_curve(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, 440, LossPlot)
    card.plot.show_picture(make_picture())
    assert card.legend.buttons[0].entry.key == RAW
    QTest.mouseClick(card.legend.buttons[0], Qt.MouseButton.LeftButton)
    assert not card.plot.raws[0].isVisible()


def header_of(card: PlotCard) -> tuple[str, bool]:
    """Return the first title of the switch, and whether the legend, which always has its words, is below the plot."""
    legend = card.legend
    return card.switch.buttons[0].text(), legend.isVisible() and not card.header.isAncestorOf(legend)


def test_that_a_full_header_gives_way_in_order(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, 700, DecisionMapPlot, UpdateRatioPlot)
    card.plot.set_facts(make_facts(3))

    for width, header in (
        (700, ("Decision boundary", False)),
        (450, ("Boundary", False)),
        (360, ("Boundary", True)),
        (700, ("Decision boundary", False)),
    ):
        card.resize(width, 280)
        qtbot.waitUntil(lambda header=header: header_of(card) == header)


def test_that_the_header_comes_to_rest(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    card = make_card(qtbot, theme, 380, DecisionMapPlot, UpdateRatioPlot)
    card.plot.set_facts(make_facts(10))
    fits: list[int] = []
    fit = card.legend.fit
    monkeypatch.setattr(card.legend, "fit", lambda room: (fits.append(room), fit(room)))

    def is_quiet() -> bool:
        fits.clear()
        QTest.qWait(50)
        return not fits

    qtbot.waitUntil(is_quiet)


def test_that_one_plot_has_a_title_and_two_have_a_switch(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, 440, DecisionMapPlot, UpdateRatioPlot)
    assert card.switch.isVisible()
    card.show_plot(1)
    card.offer(0, False)
    assert not card.switch.isVisible()
    assert card.accessibleName() == "Update : weight"


def test_that_changing_words_move_nothing(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, 440, LossPlot)
    QTest.qWait(50)
    before = [button.geometry() for button in card.legend.buttons]
    card.plot._set_subtitle("a very long sentence that has no room at all in the header of this card")
    QTest.qWait(0)
    assert [button.geometry() for button in card.legend.buttons] == before


def test_that_a_low_card_leaves_legend_and_axes_to_its_menu(qtbot: QtBot, theme: Theme) -> None:
    card = make_card(qtbot, theme, 700, LossPlot)
    card.plot.show_picture(make_picture())
    assert card.legend.isVisible()
    assert card.options.isVisible()
    card.resize(230, 130)
    qtbot.waitUntil(lambda: not card.legend.isVisible())
    card.menu_button.menu().aboutToShow.emit()
    words = {action.text() for action in card.menu_button.menu().actions()}
    assert {"Each step", "Smoothed", "Guessing", "Logarithmic"} <= words

"""A plot over the whole window: the same plot, live, and back in its place."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.cards.plot_card import PlotCard
from app.cards.plot_desk import PlotDesk
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.loss import LossPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from app.theme import Theme
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture
from tests.app.conftest import OpenShell
from tests.app.plots.conftest import assert_readable


@pytest.fixture
def card(qtbot: QtBot, theme: Theme) -> PlotCard:
    window = QWidget()
    qtbot.addWidget(window)
    made = PlotCard(theme, LossPlot(theme))
    made.host = window  # or Python would give the window away
    QVBoxLayout(window).addWidget(made)
    window.resize(900, 500)
    window.show()
    qtbot.waitExposed(window)
    made.set_facts(make_facts())
    made.show_picture(make_picture(900))
    return made


def test_that_a_double_click_lets_a_plot_have_the_window_and_escape_gives_it_back(card: PlotCard) -> None:
    plot, before = card.plot, card.plot.geometry()
    size = plot.canvas.ink.height()
    QTest.mouseDClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 80))
    alone = card.desk.alone
    assert alone.plot is plot
    assert alone.size() == card.window().size()
    assert plot.width() == card.window().width() - 80
    assert plot.canvas.ink.height() > 1.4 * size
    card.show_picture(make_picture(1500))
    assert plot.smooths[0].getData()[0][-1] == 1500, "it is drawn while it is alone"
    QTest.keyClick(alone, Qt.Key.Key_Escape)
    assert card.desk.alone is None
    assert plot.canvas.ink.height() == size
    QTest.qWait(0)
    assert plot.geometry() == before


def test_that_enter_on_a_focused_plot_does_the_same(card: PlotCard, qtbot: QtBot) -> None:
    canvas = card.plot.canvas
    card.window().activateWindow()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(canvas.hasFocus)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert card.desk.alone is not None
    qtbot.waitUntil(canvas.hasFocus)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert card.desk.alone is None
    qtbot.waitUntil(canvas.hasFocus)


def test_that_a_plot_alone_follows_the_window(card: PlotCard) -> None:
    card.enlarge(card.plot)
    card.set_lanes(make_looks(4))
    for size in (QSize(1024, 680), QSize(640, 400), QSize(1600, 900)):
        card.window().resize(size)
        QTest.qWait(0)
        card.show_picture(make_lanes(900, 4))
        assert card.desk.alone.size() == size
        if size.width() > 700:
            assert_readable(card.plot.canvas)


def test_that_names_and_values_stand_at_the_ends_in_two_lines(card: PlotCard) -> None:
    card.window().resize(1600, 900)
    card.enlarge(card.plot)
    card.set_lanes(make_looks(2))
    card.show_picture(make_lanes(900, 2))
    notes = {note.text: note for note in card.plot.canvas.notes if getattr(note, "text", "")}
    name = next(note for text, note in notes.items() if text.startswith("B"))
    value = next(note for note in notes.values() if note.x == name.x and note.y > name.y and note.text[:4] == "loss")
    assert card.plot.canvas.ink.font(name.style).pixelSize() == 24
    assert card.plot.canvas.ink.font(value.style).pixelSize() == 20


def test_that_another_plot_of_the_card_takes_the_first_one_back(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    card = PlotCard(theme, DecisionMapPlot(theme), UpdateRatioPlot(theme))
    QVBoxLayout(window).addWidget(card)
    window.show()
    card.enlarge(card.plots[0])
    card.show_plot(1)
    assert card.desk.alone is None
    assert card.plots[1].isVisible()
    card.show_plot(0)
    assert card.plots[0].isVisible()


def test_that_keys_train_while_a_plot_is_alone_and_tab_stays_there(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    window = shell.window
    window.plots.enlarge(window.stage.card("loss").plot)
    alone = window.plots.alone
    qtbot.waitUntil(alone.hasFocus)
    before = len(shell.runner.sent)
    QTest.keyClick(alone, Qt.Key.Key_Right)
    assert len(shell.runner.sent) > before
    seen = set()
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.add(window.focusWidget())
    assert all(alone.isAncestorOf(widget) for widget in seen)
    QTest.mouseClick(alone.back, Qt.MouseButton.LeftButton)
    assert window.plots.alone is None
    assert PlotDesk.of(shell.theme, window) is window.plots


def test_that_a_plot_goes_back_when_its_page_is_left(open_shell: OpenShell, qtbot: QtBot) -> None:
    window = open_shell().window
    window.plots.enlarge(window.stage.card("loss").plot)
    window.show_tab("explore")
    qtbot.waitUntil(lambda: window.plots.alone is None)

"""The menu in a card's header, what a view costs, and what a card passes on to its plots."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QEnterEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.cards.plot_card import PlotCard
from app.cards.view_card import ViewCard
from app.look import cost
from app.look.cost import Cost, CostMeter
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.loss import LossPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from app.theme import Theme
from tests.app.canned import make_facts, make_lanes, make_looks, make_picture


def shown(card: ViewCard, qtbot: QtBot) -> ViewCard:
    qtbot.addWidget(card)
    card.resize(440, 280)
    card.show()
    qtbot.waitExposed(card)
    return card


def open_menu(card: ViewCard) -> QMenu:
    menu = card.menu_button.menu()
    menu.aboutToShow.emit()
    return menu


def test_that_a_card_without_entries_has_no_menu(qtbot: QtBot, theme: Theme) -> None:
    card = shown(ViewCard(theme, "Nothing"), qtbot)
    assert not card.menu_button.isVisible()
    hide = QAction("Hide", card)
    card.set_stage_actions([hide])
    assert card.menu_button.isVisible()
    assert open_menu(card).actions() == [hide]


def test_that_the_stages_entries_stand_under_the_cards_own(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme)), qtbot)
    hide = QAction("Hide", card)
    card.set_stage_actions([hide])
    *own, rule, last = open_menu(card).actions()
    assert own[0].text().startswith("Copy picture")
    assert rule.isSeparator()
    assert last is hide


def test_that_the_menu_button_is_seen_under_the_mouse_or_with_the_focus(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme)), qtbot)
    button = card.menu_button
    empty = button.grab().toImage()
    card.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(button.hasFocus)
    assert button.is_lit
    assert button.grab().toImage() != empty
    button.clearFocus()
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    QApplication.sendEvent(card, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert button.is_lit
    card.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    assert button.is_lit is card.header.underMouse()
    assert button.accessibleName() == "Menu of Loss"


def test_that_the_menu_shows_the_cost(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme)), qtbot)
    cost = open_menu(card).actions()[-1]
    cost.trigger()
    assert not card.cost_label.isHidden()
    card.set_cost_shown(False)
    assert not cost.isChecked()


def test_that_the_cost_is_measured_and_shown_on_request(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme)), qtbot)
    assert card.cost_label.isHidden()
    for step in (100, 200, 300):
        card.show_picture(make_picture(step))
        card.grab()
    card.set_cost_shown(True)
    assert re.fullmatch(r"\d[\d.]* ms a frame", card.cost_label.text())
    assert float(card.cost_label.text().split()[0]) == pytest.approx(card.plot.cost.drawing, rel=0.06)
    card.set_cost_shown(False)
    assert card.cost_label.isHidden()


def test_that_only_the_first_painting_after_a_picture_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 0.002, 0.010, 0.013, 0.02, 1.0, 1.003, 1.1, 1.102])
    monkeypatch.setattr(cost, "_now", lambda: next(times))
    meter = CostMeter()
    for kind in ("drawing", "painting", "painting"):
        with getattr(meter, kind)():
            pass
    assert meter.milliseconds == pytest.approx(5.0), "2 to draw, 3 to paint; half a second of other paintings is not"
    for kind in ("drawing", "painting"):
        with getattr(meter, kind)():
            pass
    assert meter.milliseconds == pytest.approx(5.0)
    meter.forget()
    assert meter.milliseconds is None


def test_that_a_part_costs_the_training_thread_too(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, DecisionMapPlot(theme)), qtbot)
    card.set_facts(make_facts())
    for step in (100, 200):
        card.show_picture(replace(make_picture(step), part_seconds={"frame": 0.5, "decision": 0.0042}))
        card.grab()
    assert card.plot.cost.training == pytest.approx(4.2)
    assert Cost(2.13, 4.2).words() == "2.1 + 4.2 ms a frame"
    assert Cost(2.13).words() == "2.1 ms a frame"
    assert "4.2 ms" in Cost(2.13, 4.2).sentence()


def test_that_lanes_and_marked_steps_reach_all_plots(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme), AccuracyPlot(theme)), qtbot)
    card.set_lanes(make_looks(2))
    card.show_picture(make_lanes(900, 2))
    card.show_plot(1)
    assert [plot.describe().startswith("A Xavier") for plot in card.plots] == [True, True]
    with qtbot.waitSignal(card.step_pointed) as pointed:
        card.plots[0].step_pointed.emit(300)
    assert pointed.args == [300]
    before = len(card.plots[1].canvas.notes)
    card.mark_step(300)
    assert len(card.plots[1].canvas.notes) > before


def test_that_only_plots_with_options_have_the_button(qtbot: QtBot, theme: Theme) -> None:
    card = shown(PlotCard(theme, LossPlot(theme), UpdateRatioPlot(theme)), qtbot)
    assert card.options.isVisible()
    card.show_plot(1)
    assert not card.options.isVisible()

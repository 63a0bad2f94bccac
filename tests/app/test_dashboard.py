from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.panels.dashboard import Dashboard
from app.theme import Theme
from tests.app.canned import make_facts, make_picture

SIZES = [(970, 760), (880, 650), (800, 600)]


@pytest.fixture
def dashboard(qtbot: QtBot, theme: Theme) -> Dashboard:
    made = Dashboard(theme)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    made.show()
    qtbot.waitExposed(made)
    return made


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def assert_whole(dashboard: Dashboard) -> None:
    """Fail if a part of a card is outside it, has less room than it needs, or lies over its neighbour."""
    assert not dashboard.verticalScrollBar().isVisible()
    for card in dashboard.cards:
        inside = card.rect().adjusted(4, 4, -4, -4)
        parts = [part for part in card.findChildren(QWidget) if part.isVisible() and part is not card.header]
        for part in parts:
            assert inside.contains(place(part, card)), f"{part} sticks out of {card.accessibleName()}"
            assert part.width() >= part.minimumSizeHint().width(), f"{part} is squeezed"
        header = [place(part, card) for part in parts if part in (card.legend, card.switch)]
        for one, other in pairwise(sorted(header, key=QRect.left)):
            assert one.right() < other.left()


def test_that_cards_stand_as_drawn(dashboard: Dashboard) -> None:
    above, loss, accuracy, flow, plane = (place(card, dashboard) for card in dashboard.cards)
    assert above.width() == dashboard.width()
    assert abs(loss.width() - accuracy.width()) <= 1
    assert loss.top() == accuracy.top() > above.bottom()
    assert flow.top() == plane.top() > loss.bottom()
    assert loss.left() == flow.left() == above.left()
    assert accuracy.right() == plane.right() == above.right()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("cards", "classes", "width"), [(4, 2, 2), (12, 10, 64), (14, 10, 2)])
def test_that_nothing_is_cut_off(
    dashboard: Dashboard, qtbot: QtBot, size: tuple[int, int], cards: int, classes: int, width: int
) -> None:
    dashboard.resize(*size)
    dashboard.set_facts(make_facts(classes, width))
    dashboard.show_picture(make_picture(cards=cards, classes=classes, decision=width == 2))
    # layouts come to rest in a few rounds of the event loop
    qtbot.waitUntil(lambda: assert_whole(dashboard))


def test_that_a_small_dashboard_saves_room(dashboard: Dashboard) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture())
    assert dashboard.loss.canvas.axes.name == "step"
    dashboard.resize(880, 650)
    assert dashboard.loss.canvas.axes.name == ""
    assert dashboard.loss.subtitle == "by step"
    dashboard.resize(970, 760)
    assert dashboard.loss.canvas.axes.name == "step"


def test_that_too_little_room_scrolls(dashboard: Dashboard) -> None:
    dashboard.resize(900, 400)
    QTest.qWait(0)
    assert dashboard.verticalScrollBar().isVisible()
    assert all(card.height() >= 120 for card in dashboard.cards)


def test_that_the_map_is_wanted_while_it_is_in_view(dashboard: Dashboard) -> None:
    wanted: list[frozenset[str]] = []
    on, off = frozenset({"decision"}), frozenset[str]()
    dashboard.parts_wanted.connect(wanted.append)
    dashboard.set_facts(make_facts())
    assert wanted == [on]
    dashboard.plane_card.switch.buttons[1].click()
    assert wanted == [on, off]
    dashboard.plane_card.switch.buttons[0].click()
    assert wanted == [on, off, on]
    dashboard.hide()
    assert wanted == [on, off, on, off]
    dashboard.show()
    assert wanted[-1] == on
    dashboard.set_facts(make_facts(10, 64))
    assert wanted == [on, off, on, off, on, off]


def test_that_the_choice_outlives_data_without_a_plane(dashboard: Dashboard) -> None:
    dashboard.set_facts(make_facts())
    assert dashboard.decision_map.isVisible()
    dashboard.set_facts(make_facts(10, 64))
    assert dashboard.update_ratio.isVisible()
    assert not dashboard.plane_card.switch.isVisible()
    dashboard.set_facts(make_facts())
    assert dashboard.decision_map.isVisible()
    dashboard.plane_card.switch.buttons[1].click()
    dashboard.set_facts(make_facts(10, 64))
    dashboard.set_facts(make_facts())
    assert dashboard.update_ratio.isVisible()


def test_that_a_plot_out_of_view_is_drawn_when_it_is_chosen(dashboard: Dashboard) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture(cards=3))
    assert dashboard.update_ratio.marks.getData()[0].size == 0
    dashboard.plane_card.switch.buttons[1].click()
    assert dashboard.update_ratio.marks.getData()[0].size == 4


def test_that_a_chosen_layer_stands_out_everywhere(dashboard: Dashboard) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture(cards=3))
    dashboard.set_selected_layer(2)
    strong = [tick.text for tick in dashboard.gradient_flow.canvas.axes.left if tick.strong]
    assert strong == ["Dense 2"]
    strong = [note.text for note in dashboard.activations.canvas.notes if note.style == "strong tick"]
    assert len(strong) == 1
    assert strong[0].startswith("Dense 2")


def test_that_clicks_on_layers_are_passed_on(dashboard: Dashboard, qtbot: QtBot) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture(cards=3))
    for plot in (dashboard.activations, dashboard.gradient_flow):
        with qtbot.waitSignal(dashboard.layer_clicked) as clicked:
            plot.layer_clicked.emit(2)
        assert clicked.args == [2]


def test_that_the_log_button_changes_the_loss_axis(dashboard: Dashboard) -> None:
    dashboard.log_button.click()
    assert dashboard.loss.logarithmic
    dashboard.log_button.click()
    assert not dashboard.loss.logarithmic


def test_that_clearing_empties_all_plots(dashboard: Dashboard) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture())
    dashboard.clear()
    assert all(plot.canvas.words for plot in dashboard.plots)


def test_that_the_theme_is_followed(dashboard: Dashboard, theme: Theme) -> None:
    dashboard.set_facts(make_facts())
    dashboard.show_picture(make_picture())
    line = dashboard.loss.canvas.ink.height()
    theme.set_name("dark")
    theme.set_text_scale(1.5)
    assert dashboard.loss.canvas.ink.height() > 1.3 * line
    assert dashboard.loss.canvas.ink.colour("card").name().upper() == theme.tokens.card
    dashboard.grab()

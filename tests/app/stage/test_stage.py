"""The stage: views stand as a preset says, are brought back as they were left, and cost nothing out of view."""

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.arrangement.hierarchy import FOUR, Choice
from app.arrangement.presets import PRESETS, Preset, Row
from app.document.document import Document
from app.running.context import Context
from app.running.run_controller import RunController
from app.stage.stage import Stage
from app.theme import Theme
from app.views.catalogue import views
from tests.app.canned import make_facts, make_picture
from tests.app.fake_runner import FakeRunner
from tests.app.samples import spiral

pytestmark = pytest.mark.slow

SIZES = [(970, 720), (880, 650), (800, 600)]
WATCH, COMPARE, DIAGNOSE = PRESETS


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme) -> Stage:
    document = Document(spiral())
    controller = RunController(FakeRunner(), document)
    made = Stage(Context(theme, document, controller, lambda tab: None), WATCH)
    controller.setParent(made)
    qtbot.addWidget(made)
    made.resize(*SIZES[0])
    made.show()
    qtbot.waitExposed(made)
    settle()
    return made


def settle() -> None:
    """Docks come to rest in a few rounds of the event loop."""
    for _ in range(4):
        QTest.qWait(0)


def place(widget: QWidget, within: QWidget) -> QRect:
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


def whole(stage: Stage, view: str) -> QRect:
    """Where a view's card is, header and all."""
    card = stage.card(view)
    return place(card.header, stage).united(place(card, stage))


def assert_whole(stage: Stage) -> None:
    """Fail if a part of a card is outside it, has less room than it needs, or lies over its neighbour."""
    assert not stage.verticalScrollBar().isVisible()
    for card in stage.cards:
        for ground in (card, card.header):
            parts = [part for part in ground.findChildren(QWidget) if part.isVisible() and part is not card.header]
            for part in parts:
                inside = ground.rect().adjusted(1, 0, -1, 0)
                assert inside.contains(place(part, ground)), f"{part} sticks out of {card.accessibleName()}"
                assert part.width() >= part.minimumSizeHint().width(), f"{part} is squeezed"
        tools = [place(part, card.header) for part in card.header.findChildren(QWidget) if part.isVisible()]
        row = [each for each in tools if each.height() < card.header.height()]
        for one, other in combinations(row, 2):
            assert not one.intersects(other) or one.contains(other) or other.contains(one)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("cards", "classes", "width"), [(4, 2, 2), (12, 10, 64), (14, 10, 2)])
def test_that_nothing_is_cut_off(
    stage: Stage, qtbot: QtBot, size: tuple[int, int], cards: int, classes: int, width: int
) -> None:
    stage.resize(*size)
    stage.set_facts(make_facts(classes, width))
    stage.show_picture(make_picture(cards=cards, classes=classes, decision=width == 2))
    # layouts come to rest in a few rounds of the event loop
    qtbot.waitUntil(lambda: assert_whole(stage))


@pytest.mark.parametrize("preset", [COMPARE, DIAGNOSE], ids=lambda preset: preset.id)
def test_that_every_preset_with_rows_shows_its_views(stage: Stage, preset: Preset) -> None:
    stage.set_facts(make_facts())
    stage.show_picture(make_picture(decision=True))
    stage.show_preset(preset)
    settle()
    assert stage.rows == tuple(row.views for row in preset.rows)
    assert stage.is_default


def test_that_a_card_has_its_header_on_both_grounds(stage: Stage) -> None:
    for preset in (COMPARE, WATCH, COMPARE, DIAGNOSE, WATCH):
        stage.show_preset(preset)
        settle()
        for card in stage.cards:
            assert card.isVisible()
            assert card.header.isVisible()
            assert place(card.header, stage).width() > 0


def test_that_only_views_in_sight_are_drawn(stage: Stage) -> None:
    stage.set_facts(make_facts())
    stage.show_preset(COMPARE)
    settle()
    stage.set_shown("gradient_flow", False)
    settle()
    flow = stage.card("gradient_flow").plots[0]
    stage.show_picture(make_picture(cards=5))
    assert flow.marks.getData()[0].size == 0
    stage.set_shown("gradient_flow", True)
    settle()
    assert flow.marks.getData()[0].size == 6


def test_that_too_little_room_scrolls(stage: Stage) -> None:
    for preset, height in ((WATCH, 180), (COMPARE, 300)):
        stage.show_preset(preset)
        stage.resize(900, height)
        settle()
        assert stage.verticalScrollBar().isVisible()
        assert all(whole(stage, view).height() >= 60 for row in stage.rows for view in row)


def test_that_docks_stand_in_one_column_beside_the_scroll_bar_where_the_stage_is_narrow(stage: Stage) -> None:
    stage.show_preset(COMPARE)
    stage.resize(582, 600)
    settle()
    assert stage.rows == (("loss",), ("accuracy",), ("activations",), ("gradient_flow",))
    assert all(whole(stage, view).right() < stage.viewport().width() for row in stage.rows for view in row)
    assert stage.is_default
    stage.resize(900, 600)
    settle()
    assert stage.rows == (("loss", "accuracy"), ("activations", "gradient_flow"))


def test_that_a_view_moves_in_its_row_and_to_another(stage: Stage) -> None:
    stage.show_preset(COMPARE)
    settle()
    stage.move_view("loss", 1, 0)
    settle()
    assert stage.rows == (("accuracy", "loss"), ("activations", "gradient_flow"))
    assert not stage.is_default
    stage.move_view("gradient_flow", 0, -1)
    settle()
    assert "gradient_flow" in stage.rows[0]
    stage.move_view("activations", 0, 1)
    settle()
    assert stage.rows[-1] == ("activations",)


def test_that_one_click_brings_the_default_back(stage: Stage) -> None:
    stage.show_preset(COMPARE)
    settle()
    stage.move_view("loss", 1, 0)
    stage.set_shown("activations", False)
    settle()
    stage.reset()
    settle()
    assert stage.rows == tuple(row.views for row in COMPARE.rows)
    assert stage.is_default


def test_that_a_preset_is_found_as_it_was_left(stage: Stage) -> None:
    stage.show_preset(COMPARE)
    settle()
    stage.move_view("loss", 1, 0)
    settle()
    left = stage.rows
    stage.show_preset(WATCH)
    settle()
    stage.show_preset(COMPARE)
    settle()
    assert stage.rows == left


def test_that_an_arrangement_is_there_at_the_next_start(stage: Stage) -> None:
    stage.show_preset(COMPARE)
    settle()
    stage.set_shown("activations", False)
    settle()
    kept = stage.save_arrangements()
    assert set(kept) == {COMPARE.id}
    stage.reset()
    settle()
    assert stage.rows == tuple(row.views for row in COMPARE.rows)
    stage.load_arrangements(kept, {})
    settle()
    assert stage.rows == (("loss", "accuracy"), ("gradient_flow",))


def test_that_rows_kept_of_watch_by_an_older_version_do_no_harm(stage: Stage) -> None:
    stage.load_arrangements({"watch": (Row(("loss", "plane"), 300, 176),)}, {"plane": Choice("gone", "")})
    settle()
    assert set(FOUR) <= {view for row in stage.rows for view in row}
    assert stage.is_default


def test_that_a_card_is_dragged_by_its_header(stage: Stage) -> None:
    """Qt drags a dock by its title bar: the header must leave the mouse to it."""
    stage.show_preset(COMPARE)
    settle()
    card = stage.card("loss")
    dock = card.parentWidget()
    assert dock.titleBarWidget() is card.header
    child = card.header.childAt(card.title_label.geometry().center())
    assert child is card.title_label
    assert not child.testAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
    assert child.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_that_a_docked_card_can_be_pointed_at(stage: Stage, qtbot: QtBot) -> None:
    stage.show_preset(COMPARE)
    settle()
    stage.set_shown("loss", False)
    settle()
    stage.ring("loss")
    dock = stage.card("loss").parentWidget()
    assert dock.isVisible()
    assert dock.is_ringed
    qtbot.waitUntil(lambda: not dock.is_ringed, timeout=3000)


@pytest.mark.parametrize("view", [view for view, spec in views().items() if not spec.beside])
def test_that_every_view_can_be_shown(stage: Stage, view: str) -> None:
    stage.set_facts(make_facts())
    stage.show_picture(make_picture(cards=3))
    stage.set_shown(view, True)
    settle()
    assert stage.card(view).isVisible()
    stage.card(view).grab()


def test_that_presets_name_views_that_exist() -> None:
    assert {view for preset in PRESETS for row in preset.rows for view in row.views} <= set(views())

"""Watch: one view is large, the four plots are always there, and a click on a title or a name decides."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.arrangement.hierarchy import FOUR
from app.arrangement.presets import PRESETS
from app.document.document import Document
from app.running.context import Context
from app.running.run_controller import RunController
from app.stage.stage import Stage
from app.theme import Theme
from tests.app.canned import make_facts, make_picture
from tests.app.fake_runner import FakeRunner
from tests.app.samples import spiral

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
LAPTOP = (886, 616)


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme) -> Stage:
    document = Document(spiral())
    controller = RunController(FakeRunner(), document)
    made = Stage(Context(theme, document, controller, lambda tab: None), PRESETS[0])
    controller.setParent(made)
    qtbot.addWidget(made)
    made.resize(*LAPTOP)
    made.show()
    qtbot.waitExposed(made)
    made.set_facts(make_facts())
    made.show_picture(make_picture(cards=2))
    return made


def shown(stage: Stage) -> set[str]:
    return {view for row in stage.rows for view in row}


def click_title(stage: Stage, view: str) -> None:
    title = stage.card(view).title_label
    QTest.mouseClick(title, LEFT, pos=QPoint(8, title.height() // 2))


def area(stage: Stage, view: str) -> int:
    size = stage.card(view).size()
    return size.width() * size.height()


def test_that_the_boundary_is_large_for_data_in_a_plane_and_else_the_loss(stage: Stage) -> None:
    assert max(shown(stage), key=lambda view: area(stage, view)) == "plane"
    stage.set_facts(make_facts(10, 64))
    assert max(shown(stage), key=lambda view: area(stage, view)) == "loss"
    assert "plane" not in shown(stage)


@pytest.mark.parametrize("view", FOUR)
def test_that_a_click_on_a_title_makes_a_view_large_and_hides_none(stage: Stage, view: str) -> None:
    click_title(stage, view)
    assert max(shown(stage), key=lambda each: area(stage, each)) == view
    assert shown(stage) == {*FOUR, "plane"}
    assert all(stage.card(each).isVisible() for each in FOUR)
    click_title(stage, "plane")
    assert stage.is_default


def test_that_enter_on_a_title_makes_its_view_large(stage: Stage) -> None:
    title = stage.card("accuracy").title_label
    assert title.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert title.accessibleName() == "Accuracy: make it large"
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert stage.hierarchy.large == "accuracy"
    assert title.focusPolicy() == Qt.FocusPolicy.NoFocus, "it is as large as it gets"


def test_that_a_name_of_the_strip_shows_its_view_and_takes_it_away_again(stage: Stage) -> None:
    stage.resize(1016, 716)
    strip = stage.hierarchy.strip
    assert strip.isVisible()
    name = next(button for button in strip.buttons if button.text() == "Update : weight")
    QTest.mouseClick(name, LEFT)
    assert stage.card("update_ratio").isVisible()
    assert name.isChecked()
    assert set(FOUR) <= shown(stage)
    QTest.mouseClick(name, LEFT)
    assert not stage.card("update_ratio").isVisible()
    assert stage.is_default


def test_that_a_name_is_shown_large_where_there_is_no_place_beside(stage: Stage) -> None:
    name = next(button for button in stage.hierarchy.strip.buttons if button.text() == "Update : weight")
    QTest.mouseClick(name, LEFT)
    assert stage.hierarchy.large == "update_ratio"
    assert {*FOUR, "plane"} <= shown(stage)


def test_that_names_without_room_are_in_a_menu(stage: Stage) -> None:
    stage.resize(582, 616)
    strip = stage.hierarchy.strip
    out = [button.text() for button in strip.buttons if button.isHidden()]
    assert out
    assert strip.rest.isVisible()
    strip.rest.menu().aboutToShow.emit()
    actions = strip.rest.menu().actions()
    assert [action.text() for action in actions] == out
    next(action for action in actions if action.text() == "Gap").trigger()
    assert stage.card("gap").isVisible()


def test_that_the_choice_is_remembered_for_each_kind_of_data(stage: Stage, qtbot: QtBot, theme: Theme) -> None:
    click_title(stage, "accuracy")
    stage.set_facts(make_facts(10, 64))
    assert stage.hierarchy.large == "loss"
    click_title(stage, "gradient_flow")
    stage.set_facts(make_facts())
    assert stage.hierarchy.large == "accuracy"
    kept = stage.save_choices()
    stage.reset()
    assert stage.hierarchy.large == "plane"
    stage.load_arrangements({}, kept)
    assert stage.hierarchy.large == "accuracy"
    stage.set_facts(make_facts(10, 64))
    assert stage.hierarchy.large == "gradient_flow"


@pytest.mark.parametrize("view", FOUR)
def test_that_nothing_takes_one_of_the_four_away(stage: Stage, view: str) -> None:
    stage.set_shown(view, False)
    stage.move_view(view, 1, 0)
    assert stage.card(view).isVisible()


def test_that_the_map_is_wanted_while_it_is_in_view(stage: Stage) -> None:
    wanted: list[frozenset[str]] = []
    stage.parts_wanted.connect(wanted.append)
    stage.set_facts(make_facts(10, 64))
    assert wanted[-1] == frozenset()
    stage.set_facts(make_facts())
    assert wanted[-1] == frozenset({"decision"})
    stage.show_preset(PRESETS[1])
    assert wanted[-1] == frozenset()


def test_that_a_view_can_be_pointed_at(stage: Stage, qtbot: QtBot) -> None:
    stage.ring("update_ratio_time")
    assert stage.card("update_ratio_time").isVisible()
    assert stage.hierarchy.is_ringed("update_ratio_time")
    qtbot.waitUntil(lambda: not stage.hierarchy.is_ringed("update_ratio_time"), timeout=3000)


def test_that_a_view_out_of_sight_is_not_drawn(stage: Stage) -> None:
    ratio = stage.card("update_ratio").plot
    stage.show_picture(make_picture(cards=3))
    assert ratio.marks.getData()[0].size == 0
    stage.set_shown("update_ratio", True)
    assert ratio.marks.getData()[0].size == 4

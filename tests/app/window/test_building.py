"""The form of a layer in the window: where it opens, who gives way, where the focus goes; and drafts of twins."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.forms import FieldEditor
from app.panels.build.build_column import BuildColumn, PageName
from simulator.experiment import apply
from simulator.training import Arrange
from tests.app.conftest import ROOMY, OpenShell, Shell
from tests.app.panels.build.test_build_column import declared_paths
from tests.app.samples import spiral

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
LAPTOP = QSize(1366, 768)
SMALL = QSize(1024, 680)


def click_layer(shell: Shell, row: int) -> None:
    layers = shell.window.building.present.network.layers
    place = layers.visualRect(layers.layers.index(row)).topLeft() + QPoint(60, 15)
    QTest.mouseClick(layers.viewport(), LEFT, pos=place)


def in_window(part: QWidget) -> QRect:
    return QRect(part.mapTo(part.window(), QPoint(0, 0)), part.size())


@pytest.mark.parametrize(("size", "width"), [(ROOMY, 296), (LAPTOP, 296), (QSize(1280, 720), 264)])
def test_that_a_click_on_a_layer_opens_its_form_beside_the_stage(
    open_shell: OpenShell, size: QSize, width: int
) -> None:
    shell = open_shell(size)
    window = shell.window
    before = window.stage.width()
    click_layer(shell, 1)
    drawer = window.build_column.drawer
    assert drawer.isVisible()
    assert drawer.name == "Dense 1"
    assert drawer.width() == width
    QTest.qWait(1)
    assert window.stage.width() < before
    assert not in_window(drawer).intersects(in_window(window.stage))
    assert not in_window(drawer).intersects(in_window(window.build_column))
    click_layer(shell, 2)
    assert drawer.name == "Dense 2"
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    QTest.qWait(1)
    assert window.stage.width() == before


def test_that_return_takes_the_focus_in_and_escape_back(open_shell: OpenShell, qtbot: QtBot) -> None:
    window = open_shell(LAPTOP).window
    layers = window.build_column.network.layers
    window.activateWindow()
    layers.setFocus()
    window.build_column.network.select_layer(1)
    QTest.keyClick(layers, Qt.Key.Key_Return)
    drawer = window.build_column.drawer
    assert window.focusWidget() is drawer.form.activation.tiles["relu"]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not drawer.isVisible()
    assert window.focusWidget() is layers


def test_that_the_form_covers_the_list_in_a_small_window_and_leads_from_layer_to_layer(open_shell: OpenShell) -> None:
    shell = open_shell(SMALL)
    window = shell.window
    stage = in_window(window.stage)
    click_layer(shell, 1)
    drawer = window.build_column.drawer
    assert window.build_column.isAncestorOf(drawer)
    assert not window.build_column.network.isVisible()
    assert window.build_column.rate.isVisible()
    QTest.qWait(1)
    assert in_window(window.stage) == stage
    QTest.mouseClick(drawer.after, LEFT)
    assert drawer.name == "Dense 2"
    QTest.mouseClick(drawer.before, LEFT)
    QTest.mouseClick(drawer.before, LEFT)
    assert drawer.name == "Input"
    assert not drawer.before.isEnabled()
    QTest.mouseClick(drawer.close_button, LEFT)
    assert window.build_column.network.isVisible()


def test_that_a_form_that_comes_to_cover_the_list_has_the_width_of_the_column(open_shell: OpenShell) -> None:
    shell = open_shell(LAPTOP)
    click_layer(shell, 1)
    drawer = shell.window.build_column.drawer
    for scale in (1.0, 1.3, 1.6):
        shell.theme.set_text_scale(scale)
        QTest.qWait(1)
        column = shell.window.build_column
        if column.isAncestorOf(drawer):
            assert column.width() - 20 <= drawer.width() <= column.width(), scale
            assert in_window(column).contains(in_window(drawer.close_button))
    assert shell.window.build_column.isAncestorOf(drawer)


def test_that_the_form_stands_open_in_a_wide_window_and_may_be_pinned_in_others(open_shell: OpenShell) -> None:
    shell = open_shell(QSize(1800, 900))
    window = shell.window
    drawer = window.build_column.drawer
    assert drawer.isVisible()
    assert not drawer.pin.isVisible()
    window.resize(ROOMY)
    QTest.qWait(1)
    assert not drawer.isVisible()
    click_layer(shell, 1)
    window.show_tab("compare")
    assert not drawer.isVisible()
    click_layer(shell, 1)
    QTest.mouseClick(drawer.pin, LEFT)
    window.show_tab("watch")
    assert drawer.isVisible()


def open_draft(shell: Shell) -> BuildColumn:
    building = shell.window.building
    QTest.mouseClick(building.column.what_if, LEFT)
    assert shell.window.what_if.isVisible()
    return building.present


def test_that_a_twin_of_an_activation_is_opened_by_clicks_on_a_laptop(open_shell: OpenShell) -> None:
    shell = open_shell(LAPTOP)
    window = shell.window
    before = window.document.experiment
    column = open_draft(shell)
    click_layer(shell, 1)
    tile = column.drawer.form.activation.tiles["tanh"]
    assert in_window(column.drawer.page).contains(in_window(tile))
    QTest.mouseClick(tile, LEFT)
    assert "tanh" in window.what_if.words
    QTest.mouseClick(window.what_if.open_button, LEFT)
    for _ in range(4):
        shell.poll()
    assert len(shell.runner.sent_of(Arrange)[-1].lanes) == 2
    one, other = window.document.state.lanes
    assert one.experiment == before
    assert other.experiment.network == apply(before, {"network.1": {"kind": "tanh"}}).network


def test_that_the_button_of_the_form_drafts_a_twin_of_that_layer(open_shell: OpenShell) -> None:
    shell = open_shell(LAPTOP)
    click_layer(shell, 2)
    QTest.mouseClick(shell.window.build_column.drawer.what_if, LEFT)
    drawer = shell.window.building.present.drawer
    assert drawer is not shell.window.build_column.drawer
    assert drawer.isVisible()
    assert drawer.name == "Dense 2"
    assert not drawer.what_if.isVisible()
    QTest.mouseClick(shell.window.what_if.cancel_button, LEFT)
    assert shell.window.build_column.drawer.isVisible()


def shown_editors(part: QWidget, window: QWidget) -> Iterator[FieldEditor]:
    """The editors that can be brought into sight, each whole in its width."""
    for editor in part.findChildren(FieldEditor):
        if not editor.isVisible():
            continue
        area = editor.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(editor, 0, 0)
            frame = in_window(area.viewport())
            assert frame.height() >= min(editor.control.height(), 24), editor.path
        else:
            frame = window.rect()
        place = in_window(editor)
        assert frame.left() <= place.left(), editor.path
        assert place.right() <= frame.right(), editor.path
        assert editor.minimumSizeHint().width() <= editor.width(), editor.path
        assert frame.intersects(place), editor.path
        yield editor


@pytest.mark.parametrize(("size", "scale"), [(LAPTOP, 1.0), (SMALL, 1.3), (QSize(1280, 720), 1.6)])
def test_that_every_property_of_every_layer_can_be_twinned(open_shell: OpenShell, size: QSize, scale: float) -> None:
    shell = open_shell(size)
    shell.theme.set_text_scale(scale)
    window = shell.window
    window.document.replace(
        apply(spiral(), {"network.1": {"kind": "leaky_relu"}, "network.3": {"kind": "prelu"}}), "Change"
    )
    shell.poll()
    QTest.qWait(1)
    window.building.begin_draft()
    column = window.building.present
    pages: tuple[PageName, ...] = ("data", "training", "network")
    reached: set[str] = set()
    for page in pages:
        column.show_page(page)
        QTest.qWait(1)
        reached |= {editor.path for editor in shown_editors(column, window)}
    for row in range(1, 4):
        column.network.select_layer(row)
        window.building.open_form(by_key=False)
        QTest.qWait(1)
        if row < 3:
            for box in column.drawer.form.extras.boxes.values():
                box.setChecked(True)
            QTest.qWait(1)
            for tile in column.drawer.form.activation.tiles.values():
                assert tile.width() >= tile.least_width()
        reached |= {editor.path for editor in shown_editors(column.drawer, window)}
        window.building.close_form()
    draft = window.what_if._draft
    assert draft is not None
    wanted = set(declared_paths(draft.experiment)) - {"network"}
    assert wanted - reached == set()


@pytest.mark.parametrize("lanes", [1, 4])
@pytest.mark.parametrize(("size", "scale"), [(LAPTOP, 1.0), (SMALL, 1.3), (QSize(1280, 720), 1.6)])
def test_that_the_left_column_stacks_without_overlap(
    open_shell: OpenShell, size: QSize, scale: float, lanes: int
) -> None:
    shell = open_shell(size)
    shell.theme.set_text_scale(scale)
    window = shell.window
    window.show_tab("compare")
    for rate in range(2, lanes + 1):
        window.document.what_if({"training.learning_rate": rate / 10}, "")
        for _poll in range(3):
            shell.poll()
    QTest.qWait(50)
    column = window.build_column
    parts = [column.switch, column.network.layers, column.rate, window.lanes, window.time]
    if not column.network.add_button.geometry().intersects(column.network.layers.geometry()):
        parts.insert(2, column.network.add_button)
    places = [in_window(part) for part in parts]
    for upper, lower in pairwise(places):
        if parts[places.index(lower)] is column.network.add_button and lower.top() < upper.top():
            continue
        assert upper.bottom() <= lower.top(), (size, scale, lanes)
    assert column.network.layers.height() >= column.network.layers.pitch - 8
    for part in parts:
        assert part.height() >= part.minimumSizeHint().height(), type(part).__name__
    assert in_window(window.time).bottom() <= window.height()

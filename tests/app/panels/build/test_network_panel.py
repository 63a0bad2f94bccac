import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.forms.number_editor import NumberEditor
from app.panels.build.network_panel import NetworkPanel
from app.theme import Theme
from simulator.experiment import Experiment, Run, cards
from tests.app.fake_runner import facts, picture
from tests.app.samples import spiral

# What the offscreen platform says when a menu opens.
opens_menus = pytest.mark.qt_log_ignore("This plugin does not support")

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def panel_of(qtbot: QtBot, theme: Theme, experiment: Experiment, width: int = 252, height: int = 740) -> NetworkPanel:
    panel = NetworkPanel(Document(experiment), theme)
    panel.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        panel.layers.layers, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    qtbot.addWidget(panel)
    panel.resize(width, height)
    panel.show()
    panel.drawer.setParent(None)
    qtbot.addWidget(panel.drawer)
    panel.drawer.resize(296, height)
    panel.drawer.show()
    qtbot.waitExposed(panel)
    return panel


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> NetworkPanel:
    return panel_of(qtbot, theme, spiral())


def document_of(panel: NetworkPanel) -> Document:
    return panel._document


def network_of(panel: NetworkPanel) -> list[str]:
    """The network in words: "16 relu"."""
    words: list[str] = []
    for entry in document_of(panel).experiment.network:
        words.append(str(entry.units) if hasattr(entry, "units") else entry.kind)
    return words


def click(qtbot: QtBot, panel: NetworkPanel, row: int) -> None:
    place = panel.layers.visualRect(panel.layers.layers.index(row)).topLeft() + QPoint(60, 15)
    qtbot.mouseClick(panel.layers.viewport(), LEFT, pos=place)


def pick(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(action for action in menu.actions() if action.text() == text)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def add(qtbot: QtBot, panel: NetworkPanel, text: str) -> None:
    qtbot.mouseClick(panel.add_button, LEFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    pick(qtbot, menu, text)


def first_entry(panel: NetworkPanel) -> int:
    return cards(document_of(panel).experiment.network)[(panel.selected or 1) - 1].first


def units_of(panel: NetworkPanel) -> NumberEditor:
    editor = panel.drawer.form.editor(f"network.{first_entry(panel)}.units")
    assert isinstance(editor, NumberEditor)
    return editor


def type_units(qtbot: QtBot, panel: NetworkPanel, text: str) -> None:
    field = units_of(panel).control
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


@opens_menus
def test_that_a_network_is_built_from_nothing_by_hand_and_undone(qtbot: QtBot, theme: Theme) -> None:
    panel = panel_of(qtbot, theme, Experiment())
    document = document_of(panel)
    first = document.state

    add(qtbot, panel, "Dense · ReLU")
    assert panel.selected == 1
    type_units(qtbot, panel, "8")
    add(qtbot, panel, "Dense · tanh")
    assert panel.selected == 2
    assert network_of(panel) == ["8", "relu", "8", "tanh"]
    type_units(qtbot, panel, "4")

    tiles = panel.drawer.form.activation.tiles
    qtbot.mouseClick(tiles["leaky_relu"], LEFT)
    assert network_of(panel) == ["8", "relu", "4", "leaky_relu"]
    slope = panel.drawer.form.editor("network.3.slope")
    assert isinstance(slope, NumberEditor)
    assert slope.isVisible()
    slope.control.selectAll()
    qtbot.keyClicks(slope.control, "0,2")
    qtbot.keyClick(slope.control, Qt.Key.Key_Return)
    assert document.experiment.network[3].constants() == (0.2,)
    qtbot.mouseClick(tiles["linear"], LEFT)
    assert network_of(panel) == ["8", "relu", "4"]

    # the popup took the window's activity with it
    panel.activateWindow()
    panel.layers.setFocus()
    qtbot.waitUntil(panel.layers.hasFocus)
    qtbot.keyClick(panel.layers, Qt.Key.Key_Up, ALT)
    assert network_of(panel) == ["4", "8", "relu"]
    assert panel.selected == 1
    qtbot.keyClick(panel.layers, Qt.Key.Key_Down, ALT)
    assert network_of(panel) == ["8", "relu", "4"]
    assert panel.selected == 2
    qtbot.keyClick(panel.layers, Qt.Key.Key_D, CONTROL)
    assert network_of(panel) == ["8", "relu", "4", "4"]
    assert panel.selected == 3
    qtbot.keyClick(panel.layers, Qt.Key.Key_Delete)
    assert network_of(panel) == ["8", "relu", "4"]
    assert panel.selected == 2

    last = document.state
    assert document.undo_stack.count() == 11
    while document.undo_stack.can_undo:
        document.undo_stack.undo()
    assert document.state == first
    assert [row.name for row in panel.layers.layers.rows] == ["Input", "Output"]
    while document.undo_stack.can_redo:
        document.undo_stack.redo()
    assert document.state == last
    assert [row.name for row in panel.layers.layers.rows] == ["Input", "Dense 1", "Dense 2", "Output"]


@opens_menus
def test_that_a_new_layer_comes_below_the_selected_one(qtbot: QtBot, panel: NetworkPanel) -> None:
    click(qtbot, panel, 1)
    add(qtbot, panel, "Dense · sigmoid")
    assert network_of(panel) == ["16", "relu", "16", "sigmoid", "16", "relu"]
    click(qtbot, panel, 0)
    add(qtbot, panel, "Dense · linear")
    assert network_of(panel)[:2] == ["16", "16"]
    click(qtbot, panel, 5)
    add(qtbot, panel, "Dense · tanh")
    assert network_of(panel)[-2:] == ["16", "tanh"]


def test_that_clicking_selects_and_tells(qtbot: QtBot, panel: NetworkPanel) -> None:
    told: list[int | None] = []
    panel.layer_selected.connect(told.append)
    for row in (2, 0, 3):
        click(qtbot, panel, row)
    qtbot.mouseClick(panel.layers.viewport(), LEFT, pos=QPoint(20, panel.layers.viewport().height() - 1))
    click(qtbot, panel, 1)
    panel.layers.setFocus()
    qtbot.keyClick(panel.layers, Qt.Key.Key_Down)
    qtbot.keyClick(panel.layers, Qt.Key.Key_Escape)
    panel.select_layer(3)
    panel.select_layer(None)
    assert [row for row in told if row is not None] == [2, 0, 3, 1, 2, 3]
    assert told[-1] is None


def test_that_the_selection_stays_with_a_layer_that_others_move(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.select_layer(2)
    told: list[int | None] = []
    panel.layer_selected.connect(told.append)
    model = panel.layers.layers
    assert model.moveRow(QModelIndex(), 2, QModelIndex(), 1)
    assert told == [1]
    document_of(panel).undo_stack.undo()
    assert told == [1, 2]
    assert document_of(panel).experiment == spiral()


def test_that_dropping_a_card_is_one_step(qtbot: QtBot, panel: NetworkPanel) -> None:
    document = document_of(panel)
    document.edit({"network.0.units": 5}, "Change units")
    assert panel.layers.layers.moveRow(QModelIndex(), 1, QModelIndex(), 3)
    assert network_of(panel) == ["16", "relu", "5", "relu"]
    assert document.undo_stack.undo_text == "Move layer"
    assert panel.selected == 2


def test_that_the_ends_are_neither_moved_nor_deleted(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.layers.setFocus()
    for row in (0, 3):
        panel.select_layer(row)
        for key, modifier in (
            (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Up, ALT),
            (Qt.Key.Key_Down, ALT),
            (Qt.Key.Key_D, CONTROL),
        ):
            qtbot.keyClick(panel.layers, key, modifier)
    assert document_of(panel).undo_stack.count() == 0


def test_that_delete_typed_into_a_field_leaves_the_layer(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.select_layer(1)
    field = units_of(panel).control
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert len(panel.layers.layers.rows) == 4


@opens_menus
def test_that_the_buttons_and_the_context_menu_do_the_same(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.select_layer(1)
    qtbot.mouseClick(panel.drawer.duplicate, LEFT)
    assert len(network_of(panel)) == 6
    qtbot.mouseClick(panel.drawer.delete, LEFT)
    assert len(network_of(panel)) == 4

    panel.layers.customContextMenuRequested.emit(QPoint(50, 80))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Move the layer up",
        "Move the layer down",
        "Duplicate the layer",
        "Delete the layer",
    ]
    pick(qtbot, menu, "Delete the layer")
    assert len(network_of(panel)) == 2


def test_that_the_output_has_a_form_and_the_input_has_words(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.show_facts(facts(Run(spiral())))
    panel.select_layer(3)
    assert [editor.path for editor in panel.drawer.form.editors] == ["output.weights", "output.bias"]
    assert not panel.drawer.form.activation.isVisible()
    assert not panel.drawer.delete.isVisible()
    panel.select_layer(0)
    assert panel.drawer.form.editors == ()


def test_that_the_number_of_weights_follows_the_network(qtbot: QtBot, panel: NetworkPanel) -> None:
    assert panel.parameters == ""
    panel.show_facts(facts(Run(spiral())))
    assert panel.parameters == "354 weights"
    document_of(panel).edit({"network.0.units": 1}, "Change units")
    assert panel.parameters == "69 weights"
    document_of(panel).edit({"data": {"kind": "digits"}}, "Change data set")
    assert panel.parameters == ""
    panel.set_parameter_count(2305)
    assert panel.parameters == "2\N{NO-BREAK SPACE}305 weights"


def test_that_badges_come_from_frames_and_survive_a_live_edit_only(qtbot: QtBot, panel: NetworkPanel) -> None:
    document = document_of(panel)
    run = Run(document.experiment)
    panel.show_frame(picture(run, 1, 3, dead=0.125).frame)
    badges = [row.badge.words for row in panel.layers.layers.rows]
    assert badges == ["", "2 dead", "2 dead", ""]
    document.edit({"training.learning_rate": 0.5}, "Change learning rate")
    assert [row.badge.words for row in panel.layers.layers.rows] == badges
    document.new_weights()
    assert not any(row.badge.words for row in panel.layers.layers.rows)
    panel.show_frame(picture(run, 1, 3, dead=0.125).frame)
    panel.show_frame(None)
    assert not any(row.badge.words for row in panel.layers.layers.rows)


@pytest.mark.parametrize(("height", "compact"), [(740, False), (290, True)])
def test_that_cards_of_a_low_panel_have_one_line(qtbot: QtBot, theme: Theme, height: int, compact: bool) -> None:
    panel = panel_of(qtbot, theme, spiral(), height=height)
    assert (panel.layers.pitch < 50) is compact


@pytest.mark.parametrize("layers", [0, 2, 6, 12])
@pytest.mark.parametrize(("width", "height"), [(216, 700), (176, 240)])
def test_that_the_list_scrolls_rather_than_cover_the_button(
    qtbot: QtBot, theme: Theme, width: int, height: int, layers: int
) -> None:
    experiment = replace_network(spiral(), layers)
    panel = panel_of(qtbot, theme, experiment, width, height)
    panel.select_layer(layers)
    qtbot.wait(20)
    assert panel.layers.geometry().bottom() < panel.add_button.mapTo(panel, QPoint(0, 0)).y()
    assert panel.add_button.mapTo(panel, QPoint(0, panel.add_button.height())).y() <= panel.height()
    current = panel.layers.visualRect(panel.layers.currentIndex())
    assert panel.layers.viewport().rect().contains(current.center())


def replace_network(experiment: Experiment, layers: int) -> Experiment:
    import msgspec

    from simulator.experiment import with_keys

    entries = experiment.network[:2] * layers
    return msgspec.structs.replace(experiment, network=with_keys(entries))


def test_that_everything_has_a_name_for_those_who_hear_it(qtbot: QtBot, panel: NetworkPanel) -> None:
    panel.select_layer(1)
    assert panel.layers.accessibleName()
    assert panel.add_button.accessibleName() == "Add layer"
    assert panel.drawer.form.activation.tiles["relu"].accessibleName() == "Activation: ReLU"
    assert all(isinstance(action, QAction) and action.text() for action in panel.actions_of_layer.all)


def test_that_cards_are_painted_in_both_themes_and_sizes(qtbot: QtBot, panel: NetworkPanel, theme: Theme) -> None:
    panel.show_frame(picture(Run(spiral()), 1, 3, dead=0.125).frame)
    panel.select_layer(2)
    seen = set()
    for name in ("light", "dark"):
        theme.set_name(name)  # type: ignore[arg-type]
        for height in (740, 300):
            panel.resize(252, height)
            panel.layers.scrollToTop()
            image = panel.layers.grab().toImage()
            warn = theme.tokens.warn.lower()
            colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
            assert warn in colours
            assert theme.tokens.soft.lower() in colours
            seen.add(image.pixelColor(30, 4).name())
    assert len(seen) == 2

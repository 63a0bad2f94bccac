from collections.abc import Iterator
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.forms import FieldEditor
from app.forms.kind_editor import KindEditor
from app.forms.number_editor import NumberEditor
from app.forms.tree import join
from app.panels.build.build_column import BuildColumn
from app.theme import Theme
from simulator.data import Dataset
from simulator.data.report import FileReport
from simulator.declaration import declared_fields
from tests.app.canned import make_facts
from tests.app.samples import spiral

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(spiral())


def column_of(qtbot: QtBot, theme: Theme, document: Document, width: int = 276, height: int = 760) -> BuildColumn:
    column = BuildColumn(document, theme)
    qtbot.addWidget(column)
    column.resize(width, height)
    column.show()
    column.drawer.setParent(None)
    qtbot.addWidget(column.drawer)
    column.drawer.resize(theme.px(264), height)
    column.drawer.show()
    qtbot.waitExposed(column)
    return column


def editor_at(within: QWidget, path: str) -> FieldEditor:
    return next(editor for editor in within.findChildren(FieldEditor) if editor.path == path)


def declared_paths(struct: msgspec.Struct, path: str = "") -> Iterator[str]:
    """Every field with a declaration, at any depth."""
    declared = [field.name for field in declared_fields(type(struct))]
    for name in struct.__struct_fields__:
        value, there = getattr(struct, name), join(path, name)
        if name in declared:
            yield there
        if isinstance(value, msgspec.Struct):
            yield from declared_paths(value, there)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                yield from declared_paths(entry, join(there, str(index)))


def test_that_every_declared_field_of_an_experiment_can_be_reached(
    qtbot: QtBot, theme: Theme, document: Document
) -> None:
    column = column_of(qtbot, theme, document)
    seen: set[str] = set()
    for page in ("data", "training", "network"):
        column.show_page(page)
    for layer in (None, 1, 2, 3):
        column.network.select_layer(layer)
        seen |= {editor.path for part in (column, column.drawer) for editor in part.findChildren(FieldEditor)}
        # the form of the layer before is gone for good
        column.network.select_layer(None)
    # the list of cards is the editor of the layers
    assert set(declared_paths(document.experiment)) - {"network"} <= seen


def test_that_one_click_leads_to_every_page(qtbot: QtBot, theme: Theme, document: Document) -> None:
    column = column_of(qtbot, theme, document)
    pages = (column.network, column.data, column.training)
    assert [page.isVisible() for page in pages] == [True, False, False]
    for button, page in zip(column.switch.buttons, pages, strict=True):
        qtbot.mouseClick(button, LEFT)
        assert page.isVisible()
        assert sum(other.isVisible() for other in pages) == 1
        assert button.accessibleName()
        assert button.toolTip()


@pytest.mark.parametrize(("width", "height"), [(240, 760), (216, 650), (200, 460)])
@pytest.mark.parametrize("scale", [1.0, 1.6])
def test_that_nothing_is_wider_than_its_page(
    qtbot: QtBot, theme: Theme, document: Document, width: int, height: int, scale: float
) -> None:
    theme.set_text_scale(scale)
    column = column_of(qtbot, theme, document, theme.px(width), height)
    column.set_compact(width < 240)
    column.network.select_layer(1)
    # a dragged window is never narrower than what its widgets ask for
    assert column.minimumSizeHint().width() <= theme.px(width)
    for page in ("network", "data", "training"):
        column.show_page(page)  # type: ignore[arg-type]
        qtbot.wait(1)
        for part in (column, column.drawer):
            for editor in part.findChildren(FieldEditor):
                if editor.isVisible():
                    right = editor.mapTo(part, QPoint(editor.width(), 0)).x()
                    assert right <= part.width() - 8, editor.path
                    assert editor.minimumSizeHint().width() <= editor.width(), editor.path


def test_that_the_data_page_says_what_was_read(qtbot: QtBot, theme: Theme, document: Document) -> None:
    column = column_of(qtbot, theme, document)
    labels = np.array([0, 0, 0, 1])
    report = FileReport("own.csv", 4, named=True, encoding="UTF-8", counting=("Id",), left_out=("Id",))
    dataset = Dataset(np.zeros((4, 2), np.float32), labels, ("<b>no</b>", "yes"), ("x", "y"), report=report)
    column.data.show_facts(replace(make_facts(), dataset=dataset))
    column.show_page("data")
    assert column.data.told.splitlines() == [
        "4 examples, 2 classes: <b>no</b> 3, yes 1.",
        "The first row names the columns.",
        "Letters were read as UTF-8.",
        "Columns left out, because they only count the rows: Id.",
    ]


def test_that_new_points_are_one_click(qtbot: QtBot, theme: Theme, document: Document) -> None:
    column = column_of(qtbot, theme, document)
    column.show_page("data")
    qtbot.mouseClick(column.data.new_points_button, LEFT)
    assert document.experiment.seeds.data == 1
    assert document.undo_stack.undo_text == "New points"
    seed = editor_at(column.data, "seeds.data")
    assert isinstance(seed, NumberEditor)
    assert seed.control.text() == "1"


def test_that_new_points_are_promised_of_points_alone(qtbot: QtBot, theme: Theme, document: Document) -> None:
    button = column_of(qtbot, theme, document).data.new_points_button
    assert button.text() == "New points"
    document.edit({"data": {"kind": "digits"}}, "Change data")
    assert button.text() == button.accessibleName() == "New split"
    qtbot.mouseClick(button, LEFT)
    assert document.undo_stack.undo_text == "New split"


def test_that_all_pages_follow_the_document(qtbot: QtBot, theme: Theme, document: Document) -> None:
    column = column_of(qtbot, theme, document)
    document.edit({"data": {"kind": "moons"}, "training.batch_size": 7, "seeds.order": 5}, "Change much")
    data = editor_at(column.data, "data")
    batch = editor_at(column.training, "training.batch_size")
    order = editor_at(column.training, "seeds.order")
    assert isinstance(data, KindEditor)
    assert isinstance(batch, NumberEditor)
    assert isinstance(order, NumberEditor)
    assert data.box.combo.currentText() == "Moons"
    assert (batch.control.text(), order.control.text()) == ("7", "5")
    document.undo_stack.undo()
    assert data.box.combo.currentText() == "Spiral"
    assert (batch.control.text(), order.control.text()) == ("32", "0")


def test_that_tab_leads_through_the_page_and_nowhere_hidden(qtbot: QtBot, theme: Theme, document: Document) -> None:
    column = column_of(qtbot, theme, document)
    column.network.select_layer(1)
    first: QWidget = column.switch.buttons[0]
    first.setFocus()
    visited = []
    for _step in range(12):
        qtbot.keyClick(column.focusWidget(), Qt.Key.Key_Tab)
        visited.append(column.focusWidget())
    assert column.network.layers in visited
    assert column.network.add_button in visited
    assert all(widget.isVisible() for widget in visited)
    assert all(widget.accessibleName() for widget in visited if not isinstance(widget, QPushButton))

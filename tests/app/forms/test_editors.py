from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.forms import EditorForm, FieldEditor, make_form
from app.forms.check_editor import CheckEditor
from app.forms.choice_editor import ChoiceEditor
from app.forms.factory import make_editor
from app.forms.kind_editor import KindEditor
from app.forms.number_editor import NumberEditor
from app.forms.optional_editor import OptionalEditor
from app.forms.text_editor import TextEditor
from app.forms.tree import value_at
from simulator.data import PREPROCESSINGS, SOURCES
from simulator.declaration import DeclaredField, Field, kind_of
from simulator.experiment import Experiment
from simulator.initializers import INITIALIZERS
from simulator.layers import LAYERS
from simulator.losses import LOSSES
from simulator.optimizers import OPTIMIZERS
from tests.app.samples import spiral

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(spiral())


def shown(qtbot: QtBot, form: QWidget, width: int = 250) -> QWidget:
    qtbot.addWidget(form)
    form.resize(width, 400)
    form.show()
    qtbot.waitExposed(form)
    return form


def number(form: EditorForm, name: str) -> NumberEditor:
    editor = form.editor(name)
    assert isinstance(editor, NumberEditor)
    return editor


def enter(qtbot: QtBot, editor: NumberEditor, text: str) -> None:
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, text)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)


def places() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every path at which a form may stand, with the patch that puts every kind there."""
    for name in ("", "split", "output", "training", "training.divergence", "seeds"):
        yield name, {}
    registries = {
        "data": SOURCES,
        "preprocessing": PREPROCESSINGS,
        "training.optimizer": OPTIMIZERS,
        "loss": LOSSES,
        "network.0.weights": INITIALIZERS,
        "output.weights": INITIALIZERS,
    }
    for path, registry in registries.items():
        for kind in registry.values():
            yield path, {path: {"kind": kind_of(kind)}}
    for layer in LAYERS.values():
        yield "network.0", {"network": [{"kind": kind_of(layer)}]}


@pytest.mark.parametrize(("path", "patch"), list(places()), ids=str)
def test_that_every_declared_field_has_an_editor_with_name_and_tooltip(
    qtbot: QtBot, document: Document, path: str, patch: dict[str, Any]
) -> None:
    document.edit(patch, "Set up")
    # the layers of the network are no field of a form: the list of cards edits them
    only = ("data", "preprocessing", "loss") if path == "" else None
    form = make_form(document, path, only)
    shown(qtbot, form)
    for editor in form.editors:
        assert editor.declared.about.help or "Change" not in editor.toolTip()
        assert editor.toolTip()
        assert editor.accessibleName()
        assert editor.control.accessibleName()
        assert ("starts the run again" in editor.toolTip()) is not editor.declared.about.live
        assert editor.path.removeprefix(f"{path}.").count(".") == 0


def test_that_no_struct_of_the_experiment_is_left_without_a_form() -> None:
    covered = {path for path, _patch in places()}
    experiment = Experiment()
    structs = {name for name in experiment.__struct_fields__ if hasattr(getattr(experiment, name), "__struct_fields__")}
    assert structs <= covered


def test_that_a_field_of_an_unknown_type_is_a_fault_of_the_program(document: Document) -> None:
    with pytest.raises(TypeError, match="no editor"):
        make_editor(document, "name", DeclaredField("name", bytes, b"", Field("Name")))


def test_that_a_number_is_typed(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    for text, rate in (("1e-3", 0.001), ("0,02", 0.02), ("1 000", 1000.0)):
        enter(qtbot, number(form, "learning_rate"), text)
        assert document.experiment.training.learning_rate == rate
    assert document.undo_stack.count() == 3
    assert document.undo_stack.undo_text == "Change learning rate"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("learning_rate", "-1", "Learning rate must be between 0 and 1000000000, not −1"),
        ("learning_rate", "much", 'Learning rate must be a number, not "much"'),
        ("learning_rate", "inf", 'Learning rate must be a number, not "inf"'),
        ("batch_size", "2.5", "Mini-batch must be a whole number, not 2.5"),
        ("batch_size", "0", "Mini-batch must be between 1 and 100000, not 0"),
    ],
)
def test_that_a_bad_value_gets_a_sentence_and_the_old_one_stays(
    qtbot: QtBot, document: Document, name: str, text: str, sentence: str
) -> None:
    form, before, refused = make_form(document, "training"), document.state, []
    document.refused.connect(refused.append)
    shown(qtbot, form)
    editor = number(form, name)
    old = editor.control.text()

    enter(qtbot, editor, text)

    assert editor.fault == sentence
    assert editor.control.text() == old
    assert document.state is before
    # under the field is where it belongs: the window need not say it again
    assert not refused
    enter(qtbot, editor, "5")
    assert not editor.fault


def test_that_escape_takes_back_what_was_typed(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    editor = number(form, "batch_size")
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, "77")
    qtbot.keyClick(editor.control, Qt.Key.Key_Escape)
    assert editor.control.text() == "32"
    assert document.undo_stack.count() == 0


def test_that_undo_is_the_documents_once_a_number_is_entered(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    undo = QShortcut(QKeySequence("Ctrl+Z"), form)
    undo.activated.connect(document.undo_stack.undo)
    field = number(form, "batch_size").control
    form.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    enter(qtbot, number(form, "batch_size"), "64")
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.training.batch_size == 64, "what is being typed is undone in the field"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.training.batch_size == 32
    assert field.text() == "32"


def test_that_up_and_down_go_from_stop_to_stop_as_one_step(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "network.0")
    shown(qtbot, form)
    field = number(form, "units").control
    for expected in (20, 25, 30):
        qtbot.keyClick(field, Qt.Key.Key_Up)
        assert value_at(document.experiment, "network.0.units") == expected
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert value_at(document.experiment, "network.0.units") == 25
    assert document.undo_stack.count() == 1


def test_that_one_drag_of_a_slider_is_one_step(qtbot: QtBot, document: Document) -> None:
    form, before = make_form(document, "training"), document.state
    shown(qtbot, form)
    editor = number(form, "learning_rate")
    slider = editor.slider
    assert slider is not None
    rates = []
    document.changed.connect(lambda _before, after: rates.append(after.experiment.training.learning_rate))

    for width in (slider.width(), slider.width() // 2):
        count = document.undo_stack.count()
        qtbot.mousePress(slider, LEFT, pos=QPoint(width // 4, slider.height() // 2))
        for x in range(width // 4, width * 3 // 4, 5):
            qtbot.mouseMove(slider, QPoint(x, slider.height() // 2))
        qtbot.mouseRelease(slider, LEFT, pos=QPoint(width * 3 // 4, slider.height() // 2))
        assert document.undo_stack.count() == count + 1

    assert len(rates) > 6
    assert editor.control.number == rates[-1]
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.state == before
    assert editor.control.text() == "0.1"


def test_that_undo_is_shown_without_another_edit(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    document.edit({"training.learning_rate": 0.37, "training.batch_size": 7}, "Change both")
    assert number(form, "learning_rate").control.text() == "0.37"
    document.undo_stack.undo()
    assert number(form, "learning_rate").control.text() == "0.1"
    assert document.undo_stack.count() == 1
    assert document.undo_stack.can_redo


def test_that_a_limit_can_be_set_changed_and_taken_away(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    editor = form.editor("epochs")
    assert isinstance(editor, OptionalEditor)
    assert not editor.field.isVisible()

    qtbot.mouseClick(editor.check, LEFT, pos=QPoint(8, editor.check.height() // 2))
    assert document.experiment.training.epochs == 100
    editor.field.selectAll()
    qtbot.keyClicks(editor.field, "20")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    assert document.experiment.training.epochs == 20
    qtbot.mouseClick(editor.check, LEFT, pos=QPoint(8, editor.check.height() // 2))
    assert document.experiment.training.epochs is None


def test_that_a_check_box_is_ticked_by_its_box_and_by_its_words(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training.divergence")
    shown(qtbot, form)
    editor = form.editor("enabled")
    assert isinstance(editor, CheckEditor)
    qtbot.mouseClick(editor.control, LEFT, pos=QPoint(8, editor.control.height() // 2))
    assert not document.experiment.training.divergence.enabled
    words = next(label for label in editor.findChildren(QLabel) if label.text().startswith("Stop"))
    qtbot.mouseClick(words, LEFT)
    assert document.experiment.training.divergence.enabled


def test_that_a_word_is_chosen_and_a_narrow_column_gets_a_combo_box(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training.divergence")
    shown(qtbot, form, 300)
    editor = form.editor("judged")
    assert isinstance(editor, ChoiceEditor)
    box = editor.box
    assert box.control is not box.combo
    qtbot.mouseClick(box.control.buttons[1], LEFT)
    assert document.experiment.training.divergence.judged == "epoch"

    form.resize(120, 400)
    qtbot.waitUntil(lambda: box.control is box.combo)
    assert box.combo.currentText() == "at epoch ends"
    qtbot.keyClick(box.combo, Qt.Key.Key_Up)
    assert document.experiment.training.divergence.judged == "step"


def test_that_another_kind_brings_its_own_fields(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "", ("data",))
    shown(qtbot, form)
    editor = form.editor("data")
    assert isinstance(editor, KindEditor)
    assert [inner.declared.name for inner in editor.form.editors] == ["examples", "noise", "classes", "turns"]

    editor.box.combo.setFocus()
    qtbot.keyClicks(editor.box.combo, "Moons")
    assert document.experiment.data.kind == "moons"
    assert [inner.declared.name for inner in editor.form.editors] == ["examples", "noise"]
    inner = editor.form.editor("noise")
    assert isinstance(inner, NumberEditor)
    enter(qtbot, inner, "0.5")
    assert value_at(document.experiment, "data.noise") == 0.5

    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.experiment.data.kind == "spiral"
    assert editor.box.combo.currentText() == "Spiral"
    assert len(editor.form.editors) == 4


def test_that_a_form_moves_to_another_place(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "network.0")
    shown(qtbot, form)
    document.edit({"network.2.units": 99}, "Change units")
    form.set_path("network.2")
    assert number(form, "units").control.text() == "99"
    form.set_path("network.99")
    assert form.editors == ()


def test_that_a_path_is_typed_or_dropped(qtbot: QtBot, document: Document) -> None:
    document.edit({"data": {"kind": "npz_file"}}, "Change data set")
    form = make_form(document, "data")
    shown(qtbot, form)
    editor = form.editor("path")
    assert isinstance(editor, TextEditor)
    editor.control.selectAll()
    qtbot.keyClicks(editor.control, "mine.npz")
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    assert value_at(document.experiment, "data.path") == "mine.npz"
    editor.control.setText("file:///home/me/theirs.npz")
    assert value_at(document.experiment, "data.path") == "/home/me/theirs.npz"
    assert editor.control.text() == "/home/me/theirs.npz"


def test_that_the_wheel_scrolls_and_changes_nothing(qtbot: QtBot, document: Document) -> None:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    form = make_form(document, "training")
    shown(qtbot, form)
    slider = number(form, "learning_rate").slider
    assert slider is not None
    number(form, "batch_size").control.setFocus()
    place = QPointF(slider.rect().center())
    down = QWheelEvent(
        place,
        QPointF(slider.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, down)
    assert document.undo_stack.count() == 0


def test_that_editors_say_where_a_field_is_from_and_in_grey(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    tip = form.editor("learning_rate").toolTip()
    assert "How far one step goes against the gradient." in tip
    assert "Source: F4-F6" in tip
    assert "color:#" in tip


def test_that_every_editor_is_one_of_ours(qtbot: QtBot, document: Document) -> None:
    form = make_form(document, "training")
    shown(qtbot, form)
    assert all(isinstance(editor, FieldEditor) for editor in form.editors)
    with pytest.raises(KeyError):
        form.editor("no such field")

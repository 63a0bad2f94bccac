"""A2 and A3 gate by gate, by clicks alone, with a shown number against a closed form."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import MicroscopeLab
from app.labs.microscope.texts import value_text
from tests.app.labs.microscope.conftest import choose, column, number, press, sigmoid

pytestmark = pytest.mark.slow


def test_that_the_gradients_of_the_slides_are_reached_gate_by_gate(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next, 8)
    assert [row[1].text for row in page.table.shown] == ["…"] * 13
    assert page.controls.place.text() == "gate 8 of 16"
    press(qtbot, page.controls.next, 8)
    slope = sigmoid(1.0) * (1 - sigmoid(1.0))
    for name, exact in {"w₀": -slope, "x₀": 2 * slope, "w₁": -2 * slope, "x₁": -3 * slope, "w₂": slope}.items():
        assert number(column(page.table, name, 1)) == pytest.approx(exact, abs=5e-5)
        assert number(column(page.table, name, 2)) == pytest.approx(exact, abs=5e-5), "the numeric estimate"
    assert not page.controls.next.isEnabled()


def test_that_the_exp_gate_is_told_with_its_numbers(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next, 11)
    assert "The exp gate, backward" in page.story.text
    assert f"{math.exp(-1):.3f}" in page.story.text
    assert page.product.text.splitlines() == [
        f"arrives −{sigmoid(1) ** 2:.4f}",
        f"local gradient × {math.exp(-1):.4f}",
        f"passed back = −{sigmoid(1) ** 2 * math.exp(-1):.4f}",
    ]
    assert page.curve.data is not None
    assert (page.curve.data.x, page.curve.data.slope) == pytest.approx((-1, math.exp(-1)))


def test_that_back_and_rewind_forget_gradients(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next, 12)
    press(qtbot, page.controls.back)
    assert page.walk.position == 11
    assert sum(row[1].text != "…" for row in page.table.shown) == 4
    press(qtbot, page.controls.rewind)
    assert page.walk.position == 0
    assert not page.controls.back.isEnabled()
    assert page.curve.data is None


def test_that_the_arrow_keys_go_gate_by_gate(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next)
    steps = page.controls.steps
    assert steps.hasFocus(), "after a click the keys go on"
    for key, position in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Right, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_End, 16),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(steps, key)
        assert page.walk.position == position


def test_that_a_click_on_a_dot_or_a_gate_goes_there(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    steps = page.controls.steps
    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=steps.place_of(6).toPoint())
    assert page.walk.position == 6
    qtbot.mouseClick(page.graph, Qt.MouseButton.LeftButton, pos=page.graph.place_of("score").toPoint())
    assert page.walk.position == 4
    qtbot.mouseClick(steps, Qt.MouseButton.LeftButton, pos=steps.place_of(10).toPoint())
    qtbot.mouseClick(page.graph, Qt.MouseButton.LeftButton, pos=page.graph.place_of("score").toPoint())
    assert page.walk.position == 13


def test_that_a_dragged_number_moves_everything_that_depends_on_it(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next, 16)
    start = page.graph.place_of("w2").toPoint()
    QTest.mousePress(page.graph, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(page.graph, start + QPoint(200, 0))
    QTest.mouseRelease(page.graph, Qt.MouseButton.LeftButton, pos=start + QPoint(200, 0))
    assert page.walk.inputs["w2"] == pytest.approx(-1)
    assert page.inputs.controls["w2"].value == pytest.approx(-1)
    slope = sigmoid(3.0) * (1 - sigmoid(3.0))
    assert number(column(page.table, "w₂", 1)) == pytest.approx(slope, abs=5e-5)
    press(qtbot, page.inputs.reset)
    assert page.walk.inputs["w2"] == -3
    assert not page.inputs.reset.isEnabled()


def test_that_a_typed_number_is_held_within_its_bounds(qtbot: QtBot, lab: MicroscopeLab) -> None:
    field = lab.gates.inputs.controls["x0"].field
    field.selectAll()
    qtbot.keyClicks(field, "99")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert lab.gates.walk.inputs["x0"] == 10


def test_that_kept_numbers_are_marked_until_they_have_been_used(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    kept = [edge for edge in page.walk.found.edges if page.walk.is_kept(edge)]
    assert kept == []
    press(qtbot, page.controls.next, 8)
    kept = {edge for edge in page.walk.found.edges if page.walk.is_kept(edge)}
    # both inputs of both products, the output of exp, the input of 1/x
    assert kept == {("product0", 0), ("product0", 1), ("product1", 0), ("product1", 1), ("below", 0), ("f", 0)}
    press(qtbot, page.controls.next, 8)
    assert not any(page.walk.is_kept(edge) for edge in page.walk.found.edges)


def test_that_the_sigmoid_is_one_gate_or_four(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    page.inputs.controls["w0"].slider.setValue(page.inputs.controls["w0"].slider.value() + 10)
    press(qtbot, page.split.buttons[1])
    assert page.walk.graph.id == "whole"
    assert page.walk.inputs["w0"] == pytest.approx(3), "the numbers stay"
    press(qtbot, page.controls.next, 10)
    slope = sigmoid(0.0) * (1 - sigmoid(0.0))
    assert number(column(page.table, "x₀", 1)) == pytest.approx(3 * slope, abs=5e-5)


def test_that_gradients_of_a_value_used_twice_are_added(qtbot: QtBot, lab: MicroscopeLab) -> None:
    choose(qtbot, lab, "branch")
    page = lab.gates
    press(qtbot, page.controls.next, 6)
    assert [number(column(page.table, name, 1)) for name in ("y into max", "y into +", "y in all")] == [3, 2, 5]
    assert "y is used 2 times: 2.00 + 3.00" in page.story.text
    assert "sum 5.00" in [note.text for note in page.graph.notes]


def test_that_equal_inputs_of_max_are_called_a_kink(qtbot: QtBot, lab: MicroscopeLab) -> None:
    choose(qtbot, lab, "patterns")
    page = lab.gates
    page.inputs.controls["w"].slider.setValue(page.inputs.controls["w"].places.index(2.0))
    press(qtbot, page.controls.next, 7)
    assert "A kink" in page.story.text


def test_that_a_prediction_is_compared_with_what_comes(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    assert page.predict.question is None, "nothing is asked on the way forward"
    press(qtbot, page.controls.next, 11)
    question = page.predict.question
    assert question is not None
    assert len(set(question.answers)) == 3
    right = f"{sigmoid(1) ** 2 * math.exp(-1):.3f}"
    assert question.right == right
    wrong = next(button for button in page.predict.buttons if button.text() != right)
    press(qtbot, wrong)
    press(qtbot, page.controls.next)
    assert page.predict.verdict.text() == f"You said {wrong.text()}. It is {right}."
    press(qtbot, page.controls.next)
    assert not page.predict.verdict.isVisible()


def test_that_a_legend_entry_hides_the_estimates(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next, 16)
    assert any(note.text.startswith("(") for note in page.graph.notes)
    press(qtbot, page.legend.buttons[2])
    assert not any(note.text.startswith("(") for note in page.graph.notes)


def test_that_the_other_input_of_a_gate_can_be_moved(qtbot: QtBot, lab: MicroscopeLab) -> None:
    page = lab.gates
    press(qtbot, page.controls.next)
    assert page.curve.data is not None
    assert (page.curve.data.name, page.curve.data.slope) == ("w₀", -1)
    press(qtbot, page.moved.buttons[1])
    assert (page.curve.data.name, page.curve.data.slope) == ("x₀", 2)


# --- A3: the neuron ---


def test_that_the_firing_rate_is_the_sigmoid_of_the_cell_body_sum(qtbot: QtBot, lab: MicroscopeLab) -> None:
    choose(qtbot, lab, "neuron")
    page = lab.gates
    numbers = {"x0": 1.2, "w0": -0.7, "x1": 0.4, "w1": 2.0, "x2": -1.0, "w2": 0.3, "b": 0.5}
    for name, value in numbers.items():
        field = page.inputs.controls[name].field
        field.selectAll()
        qtbot.keyClicks(field, str(value))
        qtbot.keyClick(field, Qt.Key.Key_Return)
    press(qtbot, page.controls.next, 5)
    body = 1.2 * -0.7 + 0.4 * 2.0 + -1.0 * 0.3 + 0.5
    assert f"Firing rate = σ({body:.3f}) = <b>{sigmoid(body):.3f}</b>" in page.story.text
    written = [note.text for note in page.graph.notes]
    assert f"{body:.3f}" in written
    assert f"{sigmoid(body):.3f}" in written
    assert "slide A3" in page.story.text or "A3" in page.story.text


def test_that_the_sliders_of_the_neuron_show_sum_and_firing_rate_at_once(qtbot: QtBot, lab: MicroscopeLab) -> None:
    choose(qtbot, lab, "neuron")
    page = lab.gates
    values = page.walk.inputs
    assert page.walk.position == 0
    for bias in (values["b"], -10.0):
        field = page.inputs.controls["b"].field
        field.selectAll()
        qtbot.keyClicks(field, str(bias))
        qtbot.keyClick(field, Qt.Key.Key_Return)
        body = sum(values[f"x{place}"] * values[f"w{place}"] for place in range(3)) + bias
        assert page.neuron.isVisible()
        assert page.neuron.text().startswith(f"Sum in the cell body: {value_text(body)}.")
        assert page.neuron.text().endswith(f"Firing rate: {value_text(sigmoid(body))}.")
    choose(qtbot, lab, "patterns")
    assert not page.neuron.isVisible()

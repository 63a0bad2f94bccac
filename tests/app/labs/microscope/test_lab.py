"""The microscope: the lecture's A1, A2 and A3, each by clicks alone, with a shown number against a closed form."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import BATCH, LAYERS, SPEC, MicroscopeLab
from app.labs.microscope.layer.cell_table import CellTable
from app.labs.microscope.texts import value_text
from app.look.numbers import scientific
from simulator.experiment import Experiment, Run, from_plain
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.app.labs.conftest import ROOM, SMALL, OpenLab
from tests.app.plots.conftest import assert_apart, boxes_of
from tests.app.samples import spiral
from tests.app.test_translation import Brackets, brackets, texts, untranslated  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow


@pytest.fixture
def lab(open_lab: OpenLab) -> MicroscopeLab:
    made = open_lab(SPEC)
    assert isinstance(made, MicroscopeLab)
    return made


def press(qtbot: QtBot, button: QAbstractButton, times: int = 1) -> None:
    for _ in range(times):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, lab: MicroscopeLab, subject: str) -> None:
    """Click on an entry of the menu; the neuron with one sigmoid is chosen beside its twin."""
    press(qtbot, lab.findChild(QPushButton, "split" if subject == "whole" else subject))
    if subject == "whole":
        press(qtbot, lab.gates.split.buttons[1])


def column(table: CellTable, name: str, place: int) -> str:
    """The text in a column of the row that begins with `name`."""
    return next(row[place].text for row in table.shown if row[0].text == name)


def number(text: str) -> float:
    """A number as the window writes it."""
    plain = text.strip("()").replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
    mantissa, _, power = plain.partition("×10")
    exponent = power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    return float(mantissa) * 10 ** float(exponent or 0)


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


# --- A2: gate by gate ---


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


# --- A1: one mini-batch ---


def small() -> Experiment:
    """The spiral with a mini-batch whose size is no power of two, and a penalty."""
    sample = spiral()
    optimizer = replace(sample.training.optimizer, momentum=0.0)
    return replace(sample, training=replace(sample.training, batch_size=10, l2=0.01, optimizer=optimizer))


def first_batch(experiment: Experiment) -> tuple[reference.Weights, reference.Array, reference.Array]:
    dataset = experiment.data.load(experiment.seeds.data)
    examples, _ = reference.preprocessed(experiment, dataset)
    weights = reference.initial_weights(experiment, dataset.width, dataset.classes)
    _, batch, _, _ = next(reference.mini_batches({0: experiment}, len(examples.labels), 1))
    return weights, examples.features[batch], examples.labels[batch]


def open_batch(qtbot: QtBot, open_lab: OpenLab, subject: str, experiment: Experiment) -> MicroscopeLab:
    lab = open_lab(SPEC, experiment=experiment)
    assert isinstance(lab, MicroscopeLab)
    choose(qtbot, lab, subject)
    qtbot.waitUntil(lambda: lab.study.parts is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not lab.study.busy, timeout=10_000)
    return lab


def test_that_the_sums_over_single_examples_equal_the_gradient_of_the_batch(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    page = lab.batch
    weights, features, labels = first_batch(small())
    plain = replace(small(), training=replace(small().training, l2=0.0))
    loss, gradients = reference.loss_and_gradients(plain, weights, features, labels)
    press(qtbot, page.controls.next)
    assert len(page.examples.shown) == 10
    press(qtbot, page.controls.next)
    assert number(page.examples.shown[-1][4].text) == pytest.approx(10 * loss.data, rel=5e-3), "the sum of losses"
    press(qtbot, page.controls.next)
    # what is followed at first: w from input 1 to unit 1 of the output
    exact = gradients[-1][0][0, 0]
    assert number(page.examples.shown[-1][6].text) == pytest.approx(10 * exact, rel=5e-3), "the sum of the terms"
    press(qtbot, page.controls.next)
    norms = [np.linalg.norm(block) for layer in gradients for block in layer]
    assert [number(row[2].text) for row in page.sums.shown] == pytest.approx(norms, rel=5e-3)
    difference = lab.study.parts.difference if lab.study.parts else 1.0
    assert difference < 1e-6
    assert f"difference {scientific(difference)} at most" == page.sums_card.subtitle_label.text
    assert not page.controls.next.isEnabled()


def test_that_the_update_is_filled_in_with_numbers(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    press(qtbot, lab.batch.controls.next, 4)
    weights, features, labels = first_batch(small())
    _, gradients = reference.loss_and_gradients(small(), weights, features, labels)
    before, gradient = weights[-1][0][0, 0], gradients[-1][0][0, 0]
    after = before - 0.1 * gradient
    text = lab.batch.story.text.replace("−", "-")
    assert "Update, SGD" in text
    assert f"w = {before:.4g}"[:8] in text
    assert f"{after:.4g}"[:6] in text


def test_that_one_example_at_a_time_goes_forward_and_back(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    page = lab.batch
    weights, features, labels = first_batch(small())
    plain = replace(small(), training=replace(small().training, l2=0.0))
    press(qtbot, page.controls.next)
    press(qtbot, page.one)
    loss, gradients = reference.loss_and_gradients(plain, weights, features[:1], labels[:1])
    assert number(page.examples.shown[0][3].text) == pytest.approx(loss.data, rel=5e-3)
    assert [row[5].text for row in page.examples.shown] == ["…"] * 10
    assert page.controls.place.text() == "example 1 of 10"
    press(qtbot, page.one)
    assert number(page.examples.shown[0][5].text) == pytest.approx(gradients[-1][0][0, 0], rel=5e-3)
    assert page.terms.data is not None
    assert page.terms.data.known == 1
    press(qtbot, page.controls.back)
    assert page.examples.shown[0][5].text == "…"
    press(qtbot, page.controls.rewind)
    assert len(page.examples.shown) == 0


def test_that_another_parameter_can_be_followed(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    page = lab.batch
    press(qtbot, page.controls.next, 3)
    page.chooser.blocks.combo.setCurrentIndex(0)
    page.chooser.blocks.combo.activated.emit(0)
    qtbot.keyClick(page.chooser.unit.control.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.terms.data is not None, timeout=10_000)
    assert page.terms.data is not None
    assert page.terms.data.name == "Dense 1, w 1 → 2"
    weights, features, labels = first_batch(small())
    plain = replace(small(), training=replace(small().training, l2=0.0))
    _, gradients = reference.loss_and_gradients(plain, weights, features, labels)
    assert page.terms.data.values.mean() == pytest.approx(gradients[0][0][0, 1], rel=1e-9)


def test_that_batch_norm_is_shown_as_a_whole_and_says_why(qtbot: QtBot, open_lab: OpenLab) -> None:
    sample = small()
    network = from_plain({"network": [{"kind": "dense", "units": 4, "key": 1}, {"kind": "batch_norm"}]}).network
    lab = open_batch(qtbot, open_lab, BATCH, replace(sample, network=network))
    page = lab.batch
    press(qtbot, page.controls.next, 3)
    assert "cannot be taken apart" in page.state.text()
    assert "Batch norm ties the examples together" in page.terms.canvas.words
    assert len(page.examples.shown[0]) == 5
    press(qtbot, page.controls.back)
    press(qtbot, page.one)
    assert page.walk is not None
    assert page.walk.stand.backward == 10


def test_that_a_mini_batch_too_large_is_refused_with_a_sentence(qtbot: QtBot, open_lab: OpenLab) -> None:
    sample = small()
    sample = replace(
        sample,
        data=replace(sample.data, examples=2000),
        training=replace(sample.training, batch_size=600),
    )
    lab = open_lab(SPEC, experiment=sample)
    assert isinstance(lab, MicroscopeLab)
    choose(qtbot, lab, BATCH)
    qtbot.waitUntil(lambda: "at most 500" in lab.batch.story.text, timeout=60_000)
    assert not lab.batch.controls.next.isEnabled()
    assert not lab.batch.one.isEnabled()


def test_that_a_changed_experiment_is_taken_apart_anew(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    press(qtbot, lab.batch.controls.next, 2)
    with qtbot.waitSignal(lab.study.parts_changed):
        lab.context.document.edit({"training.batch_size": 5}, "Change mini-batch")
    qtbot.waitUntil(lambda: lab.study.parts is not None and lab.study.parts.size == 5, timeout=10_000)
    assert lab.batch.walk is not None
    assert lab.batch.walk.at_start


def test_that_the_present_weights_of_the_run_are_taken_at_a_click(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    assert "at step 0" in lab.batch.state.text()
    trainer = Trainer(Run(small()))
    trainer.advance(5)

    @dataclass
    class Past:
        run: Run
        trainer: Trainer

    questions: list[Callable[[Past], object]] = []
    lab.context.controller.ask = lambda question, answer: questions.append(lambda past: answer(question.answer(past)))
    press(qtbot, lab.batch.weights.switch.buttons[1])
    assert "Waiting for the run" in lab.batch.story.text
    questions.pop()(Past(trainer.run, trainer))
    qtbot.waitUntil(lambda: lab.study.parts is not None, timeout=10_000)
    assert "after step 5" in lab.batch.state.text()
    assert lab.study.parts is not None
    found = np.concatenate([block.before for block in lab.study.parts.blocks])
    np.testing.assert_array_equal(found, trainer.state.parameters)
    choose(qtbot, lab, LAYERS)
    assert lab.layers.weights.switch.value == "now"
    assert len(questions) == 1, "the run may have gone on"


def test_that_nothing_is_measured_while_the_lab_is_hidden(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    lab.hide()
    lab.context.document.edit({"training.batch_size": 5}, "Change mini-batch")
    assert not lab.study.busy
    lab.show()
    qtbot.waitUntil(lambda: lab.study.parts is not None and lab.study.parts.size == 5, timeout=10_000)


# --- A2: layers as pairs ---


def test_that_every_layer_shows_its_pair_with_real_numbers(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    weights, features, labels = first_batch(small())
    values = reference.forward(small(), weights, features)
    _, shares = reference.softmax_cross_entropy(values[-1], labels)
    _, deltas = reference.backward(small(), weights, values, shares * len(labels))

    def shown(symbol: str) -> list[float]:
        cells = next(row for row in page.table.shown if row[1].text == symbol)
        return [number(cell.text) for cell in cells[3:] if cell.text not in ("", "…")]

    for place in range(5):
        press(qtbot, page.controls.next)
        assert shown("x") == pytest.approx(values[place][0, :8], rel=6e-3, abs=1e-9)
        assert shown("y") == pytest.approx(values[place + 1][0, :8], rel=6e-3, abs=1e-9)
        assert shown("dy") == []
    press(qtbot, page.controls.next, 2)
    assert "Softmax cross-entropy, backward" in page.story.text
    for place in reversed(range(5)):
        press(qtbot, page.controls.next)
        assert shown("dy") == pytest.approx(deltas[place + 1][0, :8], rel=6e-3, abs=1e-9)
        assert shown("dx") == pytest.approx(deltas[place][0, :8], rel=6e-3, abs=1e-9)
    assert not page.controls.next.isEnabled()


def test_that_the_formula_of_a_weight_is_worked_out(qtbot: QtBot, open_lab: OpenLab) -> None:
    """dw of one example, shown at the end of the way back, against a difference of the reference's loss."""
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    qtbot.keyClick(page.controls.steps, Qt.Key.Key_End)
    unit = page.unit.index
    weights, features, labels = first_batch(small())
    losses = []
    for move in (1e-5, -1e-5):
        moved = [tuple(block.copy() for block in layer) for layer in weights]
        moved[0][0][0, unit] += move
        values = reference.forward(small(), moved, features[:1])
        losses.append(reference.softmax_cross_entropy(values[-1], labels[:1])[0])
    line = next(part for part in page.backward_card.worked.text().split("<br>") if "dw = " in part)
    found = line.partition(", from")[0].rpartition("= ")[2]
    assert number(found) == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=6e-3)
    assert "dW = Σ xᵀ dy" in page.backward_card.formulas.text()


def test_that_a_click_on_a_layer_goes_there(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    qtbot.mouseClick(page.chain, Qt.MouseButton.LeftButton, pos=page.chain.box_of(2).center().toPoint())
    assert page.position == 3
    assert page.table_card.title_label.text() == "Dense 2"


# --- what holds for the whole lab ---

LOW = QSize(SMALL.width(), SMALL.height() - 30)
"""What is left where the list of labs has its row."""
PLACES = (("split", 16), ("whole", 10), ("patterns", 8), ("branch", 6), ("neuron", 10))


def test_that_every_control_has_a_name(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    for subject in ("split", "patterns", "neuron", BATCH, LAYERS):
        choose(qtbot, lab, subject)
        controls = [
            part
            for part in lab.findChildren(QWidget)
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        ]
        nameless = [part for part in controls if not part.accessibleName() and not getattr(part, "text", str)()]
        assert nameless == []


SYMBOLS = re.compile(r"[wxyzb][₀-₉]?")


@pytest.mark.usefixtures("brackets")
def test_that_all_words_are_translated(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    left = set()
    for subject, moves in (*PLACES, (BATCH, 4), (LAYERS, 12)):
        choose(qtbot, lab, subject)
        controls = {BATCH: lab.batch.controls, LAYERS: lab.layers.controls}.get(subject, lab.gates.controls)
        for position in sorted({0, 1, moves // 2, moves // 2 + 1, moves}):
            controls.steps.setValue(position)
            for widget in [part for part in lab.findChildren(QWidget) if part.isVisible()]:
                for where, text in texts(widget):
                    if untranslated(SYMBOLS.sub("", text)) and not widget.objectName().startswith("qt_"):
                        left.add(f"{type(widget).__name__}, {where}: {text!r}")
    assert sorted(left) == []


@pytest.mark.parametrize("size", [ROOM, LOW], ids=["roomy", "low"])
def test_that_the_numbers_of_a_graph_lie_apart(qtbot: QtBot, open_lab: OpenLab, size: QSize) -> None:
    lab = open_lab(SPEC, size=size)
    assert isinstance(lab, MicroscopeLab)
    view = lab.gates.graph
    for subject, last in PLACES:
        choose(qtbot, lab, subject)
        QTest.qWait(0)
        for position in range(last + 1):
            lab.gates.go(position)
            words = boxes_of(view.notes, view.ink)
            assert_apart(words, QRectF(view.rect()))
            for text, box in words:
                other = [
                    place for place in view.circles if text not in view.symbols and reaches(box, place, view.radius)
                ]
                assert other == [], f"{text!r} lies over a gate"
        assert view.width() <= lab.gates.graph_card.width(), "nothing has to be scrolled"


def reaches(box: QRectF, middle: QPointF, radius: float) -> bool:
    """Whether a box reaches into a circle."""
    x = min(max(middle.x(), box.left()), box.right())
    y = min(max(middle.y(), box.top()), box.bottom())
    return math.hypot(middle.x() - x, middle.y() - y) < radius - 2


def test_that_a_small_window_and_large_text_are_worn(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    lab.set_compact(True)
    lab.resize(SMALL)
    lab.theme.set_text_scale(1.5)
    lab.theme.set_name("dark")
    for subject in ("split", BATCH, LAYERS):
        choose(qtbot, lab, subject)
        controls = {BATCH: lab.batch.controls, LAYERS: lab.layers.controls}.get(subject, lab.gates.controls)
        controls.steps.setValue(controls.steps.maximum())
        lab.grab()

"""A1, one mini-batch taken apart, by clicks alone, against plain NumPy."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import BATCH, LAYERS, SPEC, MicroscopeLab
from app.look.numbers import scientific
from simulator.experiment import Run, from_plain
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.app.labs.conftest import OpenLab
from tests.app.labs.microscope.conftest import choose, first_batch, number, open_batch, press, small

pytestmark = pytest.mark.slow


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

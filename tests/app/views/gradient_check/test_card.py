"""The gradient check by clicks: its numbers against plain NumPy."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.look.numbers import number
from app.views.gradient_check.card import GradientCheckCard
from simulator.data.sources.moons import Moons
from simulator.experiment import Experiment, Run, load
from simulator.initializers.normal import Normal
from simulator.layers.dense import Dense
from simulator.training.run.trainer import Trainer
from tests import reference
from tests.app.views.conftest import ShowView

LEFT = Qt.MouseButton.LeftButton


def measured(show_view: ShowView, qtbot: QtBot, experiment: Experiment) -> GradientCheckCard:
    card = show_view("gradient_check", experiment, (900, 320)).card
    assert isinstance(card, GradientCheckCard)
    assert card.table.isHidden()
    qtbot.mouseClick(card.button, LEFT)
    qtbot.waitUntil(lambda: not card.is_busy, timeout=60_000)
    return card


def test_that_the_points_are_gradients_of_plain_numpy(show_view: ShowView, qtbot: QtBot) -> None:
    experiment = load("A4").experiment
    card = measured(show_view, qtbot, experiment)
    found = card.found
    assert found is not None
    trainer = Trainer(Run(experiment), np.float64)
    sample = trainer.setting.probe[:10]
    inputs = trainer.setting.inputs
    x = (trainer.setting.dataset.features[sample].astype(float) - inputs.shift) * inputs.scale
    held = [trainer.state.parameters[item.span].reshape(item.block.shape) for item in trainer.program.placed]
    weights = list(zip(held[::2], held[1::2], strict=True))
    _loss, gradients = reference.loss_and_gradients(experiment, weights, x, trainer.setting.dataset.labels[sample])[:2]
    for layer, expected in zip(found.layers, gradients, strict=True):
        known = np.sort(np.concatenate([np.ravel(each) for each in expected]))
        nearest = [np.abs(known - value).min() for value in layer.analytic]
        assert nearest == pytest.approx(np.zeros(len(nearest)), abs=1e-8)
    assert card.sentence.text().startswith(f"{found.judged} gradients compared")
    row = card.table.rows[1]
    assert row.values == (str(found.layers[0].judged), number(found.layers[0].largest, 2), "0")


def test_that_the_steps_are_shown_by_a_click(show_view: ShowView, qtbot: QtBot) -> None:
    card = measured(show_view, qtbot, load("A4").experiment)
    qtbot.mouseClick(card.switch.buttons[1], LEFT)
    assert not card.table.isVisible()
    assert card.found is not None
    sweep = card.found.sweep
    assert sweep is not None
    x, y = card.steps.curves[1].getData()
    assert 10.0 ** x[y.argmin()] == pytest.approx(sweep.steps[sweep.double.argmin()])
    least = number(float(sweep.double.min()), 2)
    assert card.sentence.text().startswith(f"64-bit numbers come down to {least} at ")
    # with the focus the arrows read
    card.steps.canvas.setFocus()
    qtbot.keyClick(card.steps.canvas, Qt.Key.Key_Right)
    assert card.steps.canvas.notes


def test_that_where_nothing_can_be_compared_it_says_so(show_view: ShowView, qtbot: QtBot) -> None:
    layers = (Dense(units=6, weights=Normal(scale=100), key=key) for key in range(1, 161))
    wild = Experiment(data=Moons(), network=tuple(layers))
    card = measured(show_view, qtbot, wild)
    words = "The loss or a gradient is NaN or infinite, so nothing can be compared."
    assert card.sentence.text() == words
    assert card.agreement.canvas.words == words

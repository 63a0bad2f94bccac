"""The range test by clicks: its sentence and its twin against plain trainings."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.views.range_test import RangeTestCard
from simulator.experiment import Experiment, Run, apply, load
from simulator.training.run.trainer import Trainer
from tests.app.views.conftest import ShowView

LEFT = Qt.MouseButton.LeftButton


def small() -> Experiment:
    return apply(load("A4").experiment, {"training.learning_rate": 0.1, "training.epochs": 3})


def measured(qtbot: QtBot, card: RangeTestCard) -> None:
    qtbot.mouseClick(card.button, LEFT)
    qtbot.waitUntil(lambda: not card.is_busy, timeout=60_000)


def test_that_the_best_rate_becomes_a_twin_by_a_click(show_view: ShowView, qtbot: QtBot) -> None:
    shown = show_view("range_test", small(), (900, 300))
    card = shown.card
    assert isinstance(card, RangeTestCard)
    assert not card.use_button.isVisible()
    measured(qtbot, card)
    assert card.found is not None
    picture = card.found.picture
    assert picture is not None
    assert picture.best is not None
    # one of the points, trained by hand
    place = int(np.argmin(np.abs(np.log(picture.x / 0.1))))
    losses = []
    for seed in range(2):
        start = small().seeds
        seeds = {"seeds.weights": start.weights + seed, "seeds.order": start.order + seed, "training.epochs": None}
        trainer = Trainer(Run(apply(small(), seeds)))
        trainer.advance(100)
        losses.append(trainer.evaluate(trainer.setting.probe)[0])
    assert picture.y[place] == pytest.approx(np.median(losses), rel=1e-6)
    rate = float(f"{picture.x[picture.best]:.1g}")
    assert card.rate.number == rate
    qtbot.mouseClick(card.use_button, LEFT)
    assert len(shown.document.state.lanes) == 2
    assert shown.document.experiment.training.learning_rate == rate


def test_that_another_rate_is_chosen_in_the_plot_or_by_keys(show_view: ShowView, qtbot: QtBot) -> None:
    card = show_view("range_test", small(), (900, 300)).card
    assert isinstance(card, RangeTestCard)
    measured(qtbot, card)
    canvas = card.curve.canvas
    # a click a little off the point of 0.01
    qtbot.mouseClick(canvas.viewport(), LEFT, pos=QPoint(round(canvas.pixel_x(-1.95)), round(canvas.area.center().y())))
    assert card.rate.number == 0.01
    card.rate.setFocus()
    qtbot.keyClick(card.rate, Qt.Key.Key_Up)
    assert card.rate.number == 0.03
    assert card.use_button.accessibleName() == "Open a twin with learning rate 0.03"


def test_that_a_change_makes_the_numbers_old(show_view: ShowView, qtbot: QtBot) -> None:
    shown = show_view("range_test", small(), (900, 300))
    assert isinstance(shown.card, RangeTestCard)
    qtbot.mouseClick(shown.card.button, LEFT)
    qtbot.mouseClick(shown.card.button, LEFT)
    assert shown.card.button.text() == "Measure"
    measured(qtbot, shown.card)
    assert shown.card.subtitle_label.text != "before your last change"
    shown.document.edit({"training.learning_rate": 0.2}, "x")
    assert shown.card.subtitle_label.text == "before your last change"

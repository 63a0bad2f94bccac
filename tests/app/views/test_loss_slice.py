"""Loss slices by clicks: the numbers on show against the trainer's own losses."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.look.numbers import number
from app.views.loss_slice import LossSliceCard
from simulator.analysis.landscape import LossPlane
from simulator.experiment import load
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView

LEFT = Qt.MouseButton.LeftButton


def opened(show_view: ShowView, steps: int = 200) -> tuple[LossSliceCard, Timeline]:
    timeline = Timeline(Trainer(load("spiral")))
    card = show_view("loss_slice", load("spiral").experiment, (900, 300), timeline).card
    assert isinstance(card, LossSliceCard)
    card.show_picture(trained_picture(timeline, steps, 50))
    return card, timeline


def measured(qtbot: QtBot, card: LossSliceCard) -> None:
    qtbot.mouseClick(card.button, LEFT)
    qtbot.waitUntil(lambda: not card.is_busy, timeout=30_000)


def loss_at(timeline: Timeline, step: int, examples: int = 1000) -> float:
    trainer = timeline.past().restored(step)
    assert trainer is not None
    return trainer.evaluate(trainer.setting.probe[:examples])[0]


def test_that_the_way_from_a_typed_step_to_now_is_measured(show_view: ShowView, qtbot: QtBot) -> None:
    card, timeline = opened(show_view)
    assert card.last.number == 200
    card.first.setFocus()
    card.first.selectAll()
    qtbot.keyClicks(card.first, "50")
    qtbot.keyClick(card.first, Qt.Key.Key_Return)
    measured(qtbot, card)
    first, last = loss_at(timeline, 50), loss_at(timeline, 200)
    assert card.sentence.text().startswith(f"Loss {number(first)} at step 50, {number(last)} at step 200;")
    assert "on 320 training examples and 80 validation examples" in card.sentence.text()
    curves = card.line.curves
    assert len(curves) == 2
    x, y = curves[0].getData()
    assert y[abs(x).argmin()] == pytest.approx(first, rel=0.01)


def test_that_the_plane_has_the_loss_of_now_in_its_middle(show_view: ShowView, qtbot: QtBot) -> None:
    card, timeline = opened(show_view)
    qtbot.mouseClick(card.switch.buttons[1], LEFT)
    assert not card.first.isVisible()
    measured(qtbot, card)
    found = card.surface.data
    assert isinstance(found, LossPlane)
    assert found.centre == pytest.approx(loss_at(timeline, 200, 500), rel=1e-5)
    assert f"Loss {number(found.centre)} at step 200." in card.sentence.text()
    assert "441 places" in card.sentence.text()


def test_that_measuring_can_be_stopped_and_another_run_forgets(show_view: ShowView, qtbot: QtBot) -> None:
    card, _timeline = opened(show_view)
    qtbot.mouseClick(card.switch.buttons[1], LEFT)
    qtbot.mouseClick(card.button, LEFT)
    assert card.button.text() == "Stop"
    qtbot.mouseClick(card.button, LEFT)
    qtbot.waitUntil(lambda: not card.worker.busy, timeout=10_000)
    assert card.button.text() == "Measure"
    qtbot.mouseClick(card.switch.buttons[0], LEFT)
    measured(qtbot, card)
    assert card.line.data is not None
    other = Timeline(Trainer(load("spiral")))
    picture = trained_picture(other, 10)
    object.__setattr__(picture, "run_id", 2)
    card.show_picture(picture)
    assert card.line.data is None
    assert card.last.number == 10


def test_that_at_step_0_it_says_what_to_do(show_view: ShowView) -> None:
    card, _timeline = opened(show_view, 0)
    assert card.sentence.text().startswith("Train some steps first")
    assert not card.button.isEnabled()

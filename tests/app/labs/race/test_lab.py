"""The activation race by clicks: its numbers are those of runs trained apart (B6, B8)."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labs.race.lab import SPEC, RaceLab
from app.labs.race.words import race_rows, verdict
from app.look.numbers import number
from app.widgets.numbers import short_number
from simulator.analysis.activations import RACERS, RaceRun
from simulator.experiment import Experiment, Run, from_plain, load
from simulator.training.run.trainer import Trainer
from tests.app.labs.conftest import SMALL, OpenLab

pytestmark = pytest.mark.slow

NAMES = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid"}
LOSS = 0.4


def tiny() -> Experiment:
    return from_plain(
        {
            "data": {"kind": "spiral"},
            "network": [{"kind": "dense", "units": 8, "key": 1}, {"kind": "elu"}],
            "training": {"batch_size": 64, "epochs": 30, "optimizer": {"kind": "sgd", "momentum": 0.9}},
        }
    )


def opened(qtbot: QtBot, open_lab: OpenLab, **more: object) -> RaceLab:
    lab = open_lab(SPEC, **{"experiment": tiny(), **more})
    assert isinstance(lab, RaceLab)
    return lab


def settle(qtbot: QtBot, lab: RaceLab) -> None:
    qtbot.waitUntil(
        lambda: not lab.worker.busy and len(lab.finished) == len(lab.controls.racers),
        timeout=60_000,
    )


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(10, widget.height() // 2))


def type_loss(qtbot: QtBot, lab: RaceLab, text: str) -> None:
    field = lab.controls.loss.field
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def epochs_apart(experiment: Experiment, loss: float) -> float:
    """Return where the logarithm of the training loss, epoch by epoch, first comes down to `loss`."""
    trainer = Trainer(Run(experiment))
    losses = [trainer.evaluate(trainer.setting.training)[0]]
    while losses[-1] > loss:
        trainer.advance(trainer.steps_per_epoch)
        losses.append(trainer.evaluate(trainer.setting.training)[0])
    return float(np.interp(-np.log(loss), -np.log(losses[-2:]), [len(losses) - 2, len(losses) - 1]))


def test_that_each_activation_runs_at_its_own_rate_and_its_epochs_are_counted(qtbot: QtBot, open_lab: OpenLab) -> None:
    """Slide B6."""
    lab = opened(qtbot, open_lab)
    settle(qtbot, lab)
    type_loss(qtbot, lab, f"{LOSS:g}")
    assert "Your own network, 30 epochs" in lab.controls.facts.text()
    needed = {run.kind: epochs_apart(run.experiment, LOSS) for run in lab.finished if run.experiment}
    assert set(needed) == set(NAMES)
    for run in lab.finished:
        name = NAMES[run.kind]
        assert lab.table.value(name, 0) == short_number(run.rate)
        epochs = needed[run.kind]
        assert lab.table.value(name, 1) == (number(epochs, 2) if epochs < 10 else f"{epochs:.0f}")
        assert lab.table.value(name, 2) == number(epochs / needed["relu"], 2)
    assert f"ReLU needs {lab.table.value('ReLU', 1)} epochs to reach loss 0.4" in lab.story.text
    assert "B6" in lab.story.text
    assert "cited paper's setting" in lab.story.text
    lines = [series for series in lab.figure.data.series if series.name]
    assert [series.name for series in lines] == ["ReLU", "tanh", "sigmoid"]


def test_that_all_activations_run_and_those_that_never_arrive_are_said_so(qtbot: QtBot, open_lab: OpenLab) -> None:
    """Slide B8."""
    lab = opened(qtbot, open_lab, size=SMALL)
    settle(qtbot, lab)
    trained = {run.kind: run for run in lab.finished}
    click(qtbot, lab.controls.all_button)
    settle(qtbot, lab)
    assert tuple(lab.controls.racers) == RACERS
    assert len(lab.table.rows) == 1 + len(RACERS)
    assert all(lab.race.runs[kind] is run for kind, run in trained.items())
    assert "B8" in lab.story.text
    for run in lab.finished:
        kinds = [entry.kind for entry in run.experiment.network]
        assert kinds == (["maxout"] if run.kind == "maxout" else ["dense", run.kind])
    type_loss(qtbot, lab, "0.001")
    never = [run for run in lab.finished if run.loss.min() > 0.001]
    assert never
    assert "Not within 30 epochs" in lab.story.text
    assert lab.table.rows[-1].values[1:] == ("never", "–")


def test_that_a_tick_trains_one_more_and_another_leaves_it_out(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    settle(qtbot, lab)
    click(qtbot, lab.controls.boxes["leaky_relu"])
    settle(qtbot, lab)
    assert "leaky ReLU" in [row.name for row in lab.table.rows]
    click(qtbot, lab.controls.boxes["tanh"])
    settle(qtbot, lab)
    assert "tanh" not in [row.name for row in lab.table.rows]


def test_that_the_fastest_four_are_opened_as_lanes_of_the_very_trainings(qtbot: QtBot, open_lab: OpenLab) -> None:
    tabs: list[str] = []
    lab = opened(qtbot, open_lab, go_to=tabs.append)
    click(qtbot, lab.controls.all_button)
    settle(qtbot, lab)
    fastest = lab.finished[:4]
    click(qtbot, lab.lanes_button)
    lanes = lab.context.document.state.lanes
    assert [lane.name for lane in lanes] == [row.name for row in lab.table.rows[1:5]]
    for lane, run in zip(lanes, fastest, strict=True):
        assert lane.experiment.training.learning_rate == run.rate
        trainer = Trainer(Run(lane.experiment))
        trainer.advance(trainer.steps_per_epoch)
        assert trainer.evaluate(trainer.setting.training)[0] == run.loss[1]
    assert tabs == ["compare"]
    # the lanes differ in nothing that the race does not choose itself
    lab.hide()
    lab.show()
    settle(qtbot, lab)
    assert all(lab.race.runs[run.kind] is run for run in fastest)


def test_that_an_activation_that_no_rate_teaches_is_said_so() -> None:
    relu = RaceRun("relu", 0.1, None, np.arange(3.0), np.array([1.0, 0.1, 0.01]), complete=True)
    sigmoid = RaceRun("sigmoid", None, None, np.zeros(0), np.zeros(0), complete=True)
    said = verdict((sigmoid, relu), 0.1, 2)
    assert said == "ReLU needs 1.0 epochs to reach loss 0.1. No learning rate brings the loss down with sigmoid."
    assert [row.values for row in race_rows((sigmoid, relu), 0.1)] == [("0.1", "1.0", "1.0"), ("–", "never", "–")]


def test_that_a_race_is_given_up_and_taken_up_again(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    lab.worker.cancel()
    qtbot.waitUntil(lambda: not lab.worker.busy)
    assert lab.run_button.isVisible()
    click(qtbot, lab.run_button)
    settle(qtbot, lab)
    assert not lab.run_button.isVisible()


def test_that_a_linear_classifier_gives_way_to_the_lecture_s_network(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab, experiment=load("A4-linear").experiment)
    settle(qtbot, lab)
    assert "your own network has no hidden layer" in lab.controls.facts.text()
    assert lab.race.epochs == load("B6").experiment.training.epochs

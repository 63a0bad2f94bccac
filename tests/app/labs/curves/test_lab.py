"""The lab of loss curves by clicks: its numbers are those of runs trained apart (H1, H2)."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labs.curves.lab import SPEC, CurvesLab
from app.look.numbers import number, percent
from simulator.analysis.curves import GALLERY
from simulator.experiment import load
from simulator.message import Message
from simulator.training.run.trainer import Trainer
from tests.app.labs.conftest import SMALL, OpenLab

pytestmark = pytest.mark.slow

NAMES = ("low", "good", "high", "very high")
BUILT_IN = ("H1-low", "H1", "H1-high", "H1-very-high")


def opened(qtbot: QtBot, open_lab: OpenLab, **more: object) -> CurvesLab:
    lab = open_lab(SPEC, **more)
    assert isinstance(lab, CurvesLab)
    return lab


def settle(qtbot: QtBot, lab: CurvesLab) -> None:
    qtbot.waitUntil(lambda: lab.curves is not None and lab.curves.complete and not lab.rate_worker.busy, timeout=60_000)


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(10, widget.height() // 2))


def type_rate(qtbot: QtBot, lab: CurvesLab, place: int, text: str) -> None:
    field = lab.controls.rates[place].field
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def turn_to_odd(qtbot: QtBot, lab: CurvesLab) -> None:
    click(qtbot, lab.pages.switch.buttons[1])


def trained(name: str) -> Trainer:
    trainer = Trainer(load(name))
    trainer.advance(100_000)
    return trainer


# --- H1 ---


def test_that_four_rates_are_laid_over_each_other_and_named(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    settle(qtbot, lab)
    said = [control.label.text() for control in lab.controls.rates]
    assert said == [f"{letter} · {name}" for letter, name in zip("ABCD", NAMES, strict=True)]
    smooth = [series for series in lab.rates.figure.data.series if series.name]
    ends = {series.key: series.end for series in lab.rates.figure.data.series if series.end}
    assert [key for key, end in ends.items() if end.endswith("↑")] == ["D"], "what ends above the view has an arrow"
    edge = next(series for series in lab.rates.figure.data.series if series.end.endswith("↑"))
    assert edge.y[-1] == lab.rates.figure.data.y_range[1], "and its mark at the edge, where it ends"
    assert not edge.readable
    assert lab.rates.figure.data.subtitle.startswith("cut at ")
    for built_in, name, series in zip(BUILT_IN, NAMES, smooth, strict=True):
        losses, _penalties = trained(built_in).losses.newest()
        last = number(float(losses[-29:].mean()))
        assert f"{series.key} {name} {last}" in ends[series.key]
        assert last in lab.story.text
    assert "H1" in lab.story.text


def test_that_a_moved_rate_is_trained_and_named_anew(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    settle(qtbot, lab)
    type_rate(qtbot, lab, 1, "1e-5")
    assert "good" not in lab.controls.rates[1].label.text()
    settle(qtbot, lab)
    assert lab.controls.rates[1].label.text() == "B · low"
    assert lab.curves.runs[1].rate == 1e-5
    qtbot.keyClick(lab.controls.rates[1].slider, Qt.Key.Key_Right)
    settle(qtbot, lab)
    assert lab.curves.runs[1].rate == lab.controls.rates[1].value > 1e-5
    click(qtbot, lab.reset_button)
    settle(qtbot, lab)
    assert [run.name for run in lab.curves.runs] == list(NAMES)


def test_that_the_scale_of_the_loss_can_be_logarithmic(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    settle(qtbot, lab)
    peak = number(float(np.nanmax(trained("H1-very-high").losses.newest()[0])))
    assert f"D up to {peak}" in lab.rates.figure.data.subtitle
    click(qtbot, lab.controls.scale.buttons[1])
    assert lab.rates.figure.data.y_log
    assert lab.rates.figure.data.subtitle == ""


def test_that_the_rates_are_opened_as_named_lanes(qtbot: QtBot, open_lab: OpenLab) -> None:
    tabs: list[str] = []
    lab = opened(qtbot, open_lab, go_to=tabs.append)
    settle(qtbot, lab)
    click(qtbot, lab.lanes_button)
    document = lab.context.document
    lanes = document.state.lanes
    assert [lane.name for lane in lanes] == list(NAMES)
    assert [lane.experiment.training.learning_rate for lane in lanes] == list(lab.controls.values)
    assert [document.runs[lane.run_id].origin.step for lane in lanes[1:]] == [0, 0, 0]
    assert document.state.selected == 0
    assert tabs == ["compare"]


def test_that_lanes_for_which_there_is_no_room_are_refused_in_words(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    document = lab.context.document
    document.what_if({"training.learning_rate": 0.5}, "pinned")
    document.lanes.pin(1, pinned=True)
    refused: list[Message] = []
    document.refused.connect(refused.append)
    click(qtbot, lab.lanes_button)
    assert len(refused) == 1
    assert len(document.state.lanes) == 4


def test_that_a_training_is_given_up_when_the_lab_is_hidden(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    lab.hide()
    qtbot.waitUntil(lambda: not lab.rate_worker.busy)
    lab.show()
    settle(qtbot, lab)


# --- H2 ---


def test_that_the_gallery_is_trained_when_it_is_first_shown(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab, size=SMALL)
    assert not lab.exhibits
    turn_to_odd(qtbot, lab)
    qtbot.waitUntil(lambda: len(lab.exhibits) == len(GALLERY), timeout=60_000)
    assert all(tile.curve is not None for tile in lab.gallery.tiles.values())
    assert str(len(GALLERY)) in lab.legend.trained.text()
    qtbot.waitUntil(lambda: not lab.exhibit_worker.busy)
    drawn = lab.exhibits
    lab.hide()
    lab.show()
    assert not lab.exhibit_worker.busy
    assert lab.exhibits is drawn
    # the penalty at the end over the loss at the end, from a run trained apart
    data, penalties = trained("H2-penalty").losses.newest()
    share = penalties[-30:].mean() / (data + penalties)[-30:].mean()
    qtbot.mouseMove(lab.gallery.tiles["H2-penalty"])
    qtbot.waitUntil(lambda: "Mostly penalty" in lab.story.text)
    assert percent(float(share)) in lab.story.text
    assert "H2" in lab.story.text
    bad = trained("H2-not-a-number").losses.first_bad_step
    qtbot.mouseMove(lab.gallery.tiles["H2-not-a-number"])
    qtbot.waitUntil(lambda: f"step <b>{bad}</b>" in lab.story.text)


@pytest.mark.parametrize("name", ["H2", "H2-dying"])
def test_that_a_click_on_an_odd_curve_opens_its_experiment(qtbot: QtBot, open_lab: OpenLab, name: str) -> None:
    tabs: list[str] = []
    lab = opened(qtbot, open_lab, go_to=tabs.append)
    turn_to_odd(qtbot, lab)
    click(qtbot, lab.gallery.tiles[name])
    assert lab.context.document.experiment == load(name).experiment
    assert tabs == ["watch"]


def test_that_an_odd_curve_opens_with_the_keyboard_and_says_what_it_does(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    turn_to_odd(qtbot, lab)
    tile = lab.gallery.tiles["H2-spikes"]
    assert tile.accessibleName() == "Spikes: open in Watch"
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert lab.context.document.experiment == load("H2-spikes").experiment

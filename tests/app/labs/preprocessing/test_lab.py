"""The preprocessing lens by clicks: what it shows is what plain NumPy says of the training examples (C1, C2)."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labs.preprocessing.lab import SPEC, PreprocessingLab
from app.look.numbers import count, number
from simulator.analysis.copies import start
from simulator.data import Dataset
from simulator.experiment import Experiment, load
from simulator.experiment.patch import apply
from tests.app.labs.conftest import OpenLab

pytestmark = pytest.mark.slow

FOLDER = Path(os.environ.get("OBUKA_DATA") or Path(__file__).resolve().parents[5] / "shared" / "data")


def opened(qtbot: QtBot, open_lab: OpenLab, experiment: Experiment | None = None) -> PreprocessingLab:
    lab = open_lab(SPEC, experiment=experiment)
    assert isinstance(lab, PreprocessingLab)
    settle(qtbot, lab)
    return lab


def settle(qtbot: QtBot, lab: PreprocessingLab) -> None:
    qtbot.waitUntil(lambda: lab.view is not None and not lab.looker.busy and not lab.trainer.busy, timeout=60_000)


def click(qtbot: QtBot, widget: QWidget, place: QPoint | None = None) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or QPoint(10, widget.height() // 2))


def choose(qtbot: QtBot, lab: PreprocessingLab, kind: str) -> None:
    click(qtbot, lab.controls.buttons[kind])
    settle(qtbot, lab)


def choose_data(qtbot: QtBot, lab: PreprocessingLab, place: int) -> None:
    """Take the entry of that place with the keyboard."""
    combo = lab.controls.bases.combo
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _step in range(place):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    settle(qtbot, lab)


def turn_to(qtbot: QtBot, lab: PreprocessingLab, place: int) -> None:
    click(qtbot, lab.pages.switch.buttons[place])


def training_data(experiment: Experiment) -> tuple[NDArray[np.float64], Dataset]:
    dataset = experiment.data.load(experiment.seeds.data)
    training, _validation = experiment.split.indices(dataset.labels, experiment.seeds.data)
    return dataset.features[training].astype(np.float64), dataset


def shown(lab: PreprocessingLab, name: str, column: int) -> float:
    text = lab.table.value(name, column).replace("−", "-").replace("\N{NO-BREAK SPACE}", "")
    return float(text)


# --- C1 ---


def test_that_standardised_data_have_mean_0_and_std_1(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    values, _dataset = training_data(load("C1-tilted").experiment)
    for name, at in (("→", 0), ("↑", 1)):
        assert shown(lab, f"mean {name}", 0) == pytest.approx(values[:, at].mean(), abs=0.01)
        assert shown(lab, f"std {name}", 0) == pytest.approx(values[:, at].std(), abs=0.01)
        assert (shown(lab, f"mean {name}", 1), shown(lab, f"std {name}", 1)) == (0, 1)
    correlation = np.corrcoef(values.T)[0, 1]
    assert shown(lab, "covariance", 1) == pytest.approx(correlation, abs=0.006)


@pytest.mark.parametrize("kind", ["none", "centre", "decorrelate", "whiten"])
def test_that_the_condition_number_on_show_is_that_of_plain_numpy(qtbot: QtBot, open_lab: OpenLab, kind: str) -> None:
    lab = opened(qtbot, open_lab)
    choose(qtbot, lab, kind)
    values, _dataset = training_data(load("C1-tilted").experiment)
    before = np.linalg.cond(values.T @ values)
    centred = values - values.mean(axis=0)
    after = {"none": before, "whiten": 1.0}.get(kind, np.linalg.cond(centred.T @ centred))
    assert lab.table.value("condition number", 0) == number(before)
    assert shown(lab, "condition number", 1) == pytest.approx(after, rel=5e-3)
    assert number(before) in lab.story.text
    notes = [getattr(note, "text", "") for note in lab.clouds.bowls[1].canvas.notes]
    assert any(lab.table.value("condition number", 1) in text for text in notes)


def test_that_whitened_digits_say_how_many_components_are_kept(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose_data(qtbot, lab, 2)
    choose(qtbot, lab, "whiten")
    values, dataset = training_data(load("C1").experiment)
    variances = np.linalg.svd(values - values.mean(axis=0), compute_uv=False) ** 2
    kept = int(np.sum(variances > 1e-5 * variances[0]))
    assert shown(lab, "how many", 1) == kept
    assert shown(lab, "of one value", 0) == np.sum(values.std(axis=0) == 0)
    assert (shown(lab, "largest covariance", 1), shown(lab, "condition, all", 1)) == (0, 1)
    assert f"kept: {kept} of {dataset.width}" in lab.story.text
    before = lab.view.features
    click(qtbot, lab.controls.other_features)
    settle(qtbot, lab)
    assert lab.view.features != before


def test_that_the_user_s_own_data_are_looked_at(qtbot: QtBot, open_lab: OpenLab) -> None:
    own = apply(load("spiral").experiment, {"seeds.data": 5})
    lab = opened(qtbot, open_lab, own)
    choose_data(qtbot, lab, 0)
    values, _dataset = training_data(own)
    assert shown(lab, "std →", 0) == pytest.approx(values[:, 0].std(), abs=0.001)
    assert count(len(values)) in lab.controls.facts.text()
    lab.context.document.edit({"seeds.data": 6}, "other points")
    settle(qtbot, lab)
    values, _dataset = training_data(apply(own, {"seeds.data": 6}))
    assert shown(lab, "std →", 0) == pytest.approx(values[:, 0].std(), abs=0.001)


def test_that_training_at_one_rate_shows_the_losses_of_the_very_trainings(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose(qtbot, lab, "whiten")
    turn_to(qtbot, lab, 1)
    click(qtbot, lab.training_controls.mode.buttons[1])
    for control, text in ((lab.training_controls.rate, "0.2"), (lab.training_controls.steps, "20")):
        control.field.selectAll()
        qtbot.keyClicks(control.field, text)
        qtbot.keyClick(control.field, Qt.Key.Key_Return)
    click(qtbot, lab.train_button)
    settle(qtbot, lab)
    for kind in ("none", "whiten"):
        patch = {"preprocessing": {"kind": kind}, "training.learning_rate": 0.2}
        trainer = start(apply(load("C1-tilted").experiment, patch))
        trainer.advance(20)
        assert number(trainer.evaluate(trainer.setting.probe)[0]) in lab.story.text


def test_that_each_side_gets_the_best_of_many_rates(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    turn_to(qtbot, lab, 1)
    click(qtbot, lab.train_button)
    qtbot.waitUntil(lambda: lab.effect is not None and lab.effect.complete, timeout=60_000)
    for run in lab.effect.runs:
        assert run.rates.size == 13
        assert run.last == np.nanmin(run.lasts)
        assert number(run.last) in lab.story.text
    choose(qtbot, lab, "centre")
    assert lab.effect is None


# --- C2 ---


def test_that_the_mean_image_of_the_built_in_pictures_is_shown(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose_data(qtbot, lab, 2)
    choose(qtbot, lab, "mean_image")
    turn_to(qtbot, lab, 1)
    values, dataset = training_data(load("C1").experiment)
    mean, colour, before, after = lab.pictures.tiles
    assert count(len(values)) in mean.words
    assert number(values.mean(), 4) in colour.words
    centred = values[0] - values.mean(axis=0)
    assert number(centred.min()) in after.words
    assert number(centred.max()) in after.words
    click(qtbot, lab.pictures.other_button)
    settle(qtbot, lab)
    assert "2" in before.words
    assert "8×8" in lab.story.text
    choose(qtbot, lab, "whiten")
    assert "no picture any more" in after.words
    assert dataset.image_shape == (8, 8)


@pytest.mark.skipif(not FOLDER.is_dir(), reason="no folder of data sets: set OBUKA_DATA to one with CIFAR-10")
def test_that_the_three_colour_means_of_cifar_10_are_those_of_its_training_pictures(
    qtbot: QtBot, open_lab: OpenLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBUKA_DATA", str(FOLDER))
    lab = opened(qtbot, open_lab)
    choose_data(qtbot, lab, 3)
    choose(qtbot, lab, "colour_mean")
    turn_to(qtbot, lab, 1)
    values, _dataset = training_data(load("C2").experiment)
    means = values.reshape(-1, 3).mean(axis=0)
    assert all(number(mean, 4) in lab.pictures.tiles[1].words for mean in means)
    assert "32×32×3" in lab.story.text
    np.testing.assert_allclose(lab.view.pictures.mean_image.ravel(), values.mean(axis=0))
    centred = values[0].reshape(32, 32, 3) - means
    np.testing.assert_allclose(lab.view.pictures.after, centred, atol=1e-3)
    assert "centring only" in lab.story.text


def test_that_data_without_pictures_have_no_page_of_pictures(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    assert len(lab.pages.switch.buttons) == 2
    assert not lab.controls.buttons["mean_image"].isVisible()
    choose_data(qtbot, lab, 2)
    assert len(lab.pages.switch.buttons) == 3
    assert lab.controls.buttons["mean_image"].isVisible()


# --- into the experiment ---


def test_that_the_preprocessing_is_taken_into_the_experiment_in_one_step(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    document = lab.context.document
    before = document.experiment
    click(qtbot, lab.use_bar.use_button)
    assert document.experiment == apply(before, {"preprocessing": {"kind": "standardise"}})
    assert not lab.use_bar.use_button.isEnabled()
    assert "standardise" in lab.use_bar.in_use.text()
    document.undo_stack.undo()
    assert document.experiment == before
    assert lab.use_bar.use_button.isEnabled()


def test_that_the_data_can_be_taken_too(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose(qtbot, lab, "whiten")
    click(qtbot, lab.use_bar.take_button)
    experiment = lab.context.document.experiment
    assert (experiment.data.kind, experiment.preprocessing.kind) == ("tilted", "whiten")
    assert not lab.use_bar.take_button.isVisible()


def test_that_what_is_for_pictures_is_not_taken_into_flat_data(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose_data(qtbot, lab, 2)
    choose(qtbot, lab, "mean_image")
    assert not lab.use_bar.use_button.isEnabled()
    choose_data(qtbot, lab, 1)
    assert lab.controls.kind == "none"


# --- manners ---


def test_that_a_training_goes_on_while_something_else_is_looked_at(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    choose(qtbot, lab, "standardise")
    lab.pages.show_page("training")
    click(qtbot, lab.train_button)
    lab.hide()
    qtbot.waitUntil(lambda: lab.effect is not None and lab.effect.complete, timeout=60_000)


def test_that_nothing_is_measured_while_the_lab_is_hidden(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    lab.hide()
    lab.context.document.edit({"seeds.data": 3}, "other points")
    assert not lab.looker.busy
    lab.show()
    settle(qtbot, lab)

"""The batch-norm X-ray by clicks: what it shows is what plain NumPy makes of the trained weights (E1 to E4)."""

from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.forms.number_control import NumberControl
from app.labs.batch_norm.lab import SPEC, BatchNormLab
from app.labs.batch_norm.sweep_page import table_of
from app.look.numbers import against, count, number, percent
from app.plots.canvas.notes import Note
from app.plots.lab.heat_map import cell_text
from simulator.analysis import batch_norm
from simulator.analysis.batch_norm import SweepPlan
from simulator.analysis.batch_norm.normalised_copy import NormalisedCopy
from simulator.analysis.copies import start, with_batch_statistics
from simulator.experiment import Experiment, load
from simulator.experiment.patch import apply
from tests.app.labs.conftest import OpenLab

pytestmark = pytest.mark.slow

EPSILON = 1e-5
STEPS = 160


def opened(qtbot: QtBot, open_lab: OpenLab, experiment: Experiment | None = None) -> BatchNormLab:
    lab = open_lab(SPEC, experiment=experiment)
    assert isinstance(lab, BatchNormLab)
    click(qtbot, lab.controls.units.buttons[0])
    settle(qtbot, lab)
    return lab


def settle(qtbot: QtBot, lab: BatchNormLab) -> None:
    qtbot.waitUntil(lambda: lab.answer is not None and not lab.looker.busy, timeout=60_000)


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(10, widget.height() // 2))


def enter(qtbot: QtBot, lab: BatchNormLab, control: NumberControl, value: int) -> None:
    control.field.selectAll()
    qtbot.keyClicks(control.field, str(value))
    qtbot.keyClick(control.field, Qt.Key.Key_Return)
    settle(qtbot, lab)


def turn_to(qtbot: QtBot, lab: BatchNormLab, place: int) -> None:
    click(qtbot, lab.pages.switch.buttons[place])
    settle(qtbot, lab)


class Twin:
    """E1 trained as far in plain sight, and its layers in plain NumPy."""

    def __init__(self, steps: int = STEPS) -> None:
        self.copy = NormalisedCopy(load("E1"))
        self.copy.train_to(steps)
        self.trainer = self.copy.trainer
        dataset, training = self.trainer.setting.dataset, self.trainer.setting.training
        self.labels = dataset.labels
        self.pixels = (dataset.features - dataset.features[training].mean(axis=0)) / 255
        flat = self.trainer.state.parameters.astype(float)
        self.blocks = [flat[item.span].reshape(item.block.shape) for item in self.trainer.program.placed]

    def first_input(self, sample: NDArray[np.int64]) -> NDArray[np.float64]:
        """What comes into the first batch norm."""
        return np.asarray(self.pixels[sample] @ self.blocks[0] + self.blocks[1])

    def answers(self, sample: NDArray[np.int64], running: bool) -> NDArray[np.float64]:
        """The scores, normalised by running statistics or by the sample's own."""
        h = self.pixels[sample]
        for layer in range(3):
            W, b, gamma, beta = self.blocks[4 * layer : 4 * layer + 4]
            x = h @ W + b
            mean, variance = self.copy.running(layer) if running else (x.mean(axis=0), x.var(axis=0))
            h = np.tanh(gamma * (x - mean) / np.sqrt(variance + EPSILON) + beta)
        return np.asarray(h @ self.blocks[-2] + self.blocks[-1])


@pytest.fixture(scope="module")
def twin() -> Twin:
    return Twin()


def notes(plot: QWidget) -> list[str]:
    return [note.text for note in plot.canvas.notes if isinstance(note, Note)]  # type: ignore[attr-defined]


# --- E1 ---


def test_that_every_unit_has_mean_0_and_variance_1_and_keeps_its_shape(
    qtbot: QtBot, open_lab: OpenLab, twin: Twin
) -> None:
    lab = opened(qtbot, open_lab)
    x = twin.first_input(twin.copy.mini_batch(100, 0))
    normalised = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPSILON)
    variances = normalised.var(axis=0)
    worst = variances[np.abs(variances - 1).argmax()]
    assert lab.table.value("x̂, worst mean") == "0.00"
    assert lab.table.value("x̂, worst variance") == against(worst, 1.0)
    assert number(worst) in lab.story.text
    assert lab.table.value("in", 1) == number(x.std())
    assert "std 1.00" in notes(lab.values.normalised)
    assert f"std {number(x.std())}" in notes(lab.values.before)
    click(qtbot, lab.controls.units.buttons[1])
    settle(qtbot, lab)
    skewness = (((x - x.mean(axis=0)) / x.std(axis=0)) ** 3).mean(axis=0)
    most = skewness[np.abs(skewness).argmax()]
    assert lab.table.value("in", 2) == lab.table.value("x̂", 2) == against(most, 1.0)
    assert f"Unit {np.abs(skewness).argmax() + 1} has skewness" in lab.story.text


def test_that_e1_begins_with_a_unit_whose_values_are_skew(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_lab(SPEC)
    assert isinstance(lab, BatchNormLab)
    settle(qtbot, lab)
    assert lab.answer is not None
    view = lab.answer.view
    assert view.unit is not None
    assert abs(view.before.skewness) > 0.7
    assert view.normalised.skewness == pytest.approx(view.before.skewness, abs=1e-3)
    assert f"Unit {view.unit + 1} has skewness" in lab.story.text


def test_that_another_mini_batch_has_other_statistics(qtbot: QtBot, open_lab: OpenLab, twin: Twin) -> None:
    lab = opened(qtbot, open_lab)
    click(qtbot, lab.other_button)
    settle(qtbot, lab)
    x = twin.first_input(twin.copy.mini_batch(100, 1))
    assert lab.table.value("in", 1) == number(x.std())
    assert lab.table.value("in", 0) == against(x.mean(), x.std())
    click(qtbot, lab.values.statistics_card.switch.buttons[1])
    running = np.sqrt(twin.copy.running(0)[1])
    points = lab.values.deviations.data.series[1]
    order = np.argsort(running)
    np.testing.assert_allclose(points.x, running[order])
    np.testing.assert_allclose(points.y, x.std(axis=0)[order], rtol=1e-3)
    click(qtbot, lab.controls.layer.control.buttons[2])
    settle(qtbot, lab)
    assert str(lab.answer.view.layer.name) == "Dense 3"


# --- E2 ---


def test_that_gamma_and_beta_undo_it_on_that_mini_batch_and_are_drawn_as_they_went(
    qtbot: QtBot, open_lab: OpenLab, twin: Twin
) -> None:
    lab = opened(qtbot, open_lab)
    x = twin.first_input(twin.copy.mini_batch(100, 0))
    gamma, beta = twin.blocks[2], twin.blocks[3]
    y = gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + EPSILON) + beta
    assert lab.table.value("largest out − in") == number(np.abs(y - x).max(), 2)
    click(qtbot, lab.undo_button)
    settle(qtbot, lab)
    assert lab.answer.view.difference < 1e-5 * np.abs(x).max()
    assert lab.table.value("largest out − in") == number(lab.answer.view.difference, 2)
    np.testing.assert_allclose(lab.answer.view.gamma, np.sqrt(x.var(axis=0) + EPSILON), rtol=1e-3)
    assert lab.table.value("out", 1) == lab.table.value("in", 1) == number(x.std())
    assert f"std {number(x.std())}" in notes(lab.values.after)
    mean = lab.values.gammas.data.series[1]
    assert mean.x.tolist() == list(range(0, STEPS + 1, 5))
    assert mean.y[0] == 1
    assert mean.y[-1] == pytest.approx(twin.blocks[2].mean(), abs=1e-7)
    click(qtbot, lab.values.learned_card.switch.buttons[1])
    assert lab.values.betas.data.series[1].y[-1] == pytest.approx(twin.blocks[3].mean(), abs=1e-7)


# --- batch size ---


def test_that_a_mini_batch_of_one_teaches_nothing(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    enter(qtbot, lab, lab.controls.batch, 1)
    assert "teaches nothing" in lab.story.text
    assert "exactly <b>0</b>" in lab.story.text
    assert lab.table.value("x̂", 1) == "0"


# --- E4 ---


def test_that_the_wrong_mode_depends_on_the_batch_and_the_right_one_does_not(
    qtbot: QtBot, open_lab: OpenLab, twin: Twin
) -> None:
    lab = opened(qtbot, open_lab)
    turn_to(qtbot, lab, 1)
    enter(qtbot, lab, lab.controls.batch, 8)
    read = twin.trainer.setting.read_validation
    labels = twin.labels[read]
    right = float(np.mean(twin.answers(read, running=True).argmax(axis=1) == labels))
    modes = lab.answer.modes
    assert modes.running == pytest.approx(right, abs=0.006)
    assert f"{percent(modes.running)} of {count(modes.examples)} examples are right." in lab.story.text
    alone = [np.mean(labels == one) for one in range(10)]
    assert modes.batch[0] in [pytest.approx(share) for share in alone]
    assert f"<b>{percent(modes.batch[0])}</b> are right one at a time" in lab.story.text
    scores = twin.answers(read[:1], running=True)[0]
    probability = float((np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum())[labels[0]])
    assert f"gets <b>{percent(probability)}</b> in every batch" in lab.story.text
    assert np.ptp(modes.answers[0]) > 0.05
    noise = lab.answer.noise
    strays = float(noise.mean[noise.sizes.tolist().index(8)])
    assert strays == pytest.approx(np.sqrt((noise.pool - 8) / (noise.pool - 1) / 8), rel=0.2)
    assert f"strays by <b>{number(strays, 2)}</b>" in lab.story.text
    label = modes.label
    click(qtbot, lab.other_button)
    settle(qtbot, lab)
    assert (lab.answer.modes.number, lab.answer.modes.label == label) == (1, bool(labels[0] == labels[1]))


def test_that_the_wrong_mode_can_be_set_in_one_s_own_network(qtbot: QtBot, open_lab: OpenLab) -> None:
    own = apply(load("E1").experiment, {f"network.{place}.units": 12 for place in (0, 3, 6)})
    lab = opened(qtbot, open_lab, own)
    assert lab.mine
    assert lab.answer.view.gamma.size == 12
    turn_to(qtbot, lab, 1)
    combo = lab.own_statistics.switch.combo
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    document = lab.context.document
    assert [entry.test for entry in document.experiment.network if entry.kind == "batch_norm"] == ["batch"] * 3
    document.undo_stack.undo()
    assert document.experiment == own
    qtbot.keyClick(lab.controls.network.control, Qt.Key.Key_Down)
    settle(qtbot, lab)


# --- E3 ---


def test_that_the_sweep_fills_both_maps_with_the_accuracies_of_the_networks(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    turn_to(qtbot, lab, 2)
    qtbot.waitUntil(lambda: not lab.sweeper.busy, timeout=60_000)
    assert "on this computer" in lab.sweep_controls.estimate.text()
    plan = SweepPlan(depth=3, width=10, steps=20, scales=(0.01, 0.5), rates=(0.3,))
    lab.sweep_controls.plan = plan
    click(qtbot, lab.sweep_button)
    qtbot.waitUntil(lambda: lab.result is not None and lab.result.made == 4, timeout=60_000)
    qtbot.waitUntil(lambda: not lab.sweeper.busy)
    for normalised in (False, True):
        shares = []
        for scale in plan.scales:
            trainer = start(with_batch_statistics(plan.experiment(scale, 0.3, normalised)))
            trainer.advance(plan.steps)
            shares.append(trainer.evaluate(trainer.setting.probe)[1])
        assert notes(lab.sweep.maps[normalised]) == [cell_text(share) for share in shares]
        learned = sum(share >= 0.5 for share in shares)
        assert f"<b>{learned}</b> of 2" in lab.story.text
        read = trainer.setting.probe.size
        words = f"{learned} of 2 networks reach 50\N{NO-BREAK SPACE}% of {count(read)} training examples in 20 steps."
        assert table_of(lab.result, int(normalised)).words == words


def test_that_a_sweep_goes_on_while_something_else_is_looked_at(
    qtbot: QtBot, open_lab: OpenLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_away, sweep = Event(), batch_norm.scale_sweep

    def held(*arguments: Any, **more: Any) -> Any:
        # so small a sweep is done before the page is turned
        assert looked_away.wait(60)
        return sweep(*arguments, **more)

    monkeypatch.setattr(batch_norm, "scale_sweep", held)
    lab = opened(qtbot, open_lab)
    turn_to(qtbot, lab, 2)
    lab.sweep_controls.plan = plan = SweepPlan(depth=3, width=10, steps=20, scales=(0.01, 0.5), rates=(0.3,))
    qtbot.waitUntil(lambda: not lab.sweeper.busy, timeout=60_000)
    click(qtbot, lab.sweep_button)
    lab.hide()
    lab.show()
    turn_to(qtbot, lab, 0)
    assert lab.sweep_bar.isVisible()
    looked_away.set()
    turn_to(qtbot, lab, 2)
    lab.hide()
    qtbot.waitUntil(lambda: not lab.sweeper.busy, timeout=60_000)
    assert lab.result is not None
    assert lab.result.made == plan.cells
    assert lab.sweep_button.isEnabled()


def test_that_a_sweep_can_be_given_up(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    turn_to(qtbot, lab, 2)
    qtbot.waitUntil(lambda: not lab.sweeper.busy, timeout=60_000)
    click(qtbot, lab.sweep_button)
    qtbot.waitUntil(lambda: lab.result is not None, timeout=60_000)
    click(qtbot, lab.sweep_bar.cancel_button)
    qtbot.waitUntil(lambda: not lab.sweeper.busy)
    assert 0 < lab.result.made < lab.sweep_controls.plan.cells
    assert lab.sweep_button.isEnabled()


# --- manners ---


def test_that_a_network_without_batch_norm_makes_room_for_the_lecture_s(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = opened(qtbot, open_lab)
    assert not lab.mine
    assert "Your network has no batch norm" in lab.controls.about.text()
    assert not lab.controls.network.isVisible()
    document = lab.context.document
    document.replace(apply(load("E1").experiment, {"network.0.units": 7}), "E1")
    settle(qtbot, lab)
    assert lab.mine
    assert lab.answer.view.gamma.size == 7

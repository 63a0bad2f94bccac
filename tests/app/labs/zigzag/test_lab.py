"""The zig-zag lab by clicks: B3, with its truths measured."""

import re
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.forms.number_control import NumberControl
from app.labs.zigzag.controls import STEPS
from app.labs.zigzag.lab import SPEC, ZigZagLab
from app.look.numbers import number
from app.widgets.segmented import Segmented
from simulator.analysis import landscape
from simulator.analysis.landscape import zigzag
from tests.app.labs.conftest import SMALL, OpenLab
from tests.app.test_accessibility import describe, spoken, takes_tab

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two draws are enough to see that the shares are drawn."""
    monkeypatch.setattr(zigzag, "same_sign_shares", partial(zigzag.same_sign_shares, draws=2))


@pytest.fixture
def lab(qtbot: QtBot, open_lab: OpenLab) -> ZigZagLab:
    made = open_lab(SPEC)
    assert isinstance(made, ZigZagLab)
    return made


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)


def choose(qtbot: QtBot, lab: ZigZagLab, feed: zigzag.Feed) -> None:
    control = lab.controls.feed.control
    assert isinstance(control, Segmented)
    click(qtbot, control.buttons[zigzag.FEEDS.index(feed)])


def enter(qtbot: QtBot, control: NumberControl, text: str) -> None:
    control.field.selectAll()
    qtbot.keyClicks(control.field, text)
    qtbot.keyClick(control.field, Qt.Key.Key_Return)


def share_told(lab: ZigZagLab) -> str:
    found = re.search(r"On <b>(\S+)\s?%</b> of all (\d+) steps", lab.story.text)
    assert found is not None
    return found[1]


# --- the slide ---


def test_that_one_positive_example_a_step_has_one_sign_always(qtbot: QtBot, lab: ZigZagLab) -> None:
    assert share_told(lab) == "100"
    told = lab.story.text
    assert "Both weights always move the same way." in told
    for truth in ("The slide speaks of one example.", "the sign comes from the loss", "Both move at every step"):
        assert truth in told
    choose(qtbot, lab, "centred")
    assert share_told(lab) != "100"


def test_that_the_batch_slider_frees_the_signs(qtbot: QtBot, lab: ZigZagLab) -> None:
    """100 % at 1, about 87 % at 10, 0 % on the full batch."""
    shares = []
    lab.controls.batch.slider.setFocus()
    for _stop in zigzag.BATCHES:
        shares.append(int(share_told(lab)))
        qtbot.keyClick(lab.controls.batch.slider, Qt.Key.Key_Right)
    assert shares[0] == 100
    assert shares[zigzag.BATCHES.index(10)] == pytest.approx(87, abs=5)
    assert shares[-1] == 0
    assert "One weight rises while the other falls." in lab.story.text
    assert "yet there is no zig-zag" in lab.story.text


def test_that_a_step_is_told_with_its_numbers(qtbot: QtBot, lab: ZigZagLab) -> None:
    """On the full batch from (-1, 1) to (1, -1) the gradient is the curvature times the way there."""
    enter(qtbot, lab.controls.batch, "200")
    enter(qtbot, lab.controls.rate, "2")
    click(qtbot, lab.transport.rewind)
    assert "Press <b>Step</b>" in lab.story.text
    click(qtbot, lab.transport.step)
    x = lab.neuron.inputs
    first = float((x.T @ x / len(x) @ np.array([-2.0, 2.0]))[0])
    assert f"<b>−{abs(first):.2g}" in lab.story.text
    assert lab.transport.place.text() == f"step 1 of {STEPS}"
    weights = lab.descent.weights[1]
    assert weights.tolist() == pytest.approx([-1 - 2 * first, 1 + 2 * first])


def test_that_the_largest_rate_is_told_and_beyond_it_the_descent_diverges(qtbot: QtBot, lab: ZigZagLab) -> None:
    x = lab.neuron.inputs
    steepest = float(np.linalg.eigvalsh(x.T @ x / len(x))[-1])
    assert f"from a rate of <b>{number(2 / steepest)}</b> on" in lab.story.text
    enter(qtbot, lab.controls.rate, "20")
    assert "The descent diverges." in lab.story.text
    assert len(lab.descent.gradients) < STEPS
    choose(qtbot, lab, "centred")
    assert "diverges." not in lab.story.text.splitlines()[1]


# --- the pictures ---


def test_that_the_path_and_the_signs_follow_the_step(qtbot: QtBot, lab: ZigZagLab) -> None:
    click(qtbot, lab.transport.rewind)
    for _press in range(3):
        click(qtbot, lab.transport.step)
    np.testing.assert_allclose(lab.path.path.xData, lab.descent.weights[:4, 0])
    assert len(lab.path.same.data) == 3
    assert len(lab.path.other.data) == 0
    assert lab.signs.plus.opts["x0"].size + lab.signs.minus.opts["x0"].size == 6
    assert lab.signs.subtitle.startswith("100")


def test_that_the_contours_are_those_of_the_inputs(qtbot: QtBot, lab: ZigZagLab) -> None:
    for feed in zigzag.FEEDS:
        choose(qtbot, lab, feed)
        points = np.stack([lab.path.contours.xData, lab.path.contours.yData], axis=1)
        losses = lab.neuron.bowl.loss(points)
        finite = losses[np.isfinite(losses)]
        assert len(np.unique(np.round(finite - lab.neuron.bowl.lowest, 9))) == 7


def test_that_the_shares_are_measured_and_the_run_is_marked(qtbot: QtBot, lab: ZigZagLab) -> None:
    qtbot.waitUntil(lambda: lab.shares.data is not None, timeout=20_000)
    positive = lab.shares.curves[0].yData
    assert (positive[0], positive[-1]) == (1.0, 0.0)
    assert lab.shares.data is not None
    assert lab.shares.data.series[-1].y.tolist() == [1.0]
    assert [entry.text for entry in lab.shares.legend()] == ["positive", "centred", "tanh"]
    enter(qtbot, lab.controls.rate, "50")
    qtbot.waitUntil(lambda: not lab.worker.busy, timeout=20_000)
    assert lab.shares.legend()[0].text == "positive: diverges"


# --- the clock ---


def test_that_play_goes_from_the_start_pauses_and_ends_at_the_last_step(qtbot: QtBot, lab: ZigZagLab) -> None:
    click(qtbot, lab.transport.play)
    assert lab.transport.play.text() == "Pause"
    qtbot.waitUntil(lambda: 2 <= lab.transport.value < STEPS)
    click(qtbot, lab.transport.play)
    assert not lab.transport.playing
    assert lab.transport.play.text() == "Play"
    lab.transport.slider.setValue(STEPS - 1)
    click(qtbot, lab.transport.play)
    qtbot.waitUntil(lambda: not lab.transport.playing)
    assert lab.transport.value == STEPS
    assert not lab.transport.step.isEnabled()


def test_that_nothing_runs_out_of_view_and_goes_on_in_view(qtbot: QtBot, lab: ZigZagLab) -> None:
    click(qtbot, lab.transport.play)
    lab.hide()
    assert not lab.transport.playing
    lab.show()
    qtbot.waitUntil(lambda: lab.shares.data is not None, timeout=20_000)


def test_that_the_slider_is_the_timeline(qtbot: QtBot, lab: ZigZagLab) -> None:
    lab.transport.slider.setFocus()
    qtbot.keyClick(lab.transport.slider, Qt.Key.Key_Left)
    assert lab.transport.value == STEPS - 1
    assert f"Step {STEPS - 1}:" in lab.story.text
    choose(qtbot, lab, "tanh")
    assert lab.transport.value == STEPS - 1


# --- the page ---


def test_that_a_seed_draws_other_examples_and_reset_puts_all_back(qtbot: QtBot, lab: ZigZagLab) -> None:
    before = lab.descent.weights
    enter(qtbot, lab.controls.seed, "7")
    assert not np.array_equal(lab.descent.weights, before)
    choose(qtbot, lab, "tanh")
    enter(qtbot, lab.controls.batch, "20")
    click(qtbot, lab.transport.reset)
    assert lab.controls.chosen_feed == "positive"
    np.testing.assert_array_equal(lab.descent.weights, before)


def test_that_every_control_has_a_name(open_lab: OpenLab) -> None:
    lab = open_lab(SPEC, SMALL)
    controls = [part for part in lab.findChildren(QWidget) if takes_tab(part) and part.focusProxy() is None]
    assert controls
    assert [describe(part) for part in controls if not spoken(part).strip()] == []


def test_that_both_labs_are_found() -> None:
    from app.labs.catalogue import labs

    assert {"functions", "zigzag"} <= {spec.id for spec in labs()}
    assert landscape.zigzag is zigzag

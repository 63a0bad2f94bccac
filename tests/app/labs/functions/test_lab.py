"""The function explorer by clicks: B1, B2, B4 and B5 against closed forms."""

import math
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.forms.number_control import NumberControl
from app.labs.functions.lab import SPEC, FunctionsLab
from app.labs.functions.stage import COST, SHARE
from app.look.function_looks import LOOKS
from app.look.numbers import number
from app.plots.lab.function_plot import FunctionPicture, FunctionPlot, Shape
from app.theme import Theme
from simulator.analysis import activations
from simulator.analysis.activations import SCALAR_FUNCTIONS, FunctionCurve, StepShare, StepShares
from simulator.experiment import from_plain
from tests.app.labs.conftest import SMALL, OpenLab
from tests.app.test_accessibility import describe, spoken, takes_tab

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton
SIGMOID_AT_10 = math.exp(-10) / (1 + math.exp(-10)) ** 2


@pytest.fixture
def lab(qtbot: QtBot, open_lab: OpenLab) -> FunctionsLab:
    """The lab with its curves measured by the kernels themselves."""
    made = open_lab(SPEC)
    assert isinstance(made, FunctionsLab)
    ready(qtbot, made)
    return made


def ready(qtbot: QtBot, lab: FunctionsLab) -> None:
    qtbot.waitUntil(lambda: not lab.measure.busy and all(map(lab.measure.mean, lab.functions)), timeout=60_000)


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, LEFT)


def choose(qtbot: QtBot, lab: FunctionsLab, kind: str) -> None:
    """Click a function's name."""
    box = lab.list.visualItemRect(lab.list.item_of(kind))
    qtbot.mouseClick(lab.list.viewport(), LEFT, pos=QPoint(box.right() - 20, box.center().y()))


def enter(qtbot: QtBot, control: NumberControl, text: str) -> None:
    control.field.selectAll()
    qtbot.keyClicks(control.field, text)
    qtbot.keyClick(control.field, Qt.Key.Key_Return)


def preset(qtbot: QtBot, lab: FunctionsLab, x: int) -> None:
    click(qtbot, lab.bar.presets.buttons[(-10, 0, 10).index(x)])


def mouse(plot: FunctionPlot, kind: QEvent.Type, x: float, buttons: Qt.MouseButton) -> None:
    place = QPointF(plot.canvas.pixel_x(x), plot.canvas.area.center().y())
    button = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
    event = QMouseEvent(kind, place, plot.canvas.viewport().mapToGlobal(place), button, buttons, Qt.KeyboardModifier(0))
    QApplication.sendEvent(plot.canvas.viewport(), event)


# --- B1: the gallery ---


def test_that_every_activation_is_offered_and_drawn_when_ticked(qtbot: QtBot, lab: FunctionsLab) -> None:
    assert lab.list.count() == len(SCALAR_FUNCTIONS)
    for kind in SCALAR_FUNCTIONS:
        choose(qtbot, lab, kind)
        assert lab.list.main == kind
        assert lab.knobs.formulas
    assert lab.list.shown == tuple(SCALAR_FUNCTIONS)
    assert len(lab.stage.values.curves) == len(lab.stage.slopes.curves) == len(SCALAR_FUNCTIONS)
    choose(qtbot, lab, "tanh")
    box = lab.list.visualItemRect(lab.list.item_of("relu"))
    qtbot.mouseClick(lab.list.viewport(), LEFT, pos=QPoint(box.left() + 20, box.center().y()))
    assert "relu" not in lab.list.shown
    assert len(lab.stage.values.curves) == len(SCALAR_FUNCTIONS) - 1


def test_that_a_slope_typed_in_bends_the_curve(qtbot: QtBot, lab: FunctionsLab) -> None:
    """The slide draws 0.1x, its text says 0.01x: both can be had."""
    preset(qtbot, lab, -10)
    for kind, typed, value in (
        ("leaky_relu", "0.1", -1.0),
        ("prelu", "0.5", -5.0),
        ("elu", "2", 2 * math.expm1(-10)),
    ):
        choose(qtbot, lab, kind)
        enter(qtbot, lab.knobs.controls[0], typed)
        ready(qtbot, lab)
        assert lab.stage.table.text_of(SCALAR_FUNCTIONS[kind].label)[0] == number(value)


def test_that_maxout_is_the_larger_of_two_lines(qtbot: QtBot, lab: FunctionsLab) -> None:
    choose(qtbot, lab, "maxout")
    for control, typed in zip(lab.knobs.controls, ("2", "-1", "1", "0"), strict=True):
        enter(qtbot, control, typed)
    preset(qtbot, lab, 10)
    ready(qtbot, lab)
    assert lab.stage.table.text_of("Maxout") == (number(21.0), number(2.0), number(2.0))


# --- B2: what passes back ---


def test_that_the_presets_show_the_slide_s_local_gradients(qtbot: QtBot, lab: FunctionsLab) -> None:
    for kind, slopes in (("sigmoid", (SIGMOID_AT_10, 0.25, SIGMOID_AT_10)), ("relu", (0.0, 0.0, 1.0))):
        choose(qtbot, lab, kind)
        for x, slope in zip((-10, 0, 10), slopes, strict=True):
            preset(qtbot, lab, x)
            assert lab.ruler.value == x
            assert lab.passed.texts == (number(1.0), f"× {number(slope)}", f"= {number(slope)}")
            assert lab.stage.table.text_of(SCALAR_FUNCTIONS[kind].label)[1] == number(slope)
    assert number(SIGMOID_AT_10) == "4.54 × 10⁻⁵".replace(" ", "\N{NO-BREAK SPACE}")


def test_that_what_arrives_is_multiplied(qtbot: QtBot, lab: FunctionsLab) -> None:
    preset(qtbot, lab, 0)
    enter(qtbot, lab.arriving, "-2")
    assert lab.passed.texts[2] == f"= {number(-0.5)}"


def test_that_the_convention_at_a_kink_is_said(qtbot: QtBot, lab: FunctionsLab) -> None:
    choose(qtbot, lab, "relu")
    preset(qtbot, lab, 0)
    assert "Left of x = 0 the slope is 0, right of it 1.00" in lab.story.text
    assert "the program takes 0, by convention" in lab.story.text
    preset(qtbot, lab, 10)
    assert "convention" not in lab.story.text
    assert "The gradient passes unchanged." in lab.story.text


def test_that_the_words_follow_the_gradient(qtbot: QtBot, lab: FunctionsLab) -> None:
    preset(qtbot, lab, -10)
    assert "Almost nothing passes back." in lab.story.text
    assert "saturated" in lab.story.text
    choose(qtbot, lab, "relu")
    assert "Nothing passes back." in lab.story.text
    choose(qtbot, lab, "prelu")
    assert "a is learned: it gets the gradient 1 × −10.0 = <b>−10.0</b>." in lab.story.text


def test_that_the_ruler_is_dragged_with_the_mouse(qtbot: QtBot, lab: FunctionsLab) -> None:
    plot = lab.stage.slopes
    mouse(plot, QEvent.Type.MouseButtonPress, -4.0, LEFT)
    assert lab.ruler.value == pytest.approx(-4.0, abs=0.06)
    mouse(plot, QEvent.Type.MouseMove, 2.5, LEFT)
    assert lab.ruler.value == pytest.approx(2.5, abs=0.06)
    mouse(plot, QEvent.Type.MouseButtonRelease, 2.5, Qt.MouseButton.NoButton)
    mouse(plot, QEvent.Type.MouseMove, 9.0, Qt.MouseButton.NoButton)
    assert lab.ruler.value == pytest.approx(2.5, abs=0.06)
    x = lab.ruler.value
    slope = math.exp(-x) / (1 + math.exp(-x)) ** 2
    assert lab.passed.texts[2] == f"= {number(slope)}"


def test_that_the_ruler_obeys_the_keyboard(qtbot: QtBot, lab: FunctionsLab) -> None:
    lab.ruler.slider.setFocus()
    qtbot.keyClick(lab.ruler.slider, Qt.Key.Key_Right)
    assert lab.ruler.value == pytest.approx(0.05)
    assert lab.stage.table.text_of("linear")[0] == number(0.05)


def test_that_the_view_widens_for_a_preset_out_of_sight_and_says_where_it_is_cut(
    qtbot: QtBot, lab: FunctionsLab
) -> None:
    click(qtbot, lab.reach.buttons[0])
    assert lab.stage.values.canvas.x_range == (-3, 3)
    assert lab.stage.values.subtitle == "f(x)"
    preset(qtbot, lab, 10)
    assert lab.stage.values.canvas.x_range == (-12, 12)
    assert lab.stage.values.subtitle == "axis cut: the curves reach 12"


# --- B5: mean outputs ---


def test_that_the_mean_outputs_are_the_lecture_s(qtbot: QtBot, lab: FunctionsLab) -> None:
    table = lab.stage.means.data
    assert table is not None
    shown = {row.name: row.text for row in table.rows}
    assert {name: shown[name] for name in ("sigmoid", "ReLU", "leaky ReLU", "ELU", "tanh")} == {
        "sigmoid": "0.500",
        "ReLU": number(1 / math.sqrt(2 * math.pi)),
        "leaky ReLU": number(0.99 / math.sqrt(2 * math.pi)),
        "ELU": "0.161",
        "tanh": "0",
    }
    assert all(row.sample is not None and abs(row.sample - row.parts[0][0]) < 2.5 * row.error for row in table.rows)
    assert "not centred on 0" in lab.story.text
    choose(qtbot, lab, "tanh")
    assert "centred on 0." in lab.story.text
    assert "not centred" not in lab.story.text


def test_that_another_sample_moves_the_sample_and_not_the_mean(qtbot: QtBot, lab: FunctionsLab) -> None:
    before = lab.stage.means.data
    click(qtbot, lab.bar.sample)
    ready(qtbot, lab)
    after = lab.stage.means.data
    assert before is not None
    assert after is not None
    assert [row.text for row in before.rows] == [row.text for row in after.rows]
    assert all(one.sample != other.sample for one, other in zip(before.rows, after.rows, strict=True))


# --- B4: the cost ---


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time in few short rounds: whether the figures are good is no question here."""
    for name in ("element_costs", "step_shares"):
        monkeypatch.setattr(
            activations, name, partial(getattr(activations, name), rounds=2, seconds=1e-4), raising=False
        )


@pytest.mark.usefixtures("quick")
def test_that_the_cost_is_measured_by_a_click(qtbot: QtBot, lab: FunctionsLab) -> None:
    assert lab.stage.elements.data is None
    click(qtbot, lab.bar.cost)
    assert not lab.bar.cost.isEnabled()
    assert lab.stage.figure == COST
    assert "B4" in lab.story.text
    assert lab.stage.elements.describe() == "The functions are being timed."
    qtbot.waitUntil(lambda: lab.costs.shares is not None and not lab.costs.worker.busy, timeout=60_000)
    assert lab.bar.cost.isEnabled()
    elements, shares = lab.costs.elements, lab.costs.shares
    assert elements is not None
    assert shares is not None
    costs = {each.function.kind: each.total for each in elements.costs}
    table = lab.stage.elements.data
    assert table is not None
    assert [row.text for row in table.rows] == [f"{number(cost)} ns" for cost in costs.values()]
    assert f"{number(costs['sigmoid'])} ns" in lab.story.text
    assert f"{number(costs['sigmoid'] / costs['relu'], 2)} times ReLU" in lab.story.text
    assert shares.elements == 32 * (16 + 16)
    click(qtbot, lab.stage.figures.switch.buttons[SHARE])
    rows = lab.stage.shares.data
    assert rows is not None
    assert rows.rows[0].name == "your network"
    choose(qtbot, lab, "maxout")
    assert "Maxout is a layer with weights" in lab.story.text


def test_that_the_measurement_can_be_given_up(qtbot: QtBot, lab: FunctionsLab) -> None:
    click(qtbot, lab.bar.cost)
    click(qtbot, lab.bar.work.cancel_button)
    qtbot.waitUntil(lambda: not lab.costs.worker.busy)
    assert lab.costs.shares is None
    assert lab.bar.cost.isEnabled()
    assert "Press" in lab.stage.shares.describe()


@pytest.mark.usefixtures("quick")
def test_that_a_network_without_activations_is_said_to_have_none(qtbot: QtBot, open_lab: OpenLab) -> None:
    linear = from_plain({"data": {"kind": "spiral"}, "network": [{"kind": "dense", "units": 3}]})
    lab = open_lab(SPEC, experiment=linear)
    assert isinstance(lab, FunctionsLab)
    click(qtbot, lab.bar.cost)
    qtbot.waitUntil(lambda: "the network has no activation" in lab.bar.work.label.text(), timeout=20_000)
    assert lab.costs.elements is not None
    assert lab.costs.shares is None


def test_that_shares_of_another_network_are_dropped(lab: FunctionsLab) -> None:
    lab.costs._take_shares(StepShares((StepShare(None, 10.0, 1.0),), 100, 10, 5))
    lab.context.document.edit({"training.learning_rate": 0.2}, "rate")
    assert lab.costs.shares is not None
    lab.context.document.edit({"network.0.units": 20}, "units")
    assert lab.costs.shares is None
    assert lab.stage.shares.data is None


# --- the page ---


def test_that_reset_puts_everything_back(qtbot: QtBot, lab: FunctionsLab) -> None:
    choose(qtbot, lab, "elu")
    preset(qtbot, lab, 10)
    enter(qtbot, lab.knobs.controls[0], "3")
    click(qtbot, lab.bar.reset)
    assert (lab.list.main, lab.ruler.value) == ("sigmoid", 0)
    assert lab._functions["elu"].numbers == (1.0,)


def test_that_nothing_is_measured_out_of_view(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_lab(SPEC)
    assert isinstance(lab, FunctionsLab)
    lab.hide()
    qtbot.waitUntil(lambda: not lab.measure.busy, timeout=60_000)
    lab._turn(lab.main_function)
    assert not lab.measure.busy


def test_that_coming_back_at_once_measures_what_was_given_up(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_lab(SPEC)
    assert isinstance(lab, FunctionsLab)
    lab.hide()
    lab.show()
    ready(qtbot, lab)


def test_that_a_knob_that_is_dragged_is_followed_to_its_last_place(qtbot: QtBot, lab: FunctionsLab) -> None:
    choose(qtbot, lab, "leaky_relu")
    slider = lab.knobs.controls[0].slider
    slider.setFocus()
    for _press in range(5):
        qtbot.keyClick(slider, Qt.Key.Key_Right)
    ready(qtbot, lab)
    slope = lab.knobs.controls[0].value
    assert slope != 0.01
    assert curve(lab, "leaky_relu").slope[0] == pytest.approx(slope)


def test_that_every_control_has_a_name(open_lab: OpenLab) -> None:
    lab = open_lab(SPEC, SMALL)
    controls = [part for part in lab.findChildren(QWidget) if takes_tab(part) and part.focusProxy() is None]
    assert controls
    assert [describe(part) for part in controls if not spoken(part).strip()] == []


def curve(lab: FunctionsLab, kind: str) -> FunctionCurve:
    found = lab.measure.curve(lab._functions[kind])
    assert found is not None
    return found


def test_that_the_usual_three_have_colours_of_their_own_and_the_tangent_a_name(qtbot: QtBot, theme: Theme) -> None:
    plot = FunctionPlot(theme, "f", "f(x)")
    qtbot.addWidget(plot)
    x = np.linspace(-1, 1, 5)
    for slopes, names in ((x, ["tangent"]), (None, [])):
        plot.show_data(FunctionPicture(x, (Shape("a", LOOKS["relu"], x, slopes),), 0, 2, 1.0, (-1.0, 1.0)))
        assert [entry.text for entry in plot.legend()] == names
    assert [LOOKS[kind].index for kind in ("sigmoid", "tanh", "relu")] == [0, 1, 2]

"""The bottom row: what each button does in each state, and the speed."""

import math
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.panels.time.speed import EPOCHS_A_SECOND, SHORTEST_RUN, SPEEDS, default_speed, nearest, speed_words
from simulator.experiment import Run, apply
from simulator.training import Load, Loaded, Pause, Play, RunEpoch, SetSpeed, StepOnce
from tests.app.conftest import ROOMY, OpenShell, Shell
from tests.app.fake_runner import facts
from tests.app.samples import spiral

pytestmark = pytest.mark.slow

SHORT = QSize(1366, 768)


def button(shell: Shell, name: str) -> QPushButton:
    return next(part for part in shell.window.time.transport.findChildren(QPushButton) if part.accessibleName() == name)


def enabled(shell: Shell) -> set[str]:
    parts = shell.window.time.transport.findChildren(QPushButton)
    return {part.accessibleName() for part in parts if part.isEnabled() and part.isVisible()}


def press(shell: Shell, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(shell.window.focusWidget() or shell.window, key, modifiers)
    shell.poll()


def test_that_only_play_can_be_pressed_while_preparing(open_shell: OpenShell) -> None:
    shell = open_shell(prepared=False)
    assert enabled(shell) == {"Play"}
    assert shell.window.time.place.text() == "preparing the simulator"
    press(shell, Qt.Key.Key_Space)
    assert enabled(shell) == {"Pause"}
    assert shell.window.time.place.text() == "starts when the simulator is ready"


def test_what_can_be_pressed_in_each_state(open_shell: OpenShell) -> None:
    shell = open_shell()
    assert enabled(shell) == {"Play", "Step", "Epoch"}
    press(shell, Qt.Key.Key_Space)
    assert enabled(shell) == {"Reset", "Pause", "Step", "Epoch"}
    shell.runner.train(5)
    press(shell, Qt.Key.Key_Space)
    assert enabled(shell) == {"Reset", "Play", "Step", "Epoch"}
    press(shell, Qt.Key.Key_Space)
    shell.runner.end("finished", "Done.")
    shell.poll()
    assert enabled(shell) == {"Reset", "Continue"}


def test_that_the_focus_goes_to_reset_when_a_run_diverges(open_shell: OpenShell) -> None:
    shell = open_shell()
    press(shell, Qt.Key.Key_Space)
    shell.runner.end("diverged", "No number.")
    shell.poll()
    assert shell.window.focusWidget() is button(shell, "Reset")
    press(shell, Qt.Key.Key_Space)
    assert shell.window.focusWidget() is button(shell, "Play")


def test_that_the_keys_give_their_orders(open_shell: OpenShell) -> None:
    shell = open_shell()
    press(shell, Qt.Key.Key_Right)
    press(shell, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(shell, Qt.Key.Key_Space)
    press(shell, Qt.Key.Key_Space)
    orders = [type(command) for command in shell.runner.sent if isinstance(command, StepOnce | RunEpoch | Play | Pause)]
    assert orders == [StepOnce, RunEpoch, Play, Pause]


def test_that_arrows_in_a_plot_read_it_and_train_nothing(open_shell: OpenShell, qtbot: QtBot) -> None:
    shell = open_shell()
    shell.runner.train(60)
    shell.poll()
    plot = shell.window.stage.card("loss").plot
    shell.window.activateWindow()
    plot.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(plot.canvas.hasFocus)
    before = len(shell.runner.sent)
    press(shell, Qt.Key.Key_Left)
    last = plot.reader.words
    press(shell, Qt.Key.Key_Left)
    press(shell, Qt.Key.Key_Right)
    press(shell, Qt.Key.Key_Home)
    press(shell, Qt.Key.Key_End)
    assert plot.reader.words == last
    assert last.startswith("step ")
    assert len(shell.runner.sent) == before
    press(shell, Qt.Key.Key_Space)
    assert isinstance(shell.runner.sent[-1], Play), "Space still plays"


def test_that_home_starts_the_same_weights_again(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.controller.step()
    shell.poll()
    before = shell.window.document.experiment
    press(shell, Qt.Key.Key_Home)
    assert len(shell.runner.sent_of(Load)) == 2
    assert shell.window.document.experiment == before


def test_that_new_weights_change_the_weight_seed_alone(open_shell: OpenShell) -> None:
    shell = open_shell()
    press(shell, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    seeds = shell.window.document.experiment.seeds
    assert (seeds.data, seeds.weights, seeds.order) == (0, 1, 0)


def test_that_space_presses_the_button_that_has_the_focus(open_shell: OpenShell) -> None:
    shell = open_shell()
    button(shell, "Step").setFocus()
    press(shell, Qt.Key.Key_Space)
    assert shell.runner.sent_of(StepOnce)
    assert not shell.runner.sent_of(Play)


def test_that_space_plays_when_a_layer_has_the_focus(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.build_column.network.layers.setFocus()
    press(shell, Qt.Key.Key_Space)
    assert shell.runner.sent_of(Play)


def test_that_a_focused_slider_keeps_right_and_home(open_shell: OpenShell) -> None:
    shell = open_shell()
    slider = shell.window.time.transport.speed.slider
    slider.setFocus()
    before = slider.value()
    press(shell, Qt.Key.Key_Right)
    assert slider.value() == before + 1
    press(shell, Qt.Key.Key_Home)
    assert slider.value() == 0
    assert not shell.runner.sent_of(StepOnce)
    assert shell.runner.sent_of(SetSpeed)[-1] == SetSpeed(1.0)


def test_that_a_click_leaves_the_focus_so_that_space_still_plays(open_shell: OpenShell) -> None:
    shell = open_shell()
    QTest.mouseClick(button(shell, "Step"), Qt.MouseButton.LeftButton)
    shell.poll()
    press(shell, Qt.Key.Key_Space)
    assert shell.runner.sent_of(Play)


def test_that_a_plane_set_begins_at_about_an_epoch_a_picture(open_shell: OpenShell) -> None:
    shell = open_shell()
    assert shell.runner.sent_of(SetSpeed)[-1] == SetSpeed(10.0 * EPOCHS_A_SECOND)


def loaded(patch: dict[str, object]) -> Loaded:
    run = Run(apply(spiral(), {"data": {"kind": "digits"}, "training.batch_size": 100, **patch}))
    return Loaded(1, run, run.experiment, 0, facts(run))


def test_that_a_short_run_on_pictures_takes_long_enough_to_be_watched() -> None:
    speed = default_speed(loaded({"training.epochs": 20}))
    steps = 20 * math.ceil(facts(loaded({}).run).training.size / 100)
    assert speed == pytest.approx(steps / SHORTEST_RUN)


def test_that_a_run_without_an_end_on_pictures_is_as_fast_as_possible() -> None:
    assert default_speed(loaded({"training.epochs": None})) is None


def test_that_a_speed_chosen_by_hand_stays(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.time.transport.speed.slider.setValue(nearest(5))
    shell.open_built_in("digits")
    shell.poll()
    assert shell.window.time.transport.speed.steps_per_second == 5


def test_that_an_edit_lets_the_speed_stand_though_another_suits_it(open_shell: OpenShell) -> None:
    shell = open_shell()
    speed = shell.window.time.transport.speed
    before = speed.steps_per_second
    shell.window.document.edit({"training.batch_size": 1}, "Change mini-batch")
    shell.window.document.new_weights()
    for _ in range(4):
        shell.poll()
    assert speed.steps_per_second == before
    assert "10\N{NO-BREAK SPACE}000 steps/s" in speed.slider.toolTip()


def test_that_an_experiment_that_is_opened_begins_with_the_speed_that_suits_it(
    qtbot: QtBot, open_shell: OpenShell
) -> None:
    shell = open_shell()
    before = shell.window.time.transport.speed.steps_per_second
    with qtbot.waitSignal(shell.controller.loaded):
        shell.window.files.open_built_in("digits")
    assert shell.window.time.transport.speed.steps_per_second != before


@pytest.mark.parametrize(("size", "height"), [(ROOMY, 64), (SHORT, 56)], ids=["roomy", "laptop"])
def test_that_time_is_one_row_in_which_nothing_moves_when_a_run_ends(
    open_shell: OpenShell, size: QSize, height: int
) -> None:
    shell = open_shell(size)
    shell.controller.play()
    shell.runner.train(4)
    shell.poll()
    panel = shell.window.time
    assert panel.height() == height
    parts = [panel.transport, panel.history, panel.place, shell.window.stage]
    before = [part.geometry() for part in parts]
    shell.runner.end("finished", "Done.")
    shell.poll()
    assert shell.window.header.note.sentence == "Done."
    assert [part.geometry() for part in parts] == before


def test_that_words_give_way_to_icons_in_a_narrow_window(open_shell: OpenShell) -> None:
    roomy, narrow = open_shell(), open_shell(SHORT)
    assert button(roomy, "Step").text() == "Step"
    assert button(narrow, "Step").text() == ""
    assert "one mini-batch" in button(narrow, "Step").toolTip()
    assert button(narrow, "Play").text() == "Play"


def test_that_one_button_is_filled(open_shell: OpenShell) -> None:
    parts = open_shell().window.findChildren(QPushButton)
    assert [part.accessibleName() for part in parts if part.property("role") == "primary"] == ["Play"]


def test_that_the_speeds_rise_in_even_ratios_to_as_fast_as_possible() -> None:
    *numbers, last = SPEEDS
    assert last is None
    assert numbers[0] == 1
    ratios = [after / before for before, after in pairwise(speed for speed in numbers if speed)]
    assert min(ratios) > 1.3
    assert max(ratios) <= 2


@pytest.mark.parametrize(
    ("speed", "words"),
    [
        (1.0, "1 step/s"),
        (200.0, "200 steps/s"),
        (20_000.0, "20\N{NO-BREAK SPACE}000 steps/s"),
        (None, "as fast as possible"),
    ],
)
def test_how_speeds_are_said(speed: float | None, words: str) -> None:
    assert speed_words(speed) == words


@pytest.mark.parametrize(
    ("asked", "given"), [(0.1, 1.0), (300.0, 300.0), (240.0, 200.0), (1e9, 70_000.0), (None, None)]
)
def test_that_the_nearest_speed_is_taken(asked: float | None, given: float | None) -> None:
    assert SPEEDS[nearest(asked)] == given

"""The window as a whole: places, start, end, files, notices."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.actions import file_actions
from app.actions.actions import FILE
from app.actions.file_actions import left_from_last_time
from app.actions.mnemonics import plain
from app.bootstrap import make_window
from app.running.run_state import RunState
from app.system.errors import ErrorNet
from app.system.paths import config_directory
from app.theme import Theme
from app.widgets.segmented import Segmented
from app.window.main_window import FIRST_PICTURE, MainWindow
from app.window.menus.look_menus import TEXT_SCALES
from app.window.settings import FILE_NAME, Settings, read_settings, write_settings
from simulator.experiment import Run, apply, load, read, write
from simulator.message import Message
from simulator.training import Load, Play
from simulator.training.desk.runner import Runner
from tests.app.conftest import OpenShell, Shell
from tests.app.fake_runner import FakeRunner

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
LAPTOP = QSize(1366, 768)
SMALL = QSize(1024, 640)


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.focusWidget() or window, key, modifiers)


def test_that_the_window_shows_before_numba_is_there() -> None:
    script = """
import sys
import threading
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from app.bootstrap import make_window
from app.window.settings import Settings
from app.theme import Theme
from app.widgets.segmented import Segmented
from simulator.training.desk.runner import Runner

class FirstPicture(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not seen:
            seen.append("numba" in sys.modules)
        return False

seen = []
application = QApplication(sys.argv)
theme = Theme("light")
theme.install(application)
window = make_window(theme, Runner(), Settings())
watch = FirstPicture()
window.time.installEventFilter(watch)
window.show()
while not seen:
    application.processEvents()
print(*seen)
window.close()
"""
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert answer.stdout.strip() == "False", answer.stderr


def test_that_it_opens_on_the_spiral_ready_to_play(open_shell: OpenShell) -> None:
    shell = open_shell()
    assert shell.window.document.experiment == load("spiral").experiment
    assert shell.controller.state is RunState.READY


def test_that_space_alone_shows_learning_within_two_seconds_of_being_ready(qtbot: QtBot, theme: Theme) -> None:
    window = make_window(theme, Runner(), Settings())
    qtbot.addWidget(window)
    losses: list[tuple[int, float]] = []
    window.controller.picture_changed.connect(
        lambda picture: losses.extend((picture.frame.step, float(loss)) for loss in picture.losses.smooth[-1:])
    )
    window.resize(1600, 900)
    window.show()
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.controller.state is RunState.PLAYING, timeout=60_000)
    qtbot.waitUntil(lambda: bool(losses) and losses[-1][1] < 0.35, timeout=20_000)
    # In steps, not in seconds: the computer that runs the test may be busy.
    assert losses[-1][0] <= 2.0 * (window.time.transport.speed.steps_per_second or 0.0)
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize(
    ("size", "left", "right"), [(QSize(1600, 900), 240, 280), (LAPTOP, 216, 232)], ids=["roomy", "laptop"]
)
def test_that_the_columns_have_their_widths(open_shell: OpenShell, size: QSize, left: int, right: int) -> None:
    window = open_shell(size).window
    assert window.size() == size
    assert (window.build_column.width(), window.story.width()) == (left, right)


@pytest.mark.parametrize("size", [QSize(1600, 900), LAPTOP, SMALL], ids=["roomy", "laptop", "small"])
def test_that_everything_fits_at_every_text_scale(open_shell: OpenShell, size: QSize) -> None:
    shell = open_shell(size)
    window = shell.window
    for scale in TEXT_SCALES:
        shell.theme.set_text_scale(scale)
        QTest.qWait(10)
        assert window.size() == size
        for part in (window.header, window.build_column, window.stage, window.time.transport):
            assert window.centralWidget().rect().contains(part.geometry()), type(part).__name__
        for row in (window.header, window.time.transport):
            assert row.minimumSizeHint().width() <= row.width(), (type(row).__name__, scale)


def test_that_the_right_column_is_a_drawer_in_a_narrow_window(open_shell: OpenShell) -> None:
    window = open_shell(SMALL).window
    assert not window.story.isVisible()
    middle = window.stage.geometry()
    press(window, Qt.Key.Key_F9)
    assert window.story.isVisible()
    assert window.workshop.right.geometry().right() == middle.right()
    assert window.stage.geometry() == middle
    press(window, Qt.Key.Key_Escape)
    assert not window.story.isVisible()
    window.resize(1600, 900)
    QTest.qWait(10)
    assert window.story.isVisible()


def test_that_loading_fills_the_panels(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.runner.train(142)
    shell.poll()
    assert "step 142" in shell.window.time.place.text()
    assert any("0.41" in sentence for sentence in shell.window.narrator.story.seen)


def test_that_a_layer_clicked_in_a_plot_is_selected_at_the_left(open_shell: OpenShell) -> None:
    window = open_shell().window
    window.stage.layer_clicked.emit(2)
    assert window.build_column.network.selected == 2


@pytest.mark.parametrize("ending", ["finished", "diverged", "failed"])
def test_that_an_ending_is_said_and_the_plots_stay(open_shell: OpenShell, ending: str) -> None:
    shell = open_shell()
    press(shell.window, Qt.Key.Key_Space)
    shell.poll()
    shell.runner.train(9)
    shell.runner.end(ending, "It ended after 9 steps.")
    shell.poll()
    place = shell.window.header.note if ending == "finished" else shell.window.notice_bar
    assert place.sentence == "It ended after 9 steps."
    assert "step 9" in shell.window.time.place.text()


def test_that_a_reset_takes_the_sentence_of_the_ending_back(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.controller.play()
    shell.runner.end("diverged", "The loss is no number.")
    shell.poll()
    press(shell.window, Qt.Key.Key_Home)
    shell.poll()
    assert shell.controller.state is RunState.READY
    assert shell.window.notice_bar.sentence == ""


def test_that_an_ending_is_not_said_beside_a_lab_and_comes_back_with_the_run(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.controller.play()
    shell.runner.end("diverged", "The loss is no number.")
    shell.poll()
    shell.window.show_tab("explore")
    assert shell.window.notice_bar.sentence == ""
    shell.window.show_tab("diagnose")
    assert shell.window.notice_bar.sentence == "The loss is no number."
    shell.window.notice_bar.dismiss()
    shell.window.show_tab("explore")
    shell.window.show_tab("watch")
    assert shell.window.notice_bar.sentence == ""


def test_that_a_refused_network_is_said_with_a_way_back(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.runner.refuse = lambda command: Message("Too large.") if isinstance(command, Load) else None
    shell.window.document.edit({"network.0.units": 8}, "Change units")
    shell.poll()
    assert shell.window.notice_bar.sentence == "Too large."
    shell.window.notice_bar.choose_remedy()
    shell.poll()
    assert shell.window.document.experiment == load("spiral").experiment
    assert shell.window.notice_bar.sentence == ""


def test_that_a_restart_while_playing_is_said_quietly(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.controller.play()
    shell.poll()
    middle = shell.window.stage.geometry()
    shell.window.document.edit({"network.0.units": 8}, "Change units")
    shell.poll()
    assert shell.window.header.note.sentence == "The new network starts from step 0."
    assert shell.window.stage.geometry() == middle


def test_that_an_edit_that_is_wrong_is_said(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.window.document.edit({"network.0.units": -1}, "Change units")
    assert "not −1" in shell.window.notice_bar.sentence
    assert shell.window.document.experiment == load("spiral").experiment


def test_that_a_file_is_opened_and_saved(open_shell: OpenShell, qtbot: QtBot, tmp_path: Path) -> None:
    shell = open_shell()
    file = tmp_path / "mine.json"
    wanted = apply(load("spiral").experiment, {"training.learning_rate": 0.0123, "name": "Mine"})
    write(file, Run(wanted))
    shell.window.files.open_path(file)
    qtbot.waitUntil(lambda: shell.window.document.experiment == wanted)
    shell.poll()
    shell.runner.train(6)
    shell.poll()
    shell.window.document.edit({"training.learning_rate": 0.0321}, "Change learning rate")
    shell.poll()
    press(shell.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "mine.json" in shell.window.header.note.sentence
    saved = read(file)
    assert saved.experiment == wanted
    assert [(edit.step, edit.patch) for edit in saved.edits] == [(6, {"training.learning_rate": 0.0321})]


def test_that_saving_one_of_several_lanes_is_said_before_it_is_done(open_shell: OpenShell, tmp_path: Path) -> None:
    shell = open_shell()
    file = tmp_path / "mine.json"
    shell.window.files.save_path(file)
    before = file.read_bytes()
    shell.window.document.what_if({"training.learning_rate": 0.0123}, "")
    shell.poll()
    press(shell.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    said = "A file holds one run: B would be saved, and the others would not."
    assert shell.window.notice_bar.sentence == said
    assert file.read_bytes() == before
    shell.window.notice_bar.choose_remedy()
    assert read(file).experiment.training.learning_rate == 0.0123
    assert shell.window.header.note.sentence == "mine.json was saved with run B alone."
    assert shell.window.document.modified, "lane A is in no file"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe\x00", b"[]", b'{"schema": 1, "experiment": {"data": 3}}'])
def test_that_a_bad_file_is_one_sentence_and_nothing_is_lost(
    open_shell: OpenShell, qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    shell = open_shell()
    shell.runner.train(4)
    before = shell.window.document.state
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    with qtbot.waitSignal(shell.window.files.refused):
        shell.window.files.open_path(file)
    assert "bad.json" in shell.window.notice_bar.sentence
    assert "Traceback" not in shell.window.notice_bar.sentence
    assert shell.window.document.state == before


def test_that_files_are_read_beside_the_window(
    open_shell: OpenShell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []

    def note_thread(path: Path) -> Run:
        readers.append(threading.current_thread())
        return read(path)

    monkeypatch.setattr("app.actions.file_actions.read", note_thread)
    files = open_shell().window.files
    for open_file in (lambda: files.open_path(tmp_path / "none.json"), files.open_left):
        with qtbot.waitSignal(files.refused):
            open_file()
    assert len(readers) == 2
    assert threading.main_thread() not in readers


def test_that_the_file_dialog_does_not_block(open_shell: OpenShell) -> None:
    window = open_shell().window
    press(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_that_an_error_nobody_caught_is_one_calm_sentence(
    open_shell: OpenShell, caplog: pytest.LogCaptureFixture
) -> None:
    window = open_shell().window
    net = ErrorNet()
    net.error_caught.connect(window.notices.say_error)
    error = ZeroDivisionError("division by zero")
    net.catch(type(error), error, None)
    assert "division" not in window.notice_bar.sentence
    assert window.notice_bar.sentence
    assert "division by zero" in caplog.text


def test_that_the_list_of_keys_opens_and_closes(open_shell: OpenShell) -> None:
    window = open_shell().window
    before = window.focusWidget()
    press(window, Qt.Key.Key_Question)
    assert window.key_overlay.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not window.key_overlay.isVisible()
    assert window.focusWidget() is before


def test_that_the_name_says_what_changed(open_shell: OpenShell) -> None:
    window = open_shell().window
    assert window.header.name_text == "Spiral"
    window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    assert window.header.name_text == "Spiral · changed"
    window.document.undo_stack.undo()
    assert window.header.name_text == "Spiral"


def test_that_undo_says_what_it_takes_back(open_shell: OpenShell) -> None:
    shell = open_shell()
    before = shell.window.document.experiment
    shell.window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    tip = shell.window.header.undo_button.toolTip()
    assert "Change learning rate" in tip
    assert "Ctrl+Z" in tip
    press(shell.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shell.window.document.experiment == before


def test_that_undo_works_after_a_click_on_any_tab(open_shell: OpenShell, qtbot: QtBot) -> None:
    window = open_shell().window
    before = window.document.experiment
    for button in window.header.tabs.segments.buttons:
        window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.document.experiment == before, button.text()


def test_that_closing_ends_the_thread_and_keeps_the_choices(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.theme.set_text_scale(1.15)
    shell.window.close()
    assert shell.runner.closed
    settings = read_settings()
    assert settings.text_scale == pytest.approx(1.15)
    assert settings.theme == "light"
    assert settings.geometry


def test_that_what_was_not_saved_can_be_had_again(open_shell: OpenShell, qtbot: QtBot) -> None:
    first = open_shell()
    first.window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    first.poll()
    left = first.window.document.experiment
    first.window.close()
    second = open_shell()
    menu = second.window.menus.bar.menus[FILE]
    menu.aboutToShow.emit()
    entry = next(action for action in menu.actions() if plain(action.text()) == "What was not saved last time")
    assert entry.isEnabled()
    entry.trigger()
    qtbot.waitUntil(lambda: second.window.document.experiment == left)


def test_that_nothing_is_kept_of_what_was_saved(open_shell: OpenShell, tmp_path: Path) -> None:
    first = open_shell()
    first.window.document.edit({"training.learning_rate": 0.0123}, "Change learning rate")
    first.poll()
    first.window.files.save_path(tmp_path / "mine.json")
    first.window.close()
    assert not left_from_last_time().exists()


def test_that_a_window_closed_at_once_starts_no_thread(qtbot: QtBot, theme: Theme) -> None:
    runner = FakeRunner()
    window = make_window(theme, runner, Settings())
    qtbot.addWidget(window)
    window.show()
    window.close()
    QTest.qWait(2 * FIRST_PICTURE)
    assert not runner.started


def test_that_the_window_comes_back_where_it_was(qtbot: QtBot, open_shell: OpenShell) -> None:
    first = open_shell(QSize(1300, 700))
    first.window.close()
    window = make_window(first.theme, first.runner, read_settings())
    qtbot.addWidget(window)
    # Qt keeps it on the screen, and the offscreen one is narrow.
    assert window.height() == 700


@pytest.mark.parametrize("content", ["", "{", '{"text_scale": 40}', '{"theme": "pink"}', "[1]"])
def test_that_settings_that_cannot_be_read_are_those_of_a_first_start(content: str) -> None:
    write_settings(Settings(theme="dark"))
    assert read_settings().theme == "dark"
    (config_directory() / FILE_NAME).write_text(content)
    assert read_settings() == Settings()


def test_that_a_built_in_experiment_is_read_in_the_background(
    open_shell: OpenShell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell, may_read = open_shell(), threading.Event()
    monkeypatch.setattr(file_actions, "load", lambda name: load(name) if may_read.wait(5) else None)
    before = shell.window.document.experiment
    shell.window.files.open_built_in("digits")
    assert shell.window.document.experiment == before
    may_read.set()
    qtbot.waitUntil(lambda: shell.window.document.experiment == load("digits").experiment)


def test_that_play_goes_on_after_another_experiment_was_opened(open_shell: OpenShell) -> None:
    shell = open_shell()
    shell.open_built_in("A4")
    press(shell.window, Qt.Key.Key_Space)
    shell.poll()
    shell.poll()
    assert shell.controller.state is RunState.PLAYING
    assert isinstance(shell.runner.sent[-1], Play)


def visible_parts(shell: Shell) -> list[QWidget]:
    return [part for part in shell.window.findChildren(QWidget) if part.isVisible()]


def test_that_dark_and_large_leave_nothing_broken(open_shell: OpenShell) -> None:
    shell = open_shell(LAPTOP)
    shell.runner.train(30)
    shell.poll()
    before = len(visible_parts(shell))
    shell.theme.set_name("dark")
    shell.theme.set_text_scale(1.15)
    shell.poll()
    assert shell.window.isVisible()
    assert len(visible_parts(shell)) > before // 2


@pytest.mark.parametrize("size", [LAPTOP, SMALL], ids=["laptop", "small"])
def test_that_the_tabs_stand_side_by_side(open_shell: OpenShell, size: QSize) -> None:
    shell = open_shell(size)
    for scale in (TEXT_SCALES[0], TEXT_SCALES[-1]):
        shell.theme.set_text_scale(scale)
        QTest.qWait(10)
        assert isinstance(shell.window.header.tabs.control, Segmented)


def test_that_an_edit_leaves_the_speed_alone_and_an_opened_experiment_suggests_one(open_shell: OpenShell) -> None:
    shell = open_shell()
    speed = shell.window.time.transport.speed
    before = speed.steps_per_second
    shell.window.document.edit({"data": {"kind": "digits"}}, "Change data")
    shell.poll()
    assert speed.steps_per_second == before
    shell.window.document.open_run(load("digits"))
    shell.poll()
    assert speed.steps_per_second != before

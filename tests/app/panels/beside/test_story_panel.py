"""The right panel in the window: the headline, the button that does it, everything behind "more", the line."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from app.panels.beside.narrator import EVERY
from app.running.run_state import RunState
from app.views.doctor.card import DoctorCard
from simulator.experiment import Run, apply, load
from simulator.training import Playing
from tests.app.conftest import ROOMY, OpenShell, Shell
from tests.app.fake_runner import picture
from tests.simulator.analysis.doctor.watched import pictures_of

LEFT = Qt.MouseButton.LeftButton
NARROW = QSize(1024, 680)
SICK = apply(load("H2-dying").experiment, {"training.learning_rate": 3.0, "name": "Sick"})
NEEDED = {"headline_label", "number_label", "sentence_label"}


def trained(open_shell: OpenShell, size: QSize = ROOMY, name: str = "A4", steps: int = 300) -> Shell:
    """A window with the pictures of a run that was really trained, and paused."""
    run = Run(SICK) if name == "Sick" else load(name)
    shell = open_shell(size)
    shell.window.document.open_run(run)
    shell.poll()
    pictures, facts = pictures_of(run, steps)
    narrator = shell.window.narrator
    assert narrator._loaded is not None
    shell.controller.loaded.emit(replace(narrator._loaded, facts=facts))
    shell.controller._course.state = RunState.PAUSED
    for shown in pictures:
        shell.controller.picture_changed.emit(replace(shown, run_id=shell.window.document.state.run_id))
    QTest.qWait(0)
    return shell


def test_that_one_headline_one_number_and_one_button_stand_there(open_shell: OpenShell) -> None:
    page = trained(open_shell).window.story.page
    assert page.headline_label.accessibleName().startswith("One hidden layer bends the border")
    assert page.number_label.text().endswith("%")
    assert "training points are right" in page.sentence_label.text()
    assert page.button.text() == "Make it linear"
    assert all("step 300, on 80 examples" in getattr(page, name).toolTip() for name in NEEDED)


def test_that_the_button_opens_the_twin_and_undo_takes_it_back(open_shell: OpenShell) -> None:
    window = trained(open_shell).window
    QTest.mouseClick(window.story.page.button, LEFT)
    state = window.document.state
    assert [lane.letter for lane in state.lanes] == ["A", "B"]
    assert state.selected == 1
    assert [entry.kind for entry in state.experiment.network] == ["dense", "linear"]
    window.document.undo_stack.undo()
    assert len(window.document.state.lanes) == 1


def test_that_the_button_rests_where_there_are_four_runs(open_shell: OpenShell) -> None:
    shell = trained(open_shell)
    document = shell.window.document
    for rate in (0.2, 0.3, 0.4):
        document.what_if({"training.learning_rate": rate}, "rate")
        document.viewpoint.select(0)
    assert not shell.window.story.page.button.isEnabled()
    assert "four runs" in shell.window.story.page.button.toolTip()


def test_that_more_shows_all_findings_with_their_proof_and_back_returns(open_shell: OpenShell) -> None:
    window = trained(open_shell, name="Sick", steps=120).window
    story = window.story
    assert story.more_button.text().startswith("More: 3 findings")
    story.more_button.setFocus()
    QTest.keyClick(story.more_button, Qt.Key.Key_Space)
    assert story.shows_more
    assert window.focusWidget() is story.back_button
    shown = [item.title_label.text() for item in story.more.items if item.isVisible()]
    assert shown[0] == "The learning rate is too large"
    assert len(shown) == len(window.narrator.findings) == 3
    asked: list[str] = []
    story.proof_asked.connect(asked.append)
    QTest.mouseClick(story.more.items[0].proof_button, LEFT)
    assert asked == [window.narrator.findings[0].proof]
    QTest.mouseClick(story.back_button, LEFT)
    assert not story.shows_more


def test_that_a_narrow_window_has_one_line_with_number_and_findings(open_shell: OpenShell) -> None:
    window = trained(open_shell, NARROW, "Sick", 120).window
    strip = window.strip
    assert strip.isVisible()
    assert strip.height() == 40
    assert strip.headline_label.text() == "The learning rate is too large."
    assert strip.number_label.isVisible()
    assert strip.count_label.text().startswith("3 findings, 1 cause")
    assert not window.story.isVisible()
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert window.story.isVisible()
    assert window.workshop.right.geometry().top() > strip.geometry().bottom()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.story.isVisible()
    QTest.mouseClick(strip, LEFT)
    assert window.story.isVisible()


def test_that_line_and_doctor_tell_one_finding_alike(open_shell: OpenShell) -> None:
    shell = trained(open_shell, NARROW, "Sick", 120)
    window = shell.window
    window.show_tab("diagnose")
    QTest.mouseClick(window.strip, LEFT)
    card = window.beside.currentWidget()
    assert isinstance(card, DoctorCard)
    assert [finding.moment for finding in card.findings] == [finding.moment for finding in window.narrator.findings]
    assert window.strip.count_label.text().startswith(card.subtitle_label.text)


def test_that_the_line_names_the_run_where_there_are_several(open_shell: OpenShell) -> None:
    shell = trained(open_shell, NARROW)
    assert not shell.window.strip.headline_label.text().startswith("A: ")
    shell.window.document.what_if({"training.learning_rate": 0.2}, "rate")
    shell.window.document.viewpoint.select(0)
    shell.poll()
    assert shell.window.strip.headline_label.text().startswith("A: ")


@pytest.mark.parametrize("size", [QSize(1200, 720), QSize(1366, 768)])
def test_that_the_line_is_for_narrow_windows_alone(open_shell: OpenShell, size: QSize) -> None:
    window = open_shell(size).window
    assert not window.strip.isVisible()
    assert window.story.isVisible()
    assert window.story.more_button.isVisible()


def test_that_the_line_is_reached_by_tab_and_f4_turns_the_panel_over(open_shell: OpenShell) -> None:
    window = open_shell(NARROW).window
    for _ in range(60):
        if window.focusWidget() is window.strip:
            break
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert window.focusWidget() is window.strip
    window.resize(1600, 900)
    QTest.qWait(0)
    for shown in (True, False):
        QTest.keyClick(window, Qt.Key.Key_F4)
        assert window.story.shows_more is shown


def test_that_words_change_once_in_so_many_pictures_while_it_plays(open_shell: OpenShell) -> None:
    shell = open_shell()
    run = Run(shell.window.document.experiment)
    run_id = shell.window.document.state.run_id
    shell.controller._handle(Playing(run_id))
    told: list[str] = []
    shell.window.narrator.told_changed.connect(lambda: told.append(shell.window.narrator.told.number))
    for step in range(1, 2 * EVERY + 1):
        shell.controller.picture_changed.emit(picture(run, run_id, step, loss=0.6 - step / 100))
    assert len(told) == 2

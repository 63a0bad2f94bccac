"""The right panel in the window: the headline, the button that does it, everything behind "more", the line."""

from dataclasses import replace
from functools import cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from app.panels.beside.narrator import EVERY
from app.running.run_state import RunState
from app.views.doctor.card import DoctorCard
from simulator.experiment import Run, apply, load
from simulator.training import Picture, Playing, RunFacts
from tests.app.conftest import ROOMY, OpenShell, Shell
from tests.app.fake_runner import picture
from tests.simulator.analysis.doctor.watched import pictures_of

LEFT = Qt.MouseButton.LeftButton
NARROW = QSize(1024, 680)
SICK = apply(load("H2-dying").experiment, {"training.learning_rate": 3.0, "name": "Sick"})
NEEDED = {"headline_label", "number_label", "sentence_label"}


@cache
def pictures(run: Run, steps: int) -> tuple[list[Picture], RunFacts]:
    return pictures_of(run, steps)


def trained(open_shell: OpenShell, size: QSize = ROOMY, name: str = "A4", steps: int = 300) -> Shell:
    """A window with the pictures of a run that was really trained, and paused."""
    run = Run(SICK) if name == "Sick" else load(name)
    shell = open_shell(size)
    shell.window.document.open_run(run)
    shell.poll()
    shown, facts = pictures(run, steps)
    narrator = shell.window.narrator
    assert narrator._loaded is not None
    shell.controller.loaded.emit(replace(narrator._loaded, facts=facts))
    shell.controller._course.state = RunState.PAUSED
    for each in shown:
        shell.controller.picture_changed.emit(replace(each, run_id=shell.window.document.state.run_id))
    QTest.qWait(0)
    return shell


def test_that_one_headline_one_number_and_one_button_stand_there(open_shell: OpenShell) -> None:
    window = trained(open_shell).window
    page = window.story.page
    assert page.headline_label.accessibleName().startswith("One hidden layer bends the border")
    assert page.number_label.text().endswith("%")
    assert "training points are right" in page.sentence_label.text()
    assert page.button.text() == "Make it linear"
    assert all("step 300, on 80 examples" in getattr(page, name).toolTip() for name in NEEDED)

    QTest.mouseClick(page.button, LEFT)
    state = window.document.state
    assert [lane.letter for lane in state.lanes] == ["A", "B"]
    assert state.selected == 1
    assert [entry.kind for entry in state.experiment.network] == ["dense", "linear"]
    window.document.undo_stack.undo()
    assert len(window.document.state.lanes) == 1

    for rate in (0.2, 0.3, 0.4):
        window.document.what_if({"training.learning_rate": rate}, "rate")
        window.document.viewpoint.select(0)
    assert not page.button.isEnabled()
    assert "four runs" in page.button.toolTip()


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
    assert not window.strip.isVisible(), "the line is for narrow windows alone"
    for shown_more in (True, False):
        QTest.keyClick(window, Qt.Key.Key_F9)
        assert story.shows_more is shown_more


def test_that_a_narrow_window_has_one_line_that_opens_the_panel(open_shell: OpenShell) -> None:
    shell = trained(open_shell, NARROW, "Sick", 120)
    window = shell.window
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

    window.show_tab("diagnose")
    card = window.beside.currentWidget()
    assert isinstance(card, DoctorCard)
    assert [finding.moment for finding in card.findings] == [finding.moment for finding in window.narrator.findings]
    assert strip.count_label.text().startswith(card.subtitle_label.text)

    window.show_tab("watch")
    for _ in range(60):
        if window.focusWidget() is strip:
            break
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
    assert window.focusWidget() is strip
    window.document.what_if({"training.learning_rate": 0.2}, "rate")
    window.document.viewpoint.select(0)
    shell.poll()
    assert strip.headline_label.text().startswith("A: "), "one of several runs is named"


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

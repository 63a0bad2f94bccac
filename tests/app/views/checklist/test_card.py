"""The babysitting list by clicks: F1 to F7 on real networks, each number against a formula or plain training."""

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

import simulator
from app.look.numbers import number, percent
from app.views.checklist.card import ChecklistCard
from app.views.checklist.check_table import CheckTable
from simulator.analysis.checks import BOTH_WAYS, CHECKLIST, CheckResult
from simulator.analysis.measured import Measured
from simulator.experiment import Experiment, Run, apply, load
from simulator.message import Message
from simulator.training.run.trainer import Trainer
from tests.app.views.conftest import ShowView

pytestmark = pytest.mark.slow

LEFT = Qt.MouseButton.LeftButton


def small(rate: float = 0.1) -> Experiment:
    """Two layers on the spiral, with a rate."""
    return apply(load("A4").experiment, {"training.learning_rate": rate, "training.epochs": 3})


def checked(qtbot: QtBot, card: object) -> ChecklistCard:
    """Press "Check" and wait for the end."""
    assert isinstance(card, ChecklistCard)
    qtbot.mouseClick(card.check_button, LEFT)
    qtbot.waitUntil(lambda: not card.is_busy, timeout=40_000)
    return card


def shown(table: CheckTable, name: str) -> tuple[str, str]:
    row = table.rows[name]
    return row.measured.text(), row.expected.text()


def choose(qtbot: QtBot, card: ChecklistCard, name: str) -> str:
    """Click a row; return its sentence."""
    qtbot.mouseClick(card.table.rows[name].title, LEFT)
    return card.detail.sentence_label.accessibleName()


def test_that_f1_f2_f3_and_the_gradients_are_checked_by_one_click(qtbot: QtBot, show_view: ShowView) -> None:
    view = show_view("checklist", small())
    card = checked(qtbot, view.card)
    # F1: ln 2 for two classes
    assert shown(card.table, "first_loss") == (number(math.log(2), 4),) * 2
    # F2: half of the penalty times the squares of the weights
    trainer = Trainer(Run(small()))
    weights = [trainer.state.parameters[p.span] for p in trainer.program.placed if p.block.role == "weight"]
    rise = 0.5 * 1000 * sum(float((w.astype(float) ** 2).sum()) for w in weights)
    assert shown(card.table, "penalty_raises_loss")[1] == number(rise, 4)
    # F3
    assert shown(card.table, "overfits") == ("100 %".replace(" ", "\N{NO-BREAK SPACE}"),) * 2
    sentence = choose(qtbot, card, "overfits")
    assert "Learned by heart" in sentence
    picture = card.results["overfits"].picture
    assert picture is not None
    assert card.detail.plot.isVisible()
    np.testing.assert_allclose(card.detail.plot.curve.getData()[1], np.log10(picture.y))
    gradient = card.results["gradient_check"].measured
    assert gradient is not None
    assert gradient < 1e-5
    assert card.table.rows["gradient_check"].title.accessibleName().startswith("Gradients are right: passed.")
    assert view.document.experiment == small()


@pytest.mark.parametrize(
    ("rate", "verdict", "words"),
    [(1e-6, "fail", "is too low"), (0.1, "pass", "is right"), (1e6, "fail", "is too high")],
    ids=["F4", "right", "F5"],
)
def test_that_a_rate_is_found_too_low_right_or_too_high_by_itself(
    qtbot: QtBot, show_view: ShowView, rate: float, verdict: str, words: str
) -> None:
    card = checked(qtbot, show_view("checklist", small(rate)).card)
    sentence = choose(qtbot, card, "good_rate")
    result = card.results["good_rate"]
    assert (result.measured, result.verdict) == (rate, verdict)
    assert words in sentence
    assert "now" in [note.text for note in card.detail.plot.canvas.notes if hasattr(note, "text")]
    if verdict == "fail":
        # what needs a look is shown by itself
        assert card.table.rows["good_rate"].title.isChecked()


def test_that_f7_judges_both_ways_by_a_click(qtbot: QtBot, show_view: ShowView) -> None:
    card = show_view("checklist", small()).card
    assert isinstance(card, ChecklistCard)
    qtbot.mouseClick(card.table.rows[BOTH_WAYS.id].title, LEFT)
    qtbot.mouseClick(card.detail.run_button, LEFT)
    assert card.is_busy
    qtbot.waitUntil(lambda: not card.is_busy, timeout=40_000)
    trainer = Trainer(Run(small()))
    trainer.advance(3 * trainer.steps_per_epoch)
    accuracy = trainer.evaluate(trainer.setting.validation)[1]
    assert shown(card.table, BOTH_WAYS.id)[0] == percent(accuracy)
    sentence = card.detail.sentence_label.accessibleName()
    assert "5 folds say" in sentence
    assert f"{trainer.setting.validation.size} examples" in sentence
    assert card.detail.plot.points.getData()[1].size == 6


def test_that_results_come_one_by_one_and_a_stop_keeps_them(qtbot: QtBot, show_view: ShowView) -> None:
    card = show_view("checklist", load("F1").experiment).card
    assert isinstance(card, ChecklistCard)
    qtbot.mouseClick(card.check_button, LEFT)
    assert card.check_button.text() == "Stop"
    qtbot.waitUntil(lambda: 1 <= len(card.results) < len(CHECKLIST), timeout=40_000)
    kept = dict(card.results)
    qtbot.mouseClick(card.check_button, LEFT)
    assert not card.is_busy
    qtbot.waitUntil(lambda: not card._worker.busy, timeout=20_000)
    assert card.results == kept
    assert card.check_button.text() == "Check again"
    # F1 on 784-50-10, weights 0.0001 randn
    assert shown(card.table, "first_loss") == (number(math.log(10), 4),) * 2


def test_that_results_are_shown_beside_their_own_experiment_alone(qtbot: QtBot, show_view: ShowView) -> None:
    view = show_view("checklist", small())
    card = checked(qtbot, view.card)
    found = dict(card.results)
    view.document.edit({"name": "Another name"}, "Rename")
    assert card.results == found
    view.document.edit({"training.learning_rate": 0.2}, "Change rate")
    assert card.results == {}
    for name, row in card.table.rows.items():
        assert (shown(card.table, name), row.mark.text(), row.mark.pixmap().isNull()) == (("", ""), "", True)
    assert card.subtitle_label.text == "not checked since your last change"
    assert card.check_button.text() == "Check"
    view.document.undo_stack.undo()
    assert card.results == found
    assert card.check_button.text() == "Check again"
    view.document.replace(load("F2").experiment, "Open F2")
    assert card.results == {}


def test_that_what_is_measured_of_another_experiment_is_given_up(qtbot: QtBot, show_view: ShowView) -> None:
    view = show_view("checklist", load("F1").experiment)
    card = view.card
    assert isinstance(card, ChecklistCard)
    qtbot.mouseClick(card.check_button, LEFT)
    qtbot.waitUntil(lambda: len(card.results) >= 1, timeout=40_000)
    view.document.edit({"training.learning_rate": 0.2}, "Change rate")
    assert not card.is_busy
    qtbot.waitUntil(lambda: not card._worker.busy, timeout=20_000)
    assert card.results == {}
    assert card.table.rows["first_loss"].mark.pixmap().isNull()


def test_that_the_slide_s_story_is_told_and_its_experiment_opened(qtbot: QtBot, show_view: ShowView) -> None:
    view = show_view("checklist", small())
    card = view.card
    assert isinstance(card, ChecklistCard)
    qtbot.mouseClick(card.table.rows["penalty_raises_loss"].title, LEFT)
    assert "Biases are free" in card.detail.story_label.text()
    assert card.detail.story_label.isVisible()
    qtbot.mouseClick(card.detail.load_button, LEFT)
    assert view.document.experiment.name == load("F2").experiment.name
    view.document.undo_stack.undo()
    assert view.document.experiment == small()


def test_that_a_list_begun_goes_on_while_something_else_is_looked_at(qtbot: QtBot, show_view: ShowView) -> None:
    card = show_view("checklist", small()).card
    assert isinstance(card, ChecklistCard)
    card.run_list()
    card.hide()
    assert card.is_busy
    qtbot.waitUntil(lambda: not card._worker.busy, timeout=60_000)
    card.show()
    assert set(card.results) == {item.id for item in CHECKLIST} - {BOTH_WAYS.id}


@pytest.mark.parametrize("size", [(474, 380), (420, 300), (900, 300)])
def test_that_no_word_of_the_table_is_cut(qtbot: QtBot, show_view: ShowView, size: tuple[int, int]) -> None:
    card = checked(qtbot, show_view("checklist", small(), size).card)
    for label in card.table.findChildren(QLabel):
        assert label.width() >= label.minimumSizeHint().width(), label.text()
    for row in card.table.rows.values():
        assert row.title.width() >= row.title.minimumSizeHint().width()
        assert row.expected.geometry().right() <= card.table.width()


@pytest.mark.parametrize("size", [(474, 380), (420, 300), (900, 300)])
def test_that_the_longest_results_are_not_cut(
    qtbot: QtBot, show_view: ShowView, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """Every result that a check can end in has its place, whichever of them comes."""
    rates = Message("{low} to {high}", {"low": Measured(3e-5, "round"), "high": Measured(0.0003, "round")})
    words = Message(
        "{sentence} It was stopped before its end.", {"sentence": Message("Far too long a sentence. " * 12)}
    )
    found = [CheckResult(item, 0.000123, rates, "unsure", words, 0.0) for item in CHECKLIST]
    monkeypatch.setattr(simulator, "run_checks", lambda *_asked, **_more: iter(found), raising=False)
    table = checked(qtbot, show_view("checklist", small(), size).card).table
    labels = table.findChildren(QLabel)
    fits = [*labels, *(row.title for row in table.rows.values())]
    qtbot.waitUntil(lambda: all(each.width() >= each.minimumSizeHint().width() for each in fits))
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))
    assert all(row.expected.geometry().right() <= table.width() for row in table.rows.values())


def test_that_every_control_has_a_name_and_is_reached_by_tab(qtbot: QtBot, show_view: ShowView) -> None:
    card = show_view("checklist", small()).card
    for button in card.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus

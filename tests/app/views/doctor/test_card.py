"""The doctor's card: findings with their numbers, the proof, the reason, and a cure that was measured."""

from dataclasses import replace
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app.arrangement.presets import PRESETS
from app.running.context import Context
from app.running.run_state import RunState
from app.stage.stage import Stage
from app.views.catalogue import views
from app.views.doctor.card import DoctorCard
from simulator.analysis.doctor import Remedy
from simulator.analysis.doctor.examination import diagnoses
from simulator.experiment import Experiment, apply, load
from simulator.message import Message
from simulator.training import Picture, RunFacts
from tests.app.views.conftest import Shown, ShowView
from tests.simulator.analysis.doctor.watched import pictures_of

LEFT = Qt.MouseButton.LeftButton
SICK = apply(load("H2-dying").experiment, {"training.learning_rate": 3.0})
WELL = load("A4").experiment
LEAKY = Remedy("leaky", Message("Leaky ReLU"), Message("A small slope."), {"network.1": {"kind": "leaky_relu"}})


@cache
def trained(experiment: Experiment, steps: int = 120) -> tuple[Picture, RunFacts]:
    pictures, facts = pictures_of(experiment, steps)
    return pictures[-1], facts


def examined(shown: Shown, experiment: Experiment, state: RunState = RunState.PAUSED) -> DoctorCard:
    picture, facts = trained(experiment)
    card = shown.card
    assert isinstance(card, DoctorCard)
    shown.enter(state)
    card.set_facts(facts)
    card.show_picture(replace(picture, run_id=shown.document.state.run_id))
    return card


def test_that_findings_stand_with_causes_first(show_view: ShowView) -> None:
    card = examined(show_view("doctor", SICK, (300, 700)), SICK)
    assert [item.title_label.text() for item in card.items] == [
        "The learning rate is too large",
        "Units of Dense 2 are dead",
        "The network guesses",
    ]
    assert card.subtitle_label.text == "3 findings, 1 cause"
    words = card.items[2].sentence_label.text()
    # ln 10 and the share of the most frequent of ten digits
    assert "2.30 (ln\N{NO-BREAK SPACE}10)" in words
    assert "font-weight:600" in words
    assert card.items[0].accessibleName().startswith("The learning rate is too large. In step ")


def test_that_it_is_silent_when_all_is_well(show_view: ShowView) -> None:
    card = examined(show_view("doctor", WELL, (300, 700)), WELL)
    assert card.findings == ()
    assert card.quiet_label.text() == "No finding at step 120."
    assert not card.cure.isVisible()
    assert card.subtitle_label.text == ""


def test_that_the_cure_shows_its_own_result_and_opens_a_twin(qtbot: QtBot, show_view: ShowView) -> None:
    shown = show_view("doctor", SICK, (300, 700))
    card = examined(shown, SICK)
    assert "It is measured on twins" in card.cure.words_label.text()
    assert not card.cure.open_button.isVisible()
    qtbot.waitUntil(lambda: card.trial is not None, timeout=20_000)
    trial = card.trial
    assert trial is not None
    assert trial.helps
    assert trial.changed.loss < 0.5 < 2.3 < trained(SICK)[0].data_losses.smooth[-1]
    assert f"after {trial.changed.steps} steps" in card.cure.words_label.text()
    assert "No dead units." in card.cure.words_label.text()
    assert not card.cure.stop_button.isVisible()
    rate = trial.remedy.patch["training.learning_rate"]
    assert card.cure.title_label.text() == f"Try: Rate {rate:g}"
    qtbot.mouseClick(card.cure.open_button, LEFT)
    lanes = shown.document.state.lanes
    assert [lane.experiment.training.learning_rate for lane in lanes] == [3.0, rate]
    origin = shown.document.runs[lanes[1].run_id].origin
    assert origin is not None
    assert origin.step == 0


def test_that_another_remedy_can_be_chosen_and_a_measurement_stopped(qtbot: QtBot, show_view: ShowView) -> None:
    card = examined(show_view("doctor", SICK, (300, 700)), SICK)
    qtbot.mouseClick(card.cure.stop_button, LEFT)
    assert card.trial is None
    assert "instead of 3" in card.cure.words_label.text()
    (leaky,) = card.cure.other_row.widgets
    assert leaky.text() == "Leaky ReLU?"
    qtbot.mouseClick(leaky, LEFT)
    assert card.cure.title_label.text() == "Does it help? Leaky ReLU"
    # at a rate of 3 it does not, so the next remedy is asked for
    qtbot.waitUntil(lambda: not card.trials.busy, timeout=20_000)
    assert card.cure.title_label.text() == "Does it help? Rate 0.03"
    assert "It was not measured." in card.cure.words_label.text()
    assert not card.cure.open_button.isVisible()
    assert card.cure.other_row.widgets == ()


def test_that_nothing_is_measured_while_the_run_plays(show_view: ShowView) -> None:
    card = examined(show_view("doctor", SICK, (300, 700)), SICK, RunState.PLAYING)
    assert card.findings
    assert "measured when the run pauses" in card.cure.words_label.text()
    assert not card.trials.busy


def test_that_a_proof_is_asked_for_and_the_reason_is_told(qtbot: QtBot, show_view: ShowView) -> None:
    card = examined(show_view("doctor", SICK, (300, 700)), SICK)
    with qtbot.waitSignal(card.proof_asked) as asked:
        qtbot.mouseClick(card.items[0].proof_button, LEFT)
    assert asked.args == ["update_ratio_time"]
    assert not card.items[1].story_label.isVisible()
    qtbot.mouseClick(card.items[1].story_button, LEFT)
    assert card.items[1].story_label.isVisible()
    assert "cannot come back" in card.items[1].story_label.text()


@pytest.mark.parametrize("name", diagnoses())
def test_that_every_proof_is_a_view(name: str) -> None:
    assert diagnoses()[name].proof in views()


def test_that_a_hidden_card_examines_nothing(show_view: ShowView) -> None:
    shown = show_view("doctor", SICK)
    shown.card.hide()
    card = examined(shown, SICK)
    assert card.findings == ()
    card.show()
    assert len(card.findings) == 3


def test_that_a_picture_of_another_run_is_not_examined(show_view: ShowView) -> None:
    shown = show_view("doctor", SICK)
    card = examined(shown, SICK)
    card.show_picture(replace(trained(SICK)[0], run_id=shown.document.state.run_id + 1))
    assert card.findings == ()


@pytest.mark.parametrize("size", [(300, 700), (236, 520), (620, 300)])
def test_that_no_word_is_wider_than_the_card(show_view: ShowView, size: tuple[int, int]) -> None:
    card = examined(show_view("doctor", SICK, size), SICK)
    card.trials.stop()
    for label in card.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.minimumSizeHint().width(), label.text()


def test_that_the_stage_points_at_the_proof(qtbot: QtBot, show_view: ShowView) -> None:
    shown = show_view("doctor", SICK)
    stage = Stage(Context(shown.card.theme, shown.document, shown.controller, lambda _tab: None), PRESETS[0])
    qtbot.addWidget(stage)
    stage.resize(970, 720)
    stage.show()
    stage.card("doctor").proof_asked.emit("update_ratio_time")
    assert stage.hierarchy.is_ringed("update_ratio_time")
    assert stage.card("update_ratio_time").isVisible()


def test_that_every_control_has_a_name_and_is_reached_by_tab(show_view: ShowView) -> None:
    card = examined(show_view("doctor", SICK, (300, 700)), SICK)
    for button in card.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_what_is_wrong_with_data_and_settings_is_said_before_the_first_step(show_view: ShowView) -> None:
    still = apply(WELL, {"training.learning_rate": 0})
    shown = show_view("doctor", still, (300, 700))
    pictures, facts = pictures_of(still, 1)
    card = shown.card
    assert isinstance(card, DoctorCard)
    shown.enter(RunState.READY)
    card.set_facts(facts)
    card.show_picture(replace(pictures[0], run_id=shown.document.state.run_id))
    assert [item.title_label.text() for item in card.items] == ["The learning rate is 0"]
    assert "Found at step" in card.items[0].moment_label.text()
    card.trials.stop()


def test_that_a_remedy_that_did_not_help_is_no_cure(qtbot: QtBot, show_view: ShowView) -> None:
    # all units are dead from the start, and leaky ones cannot move either
    sick = apply(WELL, {"network.0.bias": -50.0, "training.l2": 5.0})
    shown = show_view("doctor", sick, (300, 700))
    card = examined(shown, sick)
    assert len(card.findings) >= 1
    card._findings = tuple(replace(finding, remedy=LEAKY) for finding in card.findings if finding.id == "dead")
    card._go_on()
    qtbot.waitUntil(lambda: card.trials.result((shown.document.state.run_id, 0, LEAKY.id)) is not None, timeout=20_000)
    assert card.cure.title_label.text() == "No cure found"
    assert "Leaky ReLU" in card.cure.words_label.text()
    assert not card.cure.open_button.isVisible()
    assert card.remedy is None

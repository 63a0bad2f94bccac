"""The gap view on the H3 experiments: what it says, and twins by one click."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.theme import Theme
from app.views.gap.card import GapCard
from app.views.gap.words import sentences
from simulator.analysis.doctor import Gap
from simulator.experiment import Run, apply, load
from simulator.training import Samples
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def judged(qtbot: QtBot, theme: Theme):
    """Trains an experiment and shows its gap."""

    def show(run: Run) -> tuple[GapCard, Document, Trainer]:
        timeline = Timeline(Trainer(run))
        trainer = timeline.trainer
        picture = trained_picture(timeline, 100_000, 100_000)
        document = Document(run.experiment)
        card = GapCard(SimpleNamespace(theme=theme, document=document))
        qtbot.addWidget(card)
        card.resize(QSize(600, 300))
        card.show()
        qtbot.waitExposed(card)
        card.set_facts(trainer.facts)
        card.show_picture(picture)
        return card, document, trainer

    return show


def buttons(card: GapCard) -> dict[str, QPushButton]:
    return {each.text(): each for each in card.buttons.widgets if isinstance(each, QPushButton)}


def said(card: GapCard) -> str:
    return card.verdict.accessibleName().replace("\N{NO-BREAK SPACE}", " ")


def accuracy(trainer: Trainer, sample: np.ndarray) -> float:
    """Return the share right by plain NumPy: a dense layer, ReLU, a dense layer."""
    inputs, held = trainer.setting.inputs, []
    for item in trainer.program.placed:
        held.append(trainer.state.parameters[item.span].reshape(item.block.shape).astype(np.float64))
    examples = (trainer.setting.dataset.features[sample].astype(np.float64) - inputs.shift) * inputs.scale
    scores = np.maximum(examples @ held[0] + held[1], 0) @ held[2] + held[3]
    return float((scores.argmax(axis=1) == trainer.setting.dataset.labels[sample]).mean())


def test_that_overfitting_is_named_with_the_measured_numbers(judged) -> None:
    card, _document, trainer = judged(load("H3"))
    training = accuracy(trainer, trainer.setting.read_training)
    validation = accuracy(trainer, trainer.setting.read_validation)
    assert said(card).startswith(
        f"Overfitting. {training:.0%} right in training, {validation:.0%} in validation: "
        f"{round(100 * training) - round(100 * validation)} points apart since epoch ".replace("%", " %")
    )
    # 100 examples train here: not as many as validate
    assert (trainer.setting.read_training.size, trainer.setting.read_validation.size) == (100, 898)
    assert said(card).endswith(f"Read at epoch {trainer.position.epoch}, on 100 training and 898 validation examples.")
    assert list(buttons(card)) == ["More data", "L2 0.01", "Dropout", "Smaller"]


@pytest.mark.parametrize(
    ("name", "head", "remedies"),
    [("H3-fine", "Fine", []), ("H3-small", "Too little capacity", ["Wider", "Deeper", "Longer"])],
)
def test_that_the_other_cases_are_named_too(judged, name, head, remedies) -> None:
    card, _document, _trainer = judged(load(name))
    assert said(card).startswith(head)
    assert list(buttons(card)) == remedies


def test_that_one_click_opens_a_twin_that_closes_the_gap(judged, qtbot) -> None:
    card, document, _trainer = judged(load("H3"))
    gap = card.gap
    qtbot.mouseClick(buttons(card)["More data"], LEFT)
    assert len(document.state.lanes) == 2
    twin = document.state.lane
    assert twin.name == "More data"
    assert twin.experiment == apply(load("H3").experiment, {"split.train_on": None})
    better, _document, _trainer = judged(Run(twin.experiment))
    assert better.gap.size < gap.size / 2
    document.undo_stack.undo()
    assert len(document.state.lanes) == 1


def test_that_the_epoch_of_opening_is_marked_in_both_plots(judged, qtbot) -> None:
    card, _document, _trainer = judged(load("H3"))
    for plot in card.plots:
        card.show_plot(card.plots.index(plot))
        texts = [note.text for note in plot.canvas.notes if hasattr(note, "text")]
        assert f"open from epoch {card.gap.opened:.0f}" in texts
    button = next(button for button in card.switch.buttons if "loss" in button.text().lower())
    qtbot.mouseClick(button, LEFT)
    assert card.plot is card.loss
    x, y = card.loss.splits.training.getData()
    assert x[-1] == 60
    assert y[-1] == pytest.approx(card.gap.training_loss)


def test_that_the_curves_are_the_readings(judged) -> None:
    card, _document, trainer = judged(load("H3-small"))
    readings = trainer.readings.readings()
    assert card.accuracy.splits.training.getData()[1] == pytest.approx(readings.training_accuracy)
    assert card.loss.axis.placed(readings.validation_loss) == pytest.approx(readings.validation_loss)


def test_that_remedies_are_reached_by_the_keyboard_and_have_names(judged) -> None:
    card, _document, _trainer = judged(load("H3"))
    for button in buttons(card).values():
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert button.accessibleName().startswith("Not measured, try as a twin: ")


def test_that_what_is_not_measured_is_no_remedy_but_an_experiment_to_make(judged) -> None:
    card, _document, _trainer = judged(load("H3"))
    labels = [label for label in card.findChildren(QLabel) if label.text() == "Not measured, to try as a twin:"]
    assert len(labels) == 1
    assert labels[0].isVisible()
    for button in buttons(card).values():
        assert "Whether it helps is not measured" in button.toolTip()


def test_that_clearing_leaves_no_case_and_no_buttons(judged) -> None:
    card, _document, _trainer = judged(load("H3"))
    card.clear()
    assert card.gap is None
    assert not card.verdict.isVisible()
    assert buttons(card) == {}


@pytest.mark.parametrize(
    ("reason", "opened", "words"),
    [
        ("nothing validates", None, "validation share"),
        ("not finite", None, "NaN or infinite"),
        ("few readings", None, "three epochs"),
        ("few examples", None, "chance"),
        ("few examples", 7.0, "just opened"),
        ("guessing", None, "guessing"),
        ("rising", None, "it does not settle. Read at"),
        ("falling", None, "still falls"),
    ],
)
def test_that_every_reason_has_words_of_its_own(theme, reason, opened, words) -> None:
    numbers = dict.fromkeys(
        (
            "training",
            "validation",
            "margin",
            "epoch",
            "training_loss",
            "validation_loss",
            "least_loss",
            "earlier_loss",
            "earlier_epoch",
            "best_validation_loss",
            "best_validation_epoch",
        ),
        0.5,
    )
    assert words in sentences(Gap("too early", reason, opened=opened, **numbers), Samples(20, 20, 80, 20))

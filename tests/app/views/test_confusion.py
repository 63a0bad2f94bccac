"""The confusion matrix on real, short training: cells by click and arrow keys, pictures of the mistakes."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.cards.pieces.image_tile import image_of
from app.views.confusion import ConfusionCard
from simulator.experiment import load
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView

LEFT = Qt.MouseButton.LeftButton


def opened(show_view: ShowView, name: str, steps: int) -> tuple[ConfusionCard, Trainer]:
    timeline = Timeline(Trainer(load(name)))
    card = show_view("confusion", load(name).experiment, (900, 300), timeline).card
    assert isinstance(card, ConfusionCard)
    card.show_picture(trained_picture(timeline, steps, 40, parts=("confusion",)))
    return card, timeline.trainer


def answers_of(trainer: Trainer) -> tuple[np.ndarray, np.ndarray]:
    """Return labels and probabilities of the validation sample: one hidden ReLU layer, plain NumPy."""
    setting = trainer.setting
    sample = setting.read_validation
    held = [
        trainer.state.parameters[item.span].reshape(item.block.shape).astype(float) for item in trainer.program.placed
    ]
    x = (setting.dataset.features[sample].astype(float) - setting.inputs.shift) * setting.inputs.scale
    scores = np.maximum(x @ held[0] + held[1], 0) @ held[2] + held[3]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return setting.dataset.labels[sample], shares / shares.sum(axis=1, keepdims=True)


def test_that_cells_and_mistakes_are_those_of_plain_numpy(show_view: ShowView, qtbot: QtBot) -> None:
    card, trainer = opened(show_view, "digits", 30)
    labels, shares = answers_of(trainer)
    answers = shares.argmax(axis=1)
    cells = card.table.cells
    for row in range(10):
        for column in range(10):
            assert cells.index(row, column).data() == str(((labels == row) & (answers == column)).sum())
    right = int((labels == answers).sum())
    assert card.subtitle_label.text.startswith(f"{right} of {labels.size} validation examples right")
    # another cell by a click: its pictures, the surest first
    mistakes = [(row, column) for row in range(10) for column in range(10) if row != column]
    row, column = min(mistakes, key=lambda cell: -((labels == cell[0]) & (answers == cell[1])).sum())
    qtbot.mouseClick(card.table.viewport(), LEFT, pos=card.table.visualRect(cells.index(row, column)).center())
    assert card.table.cell == (row, column)
    found = np.flatnonzero((labels == row) & (answers == column))
    sure = np.sort(shares[found].max(axis=1))[::-1][:12]
    words = [tile.words.replace("\N{NO-BREAK SPACE}", " ") for tile in card.examples.tiles]
    assert [float(word.removesuffix(" %")) for word in words] == pytest.approx(100 * sure, abs=0.6)
    assert f"are taken for “{column}”" in card.sentence.text()
    first = found[np.argmax(shares[found].max(axis=1))]
    features = trainer.setting.dataset.features
    pixels = features[trainer.setting.read_validation[first]].reshape(8, 8).astype(float)
    assert card.examples.tiles[0]._image == image_of(pixels, 0, float(features.max()))


def test_that_one_picture_gets_all_probabilities_alike_at_a_rate_far_too_small(show_view: ShowView) -> None:
    card, trainer = opened(show_view, "F4", 160)
    labels, shares = answers_of(trainer)
    names = trainer.setting.dataset.class_names
    assert card.one.isVisibleTo(card)
    assert f"“{names[labels[0]]}”" in card.one_words.text()
    written = [card.one.value(name) for name in names]
    assert [float(text) for text in written] == pytest.approx(shares[0], abs=2e-6)
    assert len(set(written)) > 1, "one is the largest"


def test_that_one_picture_is_no_matter_where_answers_differ(show_view: ShowView) -> None:
    card, _trainer = opened(show_view, "digits", 30)
    assert not card.one.isVisibleTo(card)


def test_that_arrows_choose_and_shares_replace_counts(show_view: ShowView, qtbot: QtBot) -> None:
    card, trainer = opened(show_view, "digits", 30)
    labels, shares = answers_of(trainer)
    card.table.choose((3, 3))
    card.table.setFocus()
    qtbot.keyClick(card.table, Qt.Key.Key_Right)
    qtbot.keyClick(card.table, Qt.Key.Key_Down)
    assert card.table.cell == (4, 4)
    right = int(((labels == 4) & (shares.argmax(axis=1) == 4)).sum())
    assert card.sentence.text() == f"{right} of {(labels == 4).sum()} examples of “4” are recognised."
    assert len(card.examples.tiles) == min(right, 12)
    qtbot.mouseClick(card.units.buttons[1], LEFT)
    share = right / (labels == 4).sum()
    assert float(card.table.cells.index(4, 4).data()) == pytest.approx(100 * share, abs=0.6)


def test_that_points_of_the_plane_are_written(show_view: ShowView) -> None:
    card, trainer = opened(show_view, "spiral", 100)
    assert not card.examples.tiles
    row, column = card.table.cell or (0, 0)
    assert row != column
    words = card.examples.table.rows[1].name
    x, y = (float(part.replace("−", "-")) for part in words.removeprefix("at (").removesuffix(")").split(", "))
    features, labels = trainer.setting.dataset.features, trainer.setting.dataset.labels
    near = np.abs(features - [x, y]).max(axis=1).argmin()
    assert features[near] == pytest.approx([x, y], abs=0.06)
    assert labels[near] == row


def test_that_it_wants_its_part_only_in_view_and_says_what_will_come(show_view: ShowView) -> None:
    card = show_view("confusion", load("spiral").experiment).card
    assert card.wanted_parts == {"confusion"}
    assert isinstance(card, ConfusionCard)
    assert card._words.text() == "Which class the network takes for which will be shown here."
    card.hide()
    assert card.wanted_parts == frozenset()

"""First-layer weights as pictures with a scale: clicked, and held against the trainer's own weights."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.cards.pieces.unit_art import scale_colours
from app.theme import Theme
from app.views.units.card import UnitsCard
from simulator.experiment import load
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView


def test_that_a_clicked_unit_has_its_weights_between_two_equal_ends(
    show_view: ShowView, qtbot: QtBot, theme: Theme
) -> None:
    timeline = Timeline(Trainer(load("digits")))
    card = show_view("units", load("digits").experiment, (900, 320), timeline).card
    assert isinstance(card, UnitsCard)
    card.show_picture(trained_picture(timeline, 30, 30, parts=("units",)))
    tiles = card.tiles
    place = tiles.visualRect(tiles.units.index(2, 0)).center()
    qtbot.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=place)
    unit = tiles.units.order[2]
    weights = timeline.trainer.state.parameters[: 64 * 50].reshape(64, 50)[:, unit].astype(float)
    drawn = card.detail.drawn
    assert drawn.scale is not None
    assert drawn.scale.limit == pytest.approx(np.abs(weights).max(), rel=1e-6)
    # the pixel of the largest weight has the end's colour
    image = drawn.grab().toImage()
    side = min(drawn.height() - 2, drawn.width() // 2, theme.px(150))
    row, column = divmod(int(np.abs(weights).argmax()), 8)
    pixel = image.pixelColor(1 + round((column + 0.5) * side / 8), 1 + round((row + 0.5) * side / 8))
    low, _nothing, high = scale_colours(theme.tokens, coloured=False)
    assert pixel == QColor(high if weights[np.abs(weights).argmax()] > 0 else low)

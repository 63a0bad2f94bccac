"""Units as tiles: their order, what is drawn of them, and what is said."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.cards.pieces.unit_art import BARS, PIXELS, PLANE, UnitArt, clipped
from app.cards.pieces.unit_model import BY_NUMBER, UNIT_ROLE, UnitModel
from app.cards.pieces.unit_tiles import UnitTiles
from app.theme import LIGHT, Theme
from app.views.units import words as unit_words
from simulator.training import LEVELS, LayerUnits, Silence
from tests.app.canned import make_facts

SIDE = 64


def made(active=(0.5, 0.0, 1.0, 0.25), weights=None, planes=None, straight=True) -> LayerUnits:
    units = len(active)
    if weights is None:
        weights = np.zeros((units, 1, 4), np.int8)
    return LayerUnits(
        active=None if active[0] is None else np.array(active, np.float32),
        bias=np.full(units, -0.5, np.float32),
        size=np.full(units, 2.0, np.float32),
        norm=np.full(units, 3.0, np.float32),
        low=weights,
        high=weights,
        inputs=weights.shape[2],
        straight=straight,
        half_planes=planes,
    )


def painted(art: UnitArt, layer: LayerUnits, unit: int = 0) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    painter = QPainter(image)
    art.paint(painter, QRectF(0, 0, SIDE, SIDE), layer, unit, LIGHT)
    painter.end()
    return image


def test_that_the_least_active_come_first_and_keep_their_selection(qtbot: QtBot) -> None:
    model = UnitModel()
    QAbstractItemModelTester(model)
    model.show_layer(made(), sort=True)
    assert model.order == (1, 3, 0, 2)
    model.sort_by(BY_NUMBER)
    assert model.order == (0, 1, 2, 3)
    assert model.index(1).data(UNIT_ROLE) == 1
    assert model.index(1).data() == "Unit 2: silent"


def test_that_numbers_may_change_without_moving_tiles(qtbot: QtBot) -> None:
    model = UnitModel()
    model.show_layer(made(), sort=True)
    model.show_layer(made((0.0, 0.9, 0.1, 0.2)), sort=False)
    assert model.order == (1, 3, 0, 2)
    model.show_layer(made((0.0, 0.9, 0.1, 0.2)), sort=True)
    assert model.order == (0, 2, 3, 1)
    model.show_layer(made((0.3, 0.2)), sort=False)
    assert model.order == (1, 0)


def test_that_a_chosen_unit_stays_chosen_when_tiles_move(qtbot: QtBot, theme: Theme) -> None:
    tiles = UnitTiles(theme)
    qtbot.addWidget(tiles)
    tiles.units.show_layer(made(), sort=True)
    tiles.choose(3)
    tiles.units.show_layer(made((0.9, 0.8, 0.7, 0.6)), sort=True)
    assert tiles.unit == 3
    assert tiles.currentIndex().row() == 0


def test_that_a_half_plane_is_cut_from_the_square() -> None:
    corners = clipped((0.0, 0.0, 2.0), 1.0, 0.0, -1.5)
    assert sorted((point.x(), point.y()) for point in corners) == [(1.5, 0.0), (1.5, 2.0), (2.0, 0.0), (2.0, 2.0)]
    assert clipped((0.0, 0.0, 2.0), 1.0, 0.0, -5.0) == []
    assert len(clipped((0.0, 0.0, 2.0), 1.0, 0.0, 5.0)) == 4


def test_that_the_side_where_a_unit_is_given_more_than_0_is_shaded(qtbot: QtBot) -> None:
    planes = np.array([[[0.0, 1.0, -10.0]], [[0.0, 1.0, 0.0]]], np.float32)
    layer = made((0.0, 0.5), planes=planes)
    art = UnitArt.of(layer, make_facts())
    assert art.kind == PLANE
    above, below = (painted(art, layer, 1).pixelColor(2 + 3, row) for row in (5, SIDE - 6))
    assert above.blue() > above.red() + 20
    assert below == QColor(LIGHT.card)
    assert painted(art, layer, 0).pixelColor(5, 5) == QColor(LIGHT.card)


def test_that_pixels_are_blue_where_they_raise_and_orange_where_they_lower(qtbot: QtBot) -> None:
    weights = np.zeros((1, 1, 64), np.int8)
    weights[0, 0, 0], weights[0, 0, 63] = LEVELS, -LEVELS
    layer = made((0.5,), weights)
    art = UnitArt.of(layer, make_facts(classes=10, width=64))
    assert art.kind == PIXELS
    image = painted(art, layer)
    assert image.pixelColor(3, 3) == QColor(LIGHT.accent)
    assert image.pixelColor(SIDE - 4, SIDE - 4) == QColor(LIGHT.lanes[1])
    assert image.pixelColor(SIDE // 2, SIDE // 2) == QColor(LIGHT.card)


def test_that_colours_of_a_picture_lie_round_grey(qtbot: QtBot) -> None:
    weights = np.zeros((1, 1, 12), np.int8)
    weights[0, 0, 0] = LEVELS
    layer = made((0.5,), weights)
    image = painted(UnitArt(PIXELS, shape=(2, 2, 3)), layer)
    first, last = image.pixelColor(4, 4), image.pixelColor(SIDE - 4, SIDE - 4)
    assert (first.red(), first.green(), first.blue()) == (255, 128, 128)
    assert (last.red(), last.green(), last.blue()) == (128, 128, 128)


def test_that_preprocessing_that_mixes_pixels_leaves_bars(qtbot: QtBot) -> None:
    weights = np.zeros((1, 1, 64), np.int8)
    weights[0, 0, 0], weights[0, 0, 63] = LEVELS, -LEVELS
    layer = made((0.5,), weights, straight=False)
    art = UnitArt.of(layer, make_facts(classes=10, width=64))
    assert art.kind == BARS
    image = painted(art, layer)
    assert image.pixelColor(0, 4) == QColor(LIGHT.accent)
    assert image.pixelColor(SIDE - 1, SIDE - 4) == QColor(LIGHT.lanes[1])
    assert image.pixelColor(SIDE // 2, 4) == QColor(LIGHT.card)


@pytest.mark.parametrize(
    ("direction", "words"),
    [((1, 0), "→"), ((1, 1), "↗"), ((0, 1), "↑"), ((-1, 1), "↖"), ((-1, 0), "←"), ((-1, -1), "↙"), ((0, -1), "↓")],
)
def test_that_a_half_plane_has_a_direction_in_words(theme: Theme, direction, words) -> None:
    layer = made((0.5,), planes=np.array([[[*direction, 0.0]]], np.float32))
    assert words in unit_words.side(layer, 0)


def test_that_a_unit_is_told_in_numbers(theme: Theme) -> None:
    layer = made()
    assert "active on 50" in unit_words.activity(layer, 0, 320)
    assert unit_words.activity(layer, 1, 320) == "Unit 2 is silent: 0 for all 320 examples."
    assert unit_words.weights(layer, 0) == "4 inputs, largest weight 2.0, norm 3.0, bias \N{MINUS SIGN}0.50."
    assert "no activation" in unit_words.activity(made((None,)), 0, 320)


@pytest.mark.parametrize(
    ("silence", "words"),
    [
        (Silence(1, 0, 580, 246, ever_alive=True), "Silent since step 246, at every step up to 580."),
        (Silence(1, 0, 580, 0, ever_alive=False), "It was never alive: silent at every step from 0 to 580."),
        (Silence(1, 0, 580, None, ever_alive=True), "It is alive at step 580."),
    ],
)
def test_that_an_answer_is_a_sentence(theme: Theme, silence, words) -> None:
    assert unit_words.answer(silence) == words


def test_that_arrows_go_from_tile_to_tile(qtbot: QtBot, theme: Theme) -> None:
    tiles = UnitTiles(theme)
    qtbot.addWidget(tiles)
    tiles.resize(200, 200)
    tiles.units.show_layer(made(), sort=True)
    tiles.apply_theme()
    tiles.show()
    qtbot.waitExposed(tiles)
    tiles.choose(1)
    qtbot.keyClick(tiles, Qt.Key.Key_Right)
    assert tiles.unit == 3
    qtbot.keyClick(tiles, Qt.Key.Key_Down)
    assert tiles.unit == 2

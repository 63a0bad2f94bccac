"""Maps of units over the plane (B7): chosen by clicks, held against plain NumPy."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.cards.pieces.map_art import MapArt
from app.theme import Theme
from app.views.units.maps import UnitMapsCard
from simulator.experiment import load
from simulator.training.measuring.framing import frame_of
from simulator.training.past.timeline import Timeline
from simulator.training.run.trainer import Trainer
from tests.app.tracks import trained_picture
from tests.app.views.conftest import ShowView

PARTS = ("units", "unit_maps")


def opened(show_view: ShowView, name: str, steps: int) -> tuple[UnitMapsCard, Trainer]:
    timeline = Timeline(Trainer(load(name)))
    card = show_view("unit_maps", load(name).experiment, (900, 320), timeline).card
    assert isinstance(card, UnitMapsCard)
    card.show_picture(trained_picture(timeline, steps, 40, parts=PARTS))
    return card, timeline.trainer


def test_that_a_clicked_unit_is_drawn_as_it_puts_out(show_view: ShowView, qtbot: QtBot, theme: Theme) -> None:
    card, trainer = opened(show_view, "B7", 40)
    assert card.wanted_parts == set(PARTS)
    tiles = card.tiles
    rows = len(tiles.units.order)
    tiles.scrollTo(tiles.units.index(rows - 1, 0))
    qtbot.mouseClick(
        tiles.viewport(), Qt.MouseButton.LeftButton, pos=tiles.visualRect(tiles.units.index(rows - 1, 0)).center()
    )
    unit = tiles.units.order[-1]
    assert tiles.unit == unit
    art = tiles.painter_of_tiles.art
    assert isinstance(art, MapArt)
    held = [trainer.state.parameters[p.span].reshape(p.block.shape).astype(float) for p in trainer.program.placed]
    left, bottom, side = art.extent

    def output(x: float, y: float) -> float:
        point = (np.array([x, y]) - trainer.setting.inputs.shift) * trainer.setting.inputs.scale
        return float(np.maximum(point @ held[0][:, unit] + held[1][unit], 0))

    corners = [(left + a * side, bottom + b * side) for a in (0.03, 0.97) for b in (0.03, 0.97)]
    largest = max(output(*corner) for corner in corners)
    assert card.detail.drawn.scale is not None
    assert card.detail.drawn.scale.limit == pytest.approx(largest, rel=0.05)
    # the places of largest and of no output have the colours that the scale says
    image = card.detail.drawn.grab().toImage()
    size = min(card.detail.drawn.height() - 2, card.detail.drawn.width() // 2, theme.px(150))
    found = {}
    for a, b in [(0.03, 0.03), (0.03, 0.97), (0.97, 0.03), (0.97, 0.97)]:
        pixel = image.pixelColor(1 + round(a * size), 1 + round((1 - b) * size))
        found[output(left + a * side, bottom + b * side)] = pixel
    ends = [QColor(theme.tokens.card), QColor(theme.tokens.accent)]
    for value, pixel in found.items():
        share = value / largest
        for channel in ("red", "green", "blue"):
            low, high = (getattr(end, channel)() for end in ends)
            assert getattr(pixel, channel)() == pytest.approx(low + share * (high - low), abs=14)


def test_that_dead_units_are_named_and_another_layer_is_chosen(show_view: ShowView) -> None:
    card, trainer = opened(show_view, "B7", 40)
    dead = frame_of(trainer).layers[1].dead_units
    assert dead > 0
    assert card.subtitle_label.text.startswith(f"{dead} of ")
    assert "is silent" in card.detail.head.text()
    last = len(card.picture.frame.layers) - 1
    card.set_selected_layer(last)
    art = card.tiles.painter_of_tiles.art
    assert isinstance(art, MapArt)
    assert art.maps.given is None


def test_that_other_data_are_told_what_to_do(show_view: ShowView) -> None:
    card, _trainer = opened(show_view, "digits", 2)
    assert card._words.text().startswith("A map needs data of two features.")
    assert card._words.isVisible()


def test_that_a_low_narrow_card_keeps_a_row_of_units(show_view: ShowView) -> None:
    timeline = Timeline(Trainer(load("B7")))
    card = show_view("unit_maps", load("B7").experiment, (460, 280), timeline).card
    assert isinstance(card, UnitMapsCard)
    card.show_picture(trained_picture(timeline, 2, 2, parts=PARTS))
    card.layout().activate()
    assert card.tiles.height() >= card.tiles.painter_of_tiles.tile.height()

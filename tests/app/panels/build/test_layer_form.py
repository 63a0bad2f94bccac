"""The form of a layer: what is offered, in which order, and what the words beside the weights say."""

import math

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.document.card_edits import ACTIVATIONS, activation_of, with_activation
from app.document.document import Document
from app.panels.build.activation_chooser import columns_for
from app.panels.build.function_shapes import FunctionShapes, X
from app.panels.build.layer_actions import palette_menu
from app.panels.build.layer_drawer import LayerDrawer
from app.panels.build.rate_box import step_words
from app.panels.build.weights_words import scheme_words, spread_words, weight_block
from app.theme import Theme
from simulator.experiment import Experiment, apply, cards
from simulator.initializers.glorot import Glorot
from simulator.initializers.he import He
from simulator.initializers.lsuv import LSUV
from simulator.initializers.normal import Normal
from simulator.initializers.xavier import Xavier
from simulator.layers.dense import Dense
from simulator.layers.maxout import Maxout
from tests.app.samples import spiral

LEFT = Qt.MouseButton.LeftButton
KINDS = (He, Xavier, Glorot, Normal, LSUV)


def network(weights: object) -> Experiment:
    return msgspec.structs.replace(Experiment(), network=(Dense(units=50, weights=weights, key=1),))


@pytest.mark.parametrize(
    ("scheme", "formula", "spread"),
    [
        (He(), "He: randn / √(64 / 2)", "std 0.177"),
        (He(gain=2.0), "He: 2 × randn / √(64 / 2)", "std 0.354"),
        (Xavier(distribution="uniform"), "Xavier: uniform / √64", "std 0.125"),
        (Normal(scale=0.3), "normal: randn × 0.3", "std 0.3"),
        (LSUV(), "LSUV", "fitted to the data"),
    ],
)
def test_that_a_scheme_is_written_with_the_sizes_of_its_layer(scheme: object, formula: str, spread: str) -> None:
    block = weight_block(network(scheme), 64, 10, 0)
    assert block is not None
    assert scheme_words(block, KINDS)[scheme.kind] == formula  # type: ignore[attr-defined]
    assert spread_words(block) == spread
    if isinstance(scheme, He | Xavier):
        drawn = scheme.draw(np.random.default_rng(0), (64, 5000), 64, 5000)
        assert drawn.std() == pytest.approx(float(spread.split()[1]), rel=0.02)


def test_that_the_other_schemes_are_written_as_they_would_begin() -> None:
    block = weight_block(network(He(gain=3.0)), 64, 10, 0)
    assert block is not None
    words = scheme_words(block, KINDS)
    assert words["xavier"] == "Xavier: randn / √64"
    assert words["glorot"] == "Glorot (both fans): uniform / √((64 + 50) / 2)"


def test_that_the_output_has_its_own_sizes() -> None:
    block = weight_block(network(He()), 64, 10, 1)
    assert block is not None
    assert (block.fan_in, block.fan_out) == (50, 10)


@pytest.mark.parametrize(
    ("width", "columns"), [(264, 3), (184, 2), (60, 1), (400, 3)], ids=["drawer", "column", "sliver", "wide"]
)
def test_that_nine_tiles_leave_no_lone_one(width: int, columns: int) -> None:
    assert columns_for(9, width, 74) == columns


def test_that_eight_tiles_stand_four_by_two_where_they_fit() -> None:
    assert columns_for(8, 264, 60) == 4


def test_that_maxout_takes_the_place_of_weights_and_activation_and_gives_it_back() -> None:
    before = spiral().network
    bent = with_activation(before, cards(before)[0], "maxout")
    card = cards(bent)[0]
    assert activation_of(card) == "maxout"
    assert [entry.kind for entry in card.entries] == ["maxout"]
    assert isinstance(card.entries[0], Maxout)
    assert isinstance(before[0], Dense)
    assert (card.entries[0].units, card.entries[0].weights, card.entries[0].key) == (
        before[0].units,
        before[0].weights,
        before[0].key,
    )
    assert with_activation(bent, card, "relu") == before


def drawer_of(qtbot: QtBot, theme: Theme, document: Document, row: int) -> LayerDrawer:
    drawer = LayerDrawer(document, theme)
    qtbot.addWidget(drawer)
    drawer.resize(296, 640)
    drawer.show()
    document.changed.connect(lambda _before, _after: drawer.form.show_layer(row, ""))
    drawer.show_layer(row, "Dense 1", "", is_layer=True)
    return drawer


def test_that_every_activation_is_offered_once_and_a_press_chooses_it(qtbot: QtBot, theme: Theme) -> None:
    document = Document(spiral())
    drawer = drawer_of(qtbot, theme, document, 1)
    tiles = drawer.form.activation.tiles
    assert len(tiles) == len(ACTIVATIONS) + 1
    assert len({tile.text() for tile in tiles.values()}) == len(tiles)
    for kind, tile in tiles.items():
        qtbot.mouseClick(tile, LEFT)
        assert drawer.form.activation.value == kind
        assert activation_of(cards(document.experiment.network)[0]) == kind
        assert tile.width() >= tile.least_width()


def test_that_arrows_go_from_activation_to_activation(qtbot: QtBot, theme: Theme) -> None:
    document = Document(spiral())
    drawer = drawer_of(qtbot, theme, document, 1)
    kinds = list(drawer.form.activation.tiles)
    drawer.activateWindow()
    drawer.take_focus()
    qtbot.waitUntil(drawer.form.activation.tiles["relu"].hasFocus)
    qtbot.keyClick(drawer.form.activation.tiles["relu"], Qt.Key.Key_Right)
    assert drawer.form.activation.value == kinds[kinds.index("relu") + 1]
    assert activation_of(cards(document.experiment.network)[0]) == drawer.form.activation.value


def test_that_the_form_begins_with_the_activation_then_weights_then_sizes(qtbot: QtBot, theme: Theme) -> None:
    document = Document(apply(spiral(), {"network.1": {"kind": "leaky_relu"}}))
    form = drawer_of(qtbot, theme, document, 1).form
    qtbot.wait(1)
    parts = [form.activation, form.editor("network.1.slope"), form.editor("network.0.weights")]
    parts += [form.editor("network.0.units"), form.extras, form.editor("network.0.bias")]
    tops = [part.mapTo(form, part.rect().topLeft()).y() for part in parts]
    assert tops == sorted(tops)


def test_that_the_fields_of_dropout_stand_below_its_box(qtbot: QtBot, theme: Theme) -> None:
    document = Document(spiral())
    form = drawer_of(qtbot, theme, document, 1).form
    box = form.extras.boxes["dropout"]
    qtbot.mouseClick(box, LEFT, pos=QPoint(10, box.height() // 2))
    qtbot.wait(1)
    kinds = [entry.kind for entry in document.experiment.network]
    editor = next(each for each in form.editors if each.path.startswith(f"network.{kinds.index('dropout')}"))
    assert form.extras.isAncestorOf(editor)
    assert editor.isVisible()


def test_that_curves_are_those_of_the_functions(qtbot: QtBot, qapp: object) -> None:
    shapes = FunctionShapes()
    shapes.ask()
    qtbot.waitUntil(lambda: shapes.curve("maxout") is not None, timeout=60_000)
    for kind, function in (
        ("relu", lambda x: np.maximum(x, 0)),
        ("tanh", np.tanh),
        ("sigmoid", lambda x: 1 / (1 + np.exp(-x))),
        ("elu", lambda x: np.where(x > 0, x, np.expm1(x))),
    ):
        curve = shapes.curve(kind)
        assert curve is not None
        assert np.allclose(curve, function(X), atol=1e-6)
    shapes.close_down()


def test_that_new_layers_are_offered_once_each(qtbot: QtBot, qapp: object) -> None:
    menu = palette_menu(None, lambda _weighted, _activation: None)  # type: ignore[arg-type]
    qtbot.addWidget(menu)
    words = [action.text() for action in menu.actions()]
    assert len(set(words)) == len(words)
    assert [text for text in words if "Maxout" in text] == ["Maxout"]
    assert len(words) == len(ACTIVATIONS) + 1


@pytest.mark.parametrize(
    ("patch", "words"),
    [
        ({"training.optimizer": {"kind": "sgd", "momentum": 0.9}}, "Momentum 0.9 · batch 32"),
        ({"training.optimizer": {"kind": "sgd", "momentum": 0.0}, "training.batch_size": 100}, "SGD · batch 100"),
        ({"training.optimizer": {"kind": "adam"}}, "Adam · batch 32"),
    ],
)
def test_what_is_said_below_the_learning_rate(patch: dict[str, object], words: str) -> None:
    assert step_words(apply(Experiment(), patch)) == words


def test_that_a_spread_is_that_of_the_formula() -> None:
    block = weight_block(network(Glorot()), 64, 10, 0)
    assert block is not None
    assert math.isclose(float(spread_words(block).split()[1]), math.sqrt(2 / (64 + 50)), rel_tol=0.01)

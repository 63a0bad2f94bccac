"""A2, layers as pairs of forward and backward, with real numbers."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import LAYERS
from tests import reference
from tests.app.labs.conftest import OpenLab
from tests.app.labs.microscope.conftest import first_batch, number, open_batch, press, small

pytestmark = pytest.mark.slow


def test_that_every_layer_shows_its_pair_with_real_numbers(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    weights, features, labels = first_batch(small())
    values = reference.forward(small(), weights, features)
    _, shares = reference.softmax_cross_entropy(values[-1], labels)
    _, deltas = reference.backward(small(), weights, values, shares * len(labels))

    def shown(symbol: str) -> list[float]:
        cells = next(row for row in page.table.shown if row[1].text == symbol)
        return [number(cell.text) for cell in cells[3:] if cell.text not in ("", "…")]

    for place in range(5):
        press(qtbot, page.controls.next)
        assert shown("x") == pytest.approx(values[place][0, :8], rel=6e-3, abs=1e-9)
        assert shown("y") == pytest.approx(values[place + 1][0, :8], rel=6e-3, abs=1e-9)
        assert shown("dy") == []
    press(qtbot, page.controls.next, 2)
    assert "Softmax cross-entropy, backward" in page.story.text
    for place in reversed(range(5)):
        press(qtbot, page.controls.next)
        assert shown("dy") == pytest.approx(deltas[place + 1][0, :8], rel=6e-3, abs=1e-9)
        assert shown("dx") == pytest.approx(deltas[place][0, :8], rel=6e-3, abs=1e-9)
    assert not page.controls.next.isEnabled()


def test_that_the_formula_of_a_weight_is_worked_out(qtbot: QtBot, open_lab: OpenLab) -> None:
    """dw of one example, shown at the end of the way back, against a difference of the reference's loss."""
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    qtbot.keyClick(page.controls.steps, Qt.Key.Key_End)
    unit = page.unit.index
    weights, features, labels = first_batch(small())
    losses = []
    for move in (1e-5, -1e-5):
        moved = [tuple(block.copy() for block in layer) for layer in weights]
        moved[0][0][0, unit] += move
        values = reference.forward(small(), moved, features[:1])
        losses.append(reference.softmax_cross_entropy(values[-1], labels[:1])[0])
    line = next(part for part in page.backward_card.worked.text().split("<br>") if "dw = " in part)
    found = line.partition(", from")[0].rpartition("= ")[2]
    assert number(found) == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=6e-3)
    assert "dW = Σ xᵀ dy" in page.backward_card.formulas.text()


def test_that_a_click_on_a_layer_goes_there(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, LAYERS, small())
    page = lab.layers
    qtbot.mouseClick(page.chain, Qt.MouseButton.LeftButton, pos=page.chain.box_of(2).center().toPoint())
    assert page.position == 3
    assert page.table_card.title_label.text() == "Dense 2"

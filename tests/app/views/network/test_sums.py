"""The sum of a unit: its numbers are the trainer's, and its rows add up as they are written."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.look.ink import Ink
from app.theme import Theme
from app.views.network.rows import SumRow
from app.views.network.sum_table import ROW, SumTable
from app.views.network.sums import Term, UnitSum, fewest_decimals, written
from simulator.layers.batch_norm import BatchNorm
from simulator.layers.dense import Dense
from simulator.layers.maxout import Maxout
from simulator.layers.relu import ReLU
from tests.app.views.conftest import ShowView
from tests.app.views.network.opened import LARGE, Opened, dense, opened


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def input_of(shown: Opened) -> np.ndarray:
    """Return the example, preprocessed."""
    trainer, wiring = shown.timeline.trainer, shown.card.held
    assert wiring is not None
    inputs = trainer.setting.inputs
    raw = inputs.numbers if inputs.numbers.size else inputs.pixels
    return np.asarray((raw[wiring.example].astype(np.float64) - inputs.shift) * inputs.scale)


def test_that_the_table_holds_the_trainers_numbers_and_adds_up(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 60, LARGE, (*dense(4, 1), *dense(3, 2)))
    shown.card.choose_unit((2, 1))
    h = np.tanh(input_of(shown) @ shown.block(0) + shown.block(0, "bias"))
    w, b = shown.block(1)[:, 1], shown.block(1, "bias")[1]
    rows = {row.name: row for row in shown.card.panel.table.rows}
    for unit in range(4):
        row = rows[f"Dense 1, {unit + 1}"]
        assert (number(row.h), number(row.w)) == (pytest.approx(h[unit], abs=6e-4), pytest.approx(w[unit], abs=6e-4))
        assert number(row.value) == pytest.approx(h[unit] * w[unit], abs=6e-4)
    assert number(rows["bias b"].value) == pytest.approx(b, abs=6e-4)
    assert number(rows["sum"].value) == pytest.approx(h @ w + b, abs=6e-4)
    assert number(rows["tanh makes of it"].value) == pytest.approx(np.tanh(h @ w + b), abs=6e-4)
    parts = [number(row.value) for row in shown.card.panel.table.rows if row.kind in ("term", "plain")]
    assert sum(parts) == pytest.approx(number(rows["sum"].value), abs=1e-9)


def test_that_as_many_decimals_are_written_as_the_rounded_column_needs() -> None:
    def made(*products: float, total: float) -> UnitSum:
        terms = tuple(Term(at, product, 1.0) for at, product in enumerate(products))
        return UnitSum(terms, 0, 0.0, None, total, None, total, 0, 1)

    assert made(0.514, 6.694, -2.841, total=4.367).decimals == 3
    # 0.0004 + 0.0004 is 0.001, but 0.000 + 0.000 is not
    assert made(0.0004, 0.0004, total=0.0008).decimals == 4
    never = made(1 / 3, 1 / 3, 1 / 3, total=1.0)
    assert never.decimals == 3
    assert never.left_by_rounding(3) == pytest.approx(0.001)


def test_that_a_wide_sum_writes_the_rest_in_one_row(show_view: ShowView) -> None:
    shown = opened(show_view, "digits", 60, LARGE)
    shown.card.choose_unit((2, 3))
    rows = shown.card.panel.table.rows
    terms = [row for row in rows if row.kind == "term"]
    assert len(terms) == 8
    assert "42 others" in [row.name for row in rows]
    hidden = np.maximum(input_of(shown) @ shown.block(0) + shown.block(0, "bias"), 0)
    total = hidden @ shown.block(1)[:, 3] + shown.block(1, "bias")[3]
    [whole] = [row for row in rows if row.kind == "sum"]
    assert number(whole.value) == pytest.approx(total, abs=2e-3)
    parts = [number(row.value) for row in rows if row.kind in ("term", "plain")]
    assert sum(parts) == pytest.approx(number(whole.value), abs=1e-9)
    assert rows[-1].name == "softmax of all scores"


def test_that_batch_norm_stands_between_the_sum_and_the_activation(show_view: ShowView) -> None:
    network = (Dense(units=3, key=1), BatchNorm(), ReLU())
    shown = opened(show_view, "spiral", 40, LARGE, network)
    wiring = shown.card.held
    assert wiring is not None
    alive = int(wiring.layers[1].outputs.argmax())
    shown.card.choose_unit((1, alive))
    names = [row.name for row in shown.card.panel.table.rows]
    assert names[-3:] == ["sum", "Batch norm makes of it", "ReLU keeps it"]
    assert shown.card.panel.formula.text() == "output = ReLU(Batch norm(sum of h × w, plus b))"


def test_that_a_maxout_unit_adds_up_its_largest_piece(show_view: ShowView) -> None:
    shown = opened(show_view, "spiral", 40, LARGE, (Maxout(units=2, pieces=3, key=1),))
    shown.card.choose_unit((1, 1))
    sums = (input_of(shown) @ shown.block(0) + shown.block(0, "bias"))[3:]
    [whole] = [row for row in shown.card.panel.table.rows if row.kind == "sum"]
    assert whole.name == f"sum, piece {sums.argmax() + 1} of 3"
    assert number(whole.value) == pytest.approx(sums.max(), abs=6e-4)


def test_that_another_example_runs_through(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 60, LARGE, dense(4, 1))
    card, wiring = shown.card, shown.card.held
    assert wiring is not None
    before, training = wiring.example, shown.timeline.trainer.facts.training.tolist()
    place = training.index(before)
    assert card.examples.number.text() == f"Example {place + 1} of {len(training)}"
    qtbot.mouseClick(card.examples.on, Qt.MouseButton.LeftButton)
    shown.train(60)
    wiring = card.held
    assert wiring is not None
    assert wiring.example == training[(place + 1) % len(training)]
    dataset = shown.timeline.trainer.facts.dataset
    scores = np.tanh(input_of(shown) @ shown.block(0) + shown.block(0, "bias")) @ shown.block(1)
    answer = int((scores + shown.block(1, "bias")).argmax())
    names = dataset.class_names
    words = f"class {names[dataset.labels[wiring.example]]}, answered {names[answer]}"
    assert card.examples.answer.text() == words


def test_that_rows_choose_connections_by_mouse_and_arrows(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 60, LARGE, (*dense(4, 1), *dense(3, 2)))
    shown.card.choose_unit((2, 1))
    table = shown.card.panel.table
    # the head, then the inputs in their order
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(30, 3 * ROW + ROW // 2))
    assert shown.card.drawing.look.wire == (2, 2, 1)
    assert table.source == 2
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(table, Qt.Key.Key_Up)
    assert shown.card.drawing.look.wire == (2, 1, 1)
    assert table.accessibleDescription().startswith("Dense 1, 2: ")


def test_that_a_row_is_a_hand_and_its_click_puts_the_caret_into_the_weight(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 60, LARGE, (*dense(4, 1), *dense(3, 2)))
    shown.document.runs[shown.document.state.run_id].asked = shown.document.experiment
    shown.card.choose_unit((2, 1))
    table, field = shown.card.panel.table, shown.card.panel.editor.field
    cursors = []
    for row in (0, 3):
        place = QPoint(30, row * ROW + ROW // 2)
        qtbot.mouseMove(table, place)
        cursors.append(table.cursor().shape())
    assert cursors == [Qt.CursorShape.ArrowCursor, Qt.CursorShape.PointingHandCursor]
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(30, 3 * ROW + ROW // 2))
    assert field.window().focusWidget() is field
    assert field.selectedText() == field.text() != ""
    shown.train(60)
    assert field.selectedText() == field.text()
    qtbot.mouseClick(table, Qt.MouseButton.LeftButton, pos=QPoint(30, 2 * ROW + ROW // 2))
    assert shown.card.drawing.look.wire == (2, 1, 1)
    assert field.selectedText() == field.text()


@pytest.mark.parametrize("scale", [1.0, 12.5, 4e3, 2e4])
def test_that_the_columns_of_a_sum_never_run_into_each_other(theme: Theme, qtbot: QtBot, scale: float) -> None:
    table = SumTable(theme)
    qtbot.addWidget(table)
    places = fewest_decimals([14.62 * scale])
    terms = [
        SumRow(
            "term",
            f"Dense 1, {at + 1}",
            written(h * w * scale * scale, places),
            written(h * scale, places),
            written(w * scale, places),
            at,
        )
        for at, (h, w) in enumerate([(-1.62, -15.04), (0.5, 9.1), (13.0, -0.01)])
    ]
    total = SumRow("sum", "sum", written(-11.2 * scale * scale, places))
    table.show_rows([SumRow("head", "from", "h × w", "h", "w"), *terms, total], None)
    table.resize(312, table.sizeHint().height())
    ink, sign = Ink(theme), theme.px(16)
    names, h, w, product = table.column_ends()
    assert names >= 0
    for row in terms:
        assert scale > 1 or ink.elided(row.name, names - 6) == row.name
        assert names <= h - sign - ink.width(row.h)
        assert h <= w - sign - ink.width(row.w, "strong tick")
        assert w <= product - ink.width(row.value)


def test_that_large_numbers_have_as_many_decimals_as_they_need() -> None:
    assert [fewest_decimals([value]) for value in (0.5, -99.0, 100.0, 1234.5, 98765.0, 1e9)] == [3, 3, 2, 1, 0, 0]


def test_that_without_the_signal_the_picture_has_no_numbers(show_view: ShowView, qtbot: QtBot) -> None:
    shown = opened(show_view, "spiral", 10, LARGE, dense(4, 1))
    scene = shown.card.drawing.scene
    assert scene is not None
    assert scene.net.spot is not None
    assert all(layer.values is not None for layer in scene.net.layers)
    qtbot.mouseClick(shown.card.signal, Qt.MouseButton.LeftButton, pos=QPoint(8, shown.card.signal.height() // 2))
    scene = shown.card.drawing.scene
    assert scene is not None
    assert scene.net.spot is None
    assert all(layer.values is None for layer in scene.net.layers)

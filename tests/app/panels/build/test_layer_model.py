from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.panels.build.layer_model import ROW_ROLE, LayerModel
from app.panels.build.layer_rows import NOTHING_WRONG, Badge, Row, badges_of, rows_of
from simulator.data import Dataset
from simulator.experiment import Experiment, from_plain, load
from simulator.message import Message
from simulator.training import BINS, Frame, Histogram, LayerFrame
from tests.app.samples import spiral

SPIRAL = spiral()


def dataset() -> Dataset:
    return SPIRAL.data.load(0)


def row(identity: str) -> Row:
    place = identity if identity in ("input", "output") else "card"
    return Row(identity, place, identity.title(), "", "")  # type: ignore[arg-type]


def frame_of(*layers: LayerFrame) -> Frame:
    return Frame(0, 0.0, 0, None, None, None, layers)


def layer(dead: float | None = None, saturated: float | None = None) -> LayerFrame:
    histogram = Histogram(np.zeros(BINS, dtype=np.int64), 1.0, 0, 0, 0, 0, 0)
    return LayerFrame(Message("Dense"), 50, histogram, 0.0, 1.0, dead=dead, saturated=saturated)


def test_that_rows_say_what_a_network_is_made_of() -> None:
    rows = rows_of(SPIRAL, dataset())
    assert [row.name for row in rows] == ["Input", "Dense 1", "Dense 2", "Output"]
    assert [row.detail for row in rows] == [
        "2 features (x, y)",
        "16 units · ReLU",
        "16 units · ReLU",
        "2 classes · softmax",
    ]
    assert [row.short_detail for row in rows] == ["x, y", "ReLU", "ReLU", "softmax"]
    assert rows[1].spoken == "Dense 1, 16 units · ReLU"


def test_that_the_ends_say_less_before_the_data_are_loaded() -> None:
    rows = rows_of(SPIRAL, None)
    assert (rows[0].detail, rows[-1].detail) == ("Spiral", "softmax")


def test_that_pictures_are_counted_in_pixels() -> None:
    digits = load("digits").experiment
    assert rows_of(digits, digits.data.load(0))[0].detail == "8 × 8 pixels · Handwritten digits"


def test_that_a_layer_without_activation_is_called_linear() -> None:
    experiment = from_plain({"network": [{"kind": "dense", "units": 1}]})
    assert rows_of(experiment, None)[1].detail == "1 unit · linear"


def test_that_rows_have_identities_of_their_own_even_without_layers_in_front() -> None:
    experiment = from_plain({"network": [{"kind": "tanh"}, {"kind": "dense"}, {"kind": "relu"}]})
    rows = rows_of(experiment, None)
    assert len({row.identity for row in rows}) == len(rows) == 4


@pytest.mark.parametrize(
    ("dead", "saturated", "words", "short"),
    [
        (0.0, None, "", ""),
        (None, None, "", ""),
        (0.04, None, "2 dead", "2 dead"),
        (None, 0.05, "", ""),
        (None, 0.4, "40\N{NO-BREAK SPACE}% saturated", "40\N{NO-BREAK SPACE}% sat."),
        (0.04, 0.4, "2 dead", "2 dead"),
    ],
)
def test_that_a_badge_names_the_number(dead: float | None, saturated: float | None, words: str, short: str) -> None:
    assert badges_of(frame_of(layer(dead, saturated))) == [Badge(words, short)]


def test_that_the_model_tells_every_change(qtbot: QtBot) -> None:
    model = LayerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(rows_of(SPIRAL, None), keep_badges=False)
    with qtbot.waitSignal(model.dataChanged):
        model.show_rows(rows_of(SPIRAL, dataset()), keep_badges=False)
    assert model.rowCount() == 4
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(1)) == "Dense 1"
    assert model.data(model.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Dense 1, 16 units · ReLU"
    assert model.data(model.index(1), ROW_ROLE) == model.rows[1]
    assert model.data(QModelIndex()) is None
    model.show_rows(rows_of(Experiment(), None), keep_badges=False)
    assert model.rowCount() == 2
    del tester


def test_that_only_layers_are_dragged_and_nothing_is_dropped_on_them(qapp: object) -> None:
    model = LayerModel()
    model.show_rows(rows_of(SPIRAL, None), keep_badges=False)
    flags = [model.flags(model.index(row)) for row in range(4)]
    assert [bool(flag & Qt.ItemFlag.ItemIsDragEnabled) for flag in flags] == [False, True, True, False]
    assert not any(flag & Qt.ItemFlag.ItemIsDropEnabled for flag in flags)
    assert model.flags(QModelIndex()) & Qt.ItemFlag.ItemIsDropEnabled


def test_that_a_drop_is_asked_for_and_stays_between_the_ends(qtbot: QtBot) -> None:
    model = LayerModel()
    model.show_rows(rows_of(SPIRAL, None), keep_badges=False)
    nowhere = QModelIndex()
    with qtbot.waitSignal(model.move_asked) as asked:
        assert model.moveRow(nowhere, 2, nowhere, 0)
    assert asked.args == [2, 1]
    with qtbot.waitSignal(model.move_asked) as asked:
        assert model.moveRow(nowhere, 1, nowhere, 4)
    assert asked.args == [1, 3]
    with qtbot.assertNotEmitted(model.move_asked):
        assert not model.moveRow(nowhere, 0, nowhere, 2)
        assert not model.moveRow(nowhere, 1, nowhere, 2)


def test_that_badges_stay_with_their_layer_and_go_with_the_network(qapp: object) -> None:
    model = LayerModel()
    rows = [row(name) for name in ("input", "a", "b", "output")]
    model.show_rows(rows, keep_badges=True)
    wrong = Badge("2 dead", "2 dead")
    model.show_badges([NOTHING_WRONG, wrong, NOTHING_WRONG, NOTHING_WRONG])
    model.show_rows([rows[0], rows[2], rows[1], rows[3]], keep_badges=True)
    assert [row.badge for row in model.rows] == [NOTHING_WRONG, NOTHING_WRONG, wrong, NOTHING_WRONG]
    model.show_badges([wrong])
    assert all(row.badge == NOTHING_WRONG for row in model.rows)
    model.show_badges([wrong] * 4)
    model.show_rows(rows, keep_badges=False)
    assert all(row.badge == NOTHING_WRONG for row in model.rows)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8), max_size=6))
def test_that_any_rows_follow_any_others_with_honest_signals(qtbot: QtBot, shapes: list[list[str]]) -> None:
    model = LayerModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    # what a listener would believe that hears of removals, moves and insertions only
    believed: list[str] = []
    model.rowsRemoved.connect(lambda _parent, first, _last: believed.pop(first))
    model.rowsInserted.connect(lambda _parent, first, _last: believed.insert(first, str(model.rows[first].identity)))
    model.rowsMoved.connect(lambda _p, start, _end, _q, to: believed.insert(to, believed.pop(start)))
    for shape in shapes:
        wanted = [replace(row(name), detail=str(len(shape))) for name in ("input", *shape, "output")]
        model.show_rows(wanted, keep_badges=False)
        assert list(model.rows) == wanted
        assert believed == [str(row.identity) for row in wanted]
    del tester

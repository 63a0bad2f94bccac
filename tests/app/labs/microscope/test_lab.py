"""What holds for the whole microscope: words, names, room."""

import math
import re

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labs.microscope.lab import BATCH, LAYERS, SPEC, MicroscopeLab
from tests.app.labs.conftest import ROOM, SMALL, OpenLab
from tests.app.labs.microscope.conftest import choose, open_batch, small
from tests.app.plots.conftest import assert_apart, boxes_of
from tests.app.test_translation import Brackets, brackets, texts, untranslated  # noqa: F401 (a fixture)

pytestmark = pytest.mark.slow


LOW = QSize(SMALL.width(), SMALL.height() - 30)
"""What is left where the list of labs has its row."""
PLACES = (("split", 16), ("whole", 10), ("patterns", 8), ("branch", 6), ("neuron", 10))


def test_that_every_control_has_a_name(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    for subject in ("split", "patterns", "neuron", BATCH, LAYERS):
        choose(qtbot, lab, subject)
        controls = [
            part
            for part in lab.findChildren(QWidget)
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        ]
        nameless = [part for part in controls if not part.accessibleName() and not getattr(part, "text", str)()]
        assert nameless == []


SYMBOLS = re.compile(r"[wxyzb][₀-₉]?")


@pytest.mark.usefixtures("brackets")
def test_that_all_words_are_translated(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    left = set()
    for subject, moves in (*PLACES, (BATCH, 4), (LAYERS, 12)):
        choose(qtbot, lab, subject)
        controls = {BATCH: lab.batch.controls, LAYERS: lab.layers.controls}.get(subject, lab.gates.controls)
        for position in sorted({0, 1, moves // 2, moves // 2 + 1, moves}):
            controls.steps.setValue(position)
            for widget in [part for part in lab.findChildren(QWidget) if part.isVisible()]:
                for where, text in texts(widget):
                    if untranslated(SYMBOLS.sub("", text)) and not widget.objectName().startswith("qt_"):
                        left.add(f"{type(widget).__name__}, {where}: {text!r}")
    assert sorted(left) == []


@pytest.mark.parametrize("size", [ROOM, LOW], ids=["roomy", "low"])
def test_that_the_numbers_of_a_graph_lie_apart(qtbot: QtBot, open_lab: OpenLab, size: QSize) -> None:
    lab = open_lab(SPEC, size=size)
    assert isinstance(lab, MicroscopeLab)
    view = lab.gates.graph
    for subject, last in PLACES:
        choose(qtbot, lab, subject)
        QTest.qWait(0)
        for position in range(last + 1):
            lab.gates.go(position)
            words = boxes_of(view.notes, view.ink)
            assert_apart(words, QRectF(view.rect()))
            for text, box in words:
                other = [
                    place for place in view.circles if text not in view.symbols and reaches(box, place, view.radius)
                ]
                assert other == [], f"{text!r} lies over a gate"
        assert view.width() <= lab.gates.graph_card.width(), "nothing has to be scrolled"


def reaches(box: QRectF, middle: QPointF, radius: float) -> bool:
    """Whether a box reaches into a circle."""
    x = min(max(middle.x(), box.left()), box.right())
    y = min(max(middle.y(), box.top()), box.bottom())
    return math.hypot(middle.x() - x, middle.y() - y) < radius - 2


def test_that_a_small_window_and_large_text_are_worn(qtbot: QtBot, open_lab: OpenLab) -> None:
    lab = open_batch(qtbot, open_lab, BATCH, small())
    lab.set_compact(True)
    lab.resize(SMALL)
    lab.theme.set_text_scale(1.5)
    lab.theme.set_name("dark")
    for subject in ("split", BATCH, LAYERS):
        choose(qtbot, lab, subject)
        controls = {BATCH: lab.batch.controls, LAYERS: lab.layers.controls}.get(subject, lab.gates.controls)
        controls.steps.setValue(controls.steps.maximum())
        lab.grab()

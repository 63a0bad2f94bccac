"""Preprocessing lens and batch-norm X-ray: every word is translated, every control has a name and is reached by Tab."""

import gettext
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labs.batch_norm import lab as batch_norm
from app.labs.lab import Lab, LabSpec
from app.labs.preprocessing import lab as preprocessing
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.notes import Note
from app.system import i18n
from simulator.experiment import load
from tests.app.labs.conftest import SMALL, OpenLab
from tests.app.test_accessibility import another_of_its_group, spoken, takes_tab
from tests.app.test_translation import Brackets, texts, untranslated

pytestmark = pytest.mark.slow

SPECS = (preprocessing.SPEC, batch_norm.SPEC)
NAMES = ("A", "B", "x", "y", "Shirt", "tanh", "SGD", "Batch norm before tanh", "std", "skewness")
every_lab = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)


@pytest.fixture
def brackets() -> Iterator[None]:
    i18n.install_translations(Brackets())
    yield
    i18n.install_translations(gettext.NullTranslations())


def settle(qtbot: QtBot, lab: Lab) -> None:
    workers = [getattr(lab, name) for name in ("looker", "trainer", "sweeper") if hasattr(lab, name)]
    qtbot.wait(10)
    qtbot.waitUntil(lambda: not any(worker.busy for worker in workers), timeout=60_000)


def pages(qtbot: QtBot, lab: Lab) -> Iterator[str]:
    """Turn to every page in turn."""
    switch = lab.pages  # type: ignore[attr-defined]
    for place in range(len(switch.switch.buttons)):
        qtbot.mouseClick(switch.switch.buttons[place], Qt.MouseButton.LeftButton)
        settle(qtbot, lab)
        yield switch.page


def written(lab: Lab) -> Iterator[str]:
    """Yield all words that the lab shows: those of widgets, and those painted on canvases."""
    for widget in lab.findChildren(QWidget):
        if not widget.objectName().startswith("qt_"):
            yield from (text for _where, text in texts(widget))
    for canvas in lab.findChildren(Canvas):
        yield from (note.text for note in canvas.notes if isinstance(note, Note))
        yield canvas.axes.name
        yield canvas.words


@every_lab
@pytest.mark.usefixtures("brackets")
def test_that_all_words_of_the_lab_are_translated(qtbot: QtBot, open_lab: OpenLab, spec: LabSpec) -> None:
    lab = open_lab(spec, experiment=load("E2").experiment if spec is batch_norm.SPEC else None)
    settle(qtbot, lab)
    names = sorted([*NAMES, *(load(name).experiment.name for name in ("C1-tilted", "C1", "C2", "E1"))], key=len)
    found = set()
    for _page in pages(qtbot, lab):
        for text in written(lab):
            for name in reversed(names):
                text = text.replace(f" {name} ", " ") if len(name) < 3 else text.replace(name, "")
            if untranslated(text):
                found.add(text)
    assert found == set()


@every_lab
def test_that_every_control_has_a_name_and_is_reached_by_tab_and_no_column_is_cut(
    qtbot: QtBot, open_lab: OpenLab, spec: LabSpec
) -> None:
    lab = open_lab(spec, SMALL, load("E2").experiment)
    settle(qtbot, lab)
    for _page in pages(qtbot, lab):
        for column in (lab.left, lab.right):
            # what is wider is cut: the columns do not scroll sideways
            assert column.widget().minimumSizeHint().width() <= column.viewport().width()
        controls = [part for part in lab.findChildren(QWidget) if takes_tab(part) and part.focusProxy() is None]
        assert [type(part).__name__ for part in controls if not spoken(part).strip()] == []
        reached = tabbed(qtbot, lab, len(controls) + 5)
        missed = [part for part in controls if part not in reached and not another_of_its_group(part, reached)]
        assert [f"{type(part).__name__} {spoken(part)}" for part in missed] == []


def tabbed(qtbot: QtBot, lab: Lab, most: int) -> list[QWidget]:
    lab.setFocus()
    seen: list[QWidget] = []
    for _step in range(2 * most):
        focused = lab.window().focusWidget() or lab
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return seen

"""No visible word is born outside the catalogue: with one that puts everything in brackets, all is in brackets."""

import gettext
import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QWidget,
)

from app.actions.actions import SPECS, keys_text
from app.system import i18n
from simulator.experiment import load, names
from tests.app.conftest import OpenShell, Shell

pytestmark = pytest.mark.slow

TAG = re.compile(r"<[^>]*>")
INNERMOST = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")

# Names of data, of the program, of keys; symbols of mathematics.
NAMES = (
    "Obuka",
    "dL/dW",
    "dL/dh",
    *(load(name).experiment.name for name in names()),
    *(keys_text(spec) for spec in SPECS if spec.keys),
)


class Brackets(gettext.NullTranslations):
    """Translates every text to itself in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


@pytest.fixture
def brackets() -> Iterator[None]:
    i18n.install_translations(Brackets())
    yield
    i18n.install_translations(gettext.NullTranslations())


def untranslated(text: str) -> str:
    """What is left of a text without brackets, names and numbers."""
    text = TAG.sub("", text)
    while INNERMOST.search(text):
        text = INNERMOST.sub("", text)
    for name in sorted(NAMES, key=len, reverse=True):
        text = text.replace(name, "")
    return " ".join(WORD.findall(text))


def texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    """Yield everything a widget says, and where."""
    yield "tooltip", widget.toolTip()
    yield "accessible name", widget.accessibleName()
    yield "accessible description", widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    if isinstance(widget, QGroupBox | QMenu):
        yield "title", widget.title()
    if isinstance(widget, QLineEdit):
        yield "placeholder", widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (("choice", widget.itemText(index)) for index in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount()):
            for role in roles:
                yield "row", str(model.data(model.index(row, 0), role) or "")
    for action in widget.actions():
        yield from action_texts(action)


def action_texts(action: QAction) -> Iterator[tuple[str, str]]:
    yield "action", action.text()
    # Qt makes a tooltip of the text where there is none.
    yield "tooltip of an action", action.toolTip()


def born_outside(shell: Shell) -> list[str]:
    found = set()
    for widget in (shell.window, *shell.window.findChildren(QWidget)):
        # Qt's own parts: the clear button of a field, the list of a combo box.
        if widget.objectName().startswith("qt_"):
            continue
        for where, text in texts(widget):
            left = untranslated(text)
            if left:
                found.add(f"{type(widget).__name__}, {where}: {text!r} has {left!r}")
    return sorted(found)


@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("size", [QSize(1600, 900), QSize(1024, 640)], ids=["roomy", "small"])
def test_that_all_words_are_translated(open_shell: OpenShell, size: QSize) -> None:
    shell = open_shell(size)
    shell.window.show_experiments()
    shell.window.finding.palette.open_up()
    shell.window.show_tab("watch")
    shell.runner.train(40)
    shell.poll()
    shell.window.key_overlay.toggle()
    for layer in range(4):
        shell.window.build_column.network.select_layer(layer)
        assert born_outside(shell) == []


@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize("ending", ["finished", "diverged", "failed"])
def test_that_all_words_of_an_ending_are_translated(open_shell: OpenShell, ending: str) -> None:
    shell = open_shell()
    shell.controller.play()
    shell.runner.end(ending, "It ended.")
    shell.poll()
    assert born_outside(shell) == []


@pytest.mark.usefixtures("brackets")
def test_that_the_words_of_preparing_are_translated(open_shell: OpenShell) -> None:
    shell = open_shell(prepared=False)
    shell.controller.toggle()
    assert born_outside(shell) == []


@pytest.mark.usefixtures("brackets")
def test_that_the_test_finds_a_word_born_outside(open_shell: OpenShell) -> None:
    shell = open_shell()
    label = QLabel("Learning rate", shell.window)
    assert label.text() in born_outside(shell)[0]

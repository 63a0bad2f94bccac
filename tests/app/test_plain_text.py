"""What files say is shown letter by letter: no name makes the window load a picture, grow or fall silent."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget

from app.arrangement.tabs import TABS
from app.labs.catalogue import labs
from app.theme.prose import as_tip, prose
from app.views.catalogue import views
from app.window.main_window import MainWindow
from simulator.data.sources.csv_file import CsvFile
from simulator.errors import ObukaError
from simulator.experiment import Run, apply, load, read
from simulator.experiment.experiment import LONGEST_NAME
from simulator.message import Message
from tests.app.conftest import ROOMY, OpenShell, Shell

pytestmark = pytest.mark.slow

MARK = "EVIL"
CLASSES = ("plane", "confusion", "units")
"""Views that write the names of classes."""
MAGENTA = QColor(255, 0, 255)


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """A name that would be a picture on the screen if anything took it for rich text."""
    picture = QImage(30, 30, QImage.Format.Format_RGB32)
    picture.fill(MAGENTA)
    assert picture.save(str(tmp_path / "p.png"))
    return f"<img src='{tmp_path}/p.png'><b>{MARK}</b> & {{0}} {{name}} %s"


@pytest.fixture
def hostile_run(tmp_path: Path, hostile: str) -> Run:
    """A run whose names of experiment, file, columns and classes are all hostile."""
    table = tmp_path / f"<b>{MARK}<b>.csv"
    classes = [f"{number}{hostile}"[:99] for number in range(3)]
    rows = [f"{0.1 * row},{(row * 7) % 5},{classes[row % 3]}" for row in range(60)]
    table.write_text("\n".join([f"x<i>{MARK},y<img src=x>{MARK},class", *rows]), encoding="utf-8")
    experiment = load("spiral").experiment
    data = CsvFile(path=str(table))
    return Run(msgspec.structs.replace(experiment, name=hostile, data=data))


def all_widgets(window: MainWindow) -> list[QWidget]:
    return [window, *window.findChildren(QWidget)]


def rich_labels_of_files(window: MainWindow) -> list[str]:
    """The labels that would not show a text of a file by letter."""
    found = []
    for label in window.findChildren(QLabel):
        if not label.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            continue
        if label.textFormat() == Qt.TextFormat.PlainText:
            continue
        if not label.property("rich"):
            found.append(f"{label.textFormat()}: {label.text()!r}")
        elif MARK in label.text() and not shown_by_letter(label.text()):
            found.append(label.text())
    return found


def shown_by_letter(rich: str) -> bool:
    """Whether every mark of a hostile name still has its `<b>` or `<i>` before it when the text is laid out."""
    document = QTextDocument()
    document.setHtml(rich)
    pieces = document.toPlainText().split(MARK)[:-1]
    return all(piece.endswith((">", "<b", "<i")) for piece in pieces)


def tips(window: MainWindow) -> Iterator[str]:
    for widget in all_widgets(window):
        yield widget.toolTip()
        for action in widget.actions():
            yield action.toolTip()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from model_tips(widget.model())


def model_tips(model: QAbstractItemModel) -> Iterator[str]:
    role, most = Qt.ItemDataRole.ToolTipRole, 20
    columns = 1 if isinstance(model, QAbstractListModel) else min(model.columnCount(), most)
    for row in range(min(model.rowCount(), most)):
        yield from (str(model.index(row, column).data(role) or "") for column in range(columns))
    for side in Qt.Orientation:
        count = model.rowCount() if side == Qt.Orientation.Vertical else columns
        yield from (str(model.headerData(section, side, role) or "") for section in range(min(count, most)))


def dangerous_tips(window: MainWindow) -> list[str]:
    said = [tip for tip in tips(window) if MARK in tip]
    return [tip for tip in said if GuiQt.mightBeRichText(tip) and not shown_by_letter(tip)]


def shows_magenta(window: MainWindow) -> bool:
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bits = np.frombuffer(image.constBits(), np.uint32)
    return int(np.count_nonzero((bits & 0xFFFFFF) == 0xFF00FF)) > 20


def everywhere(shell: Shell, shown: Iterable[str], *, into_labs: bool) -> Iterator[str]:
    """Every tab, these views, and every lab, one after the other."""
    window = shell.window
    for tab in TABS:
        window.show_tab(tab.id)
        shell.poll()
        yield tab.id
    window.show_tab("watch")
    for name in shown:
        window.stage.set_shown(name, True)
    shell.poll()
    yield "views"
    window.show_tab("explore")
    for spec in labs() if into_labs else ():
        if spec.id in window.explore._specs:
            window.explore.show_lab(spec.id)
            shell.poll()
            yield spec.id


def test_that_no_text_of_a_file_is_rich_anywhere(open_shell: OpenShell, hostile_run: Run, hostile: str) -> None:
    shell = open_shell()
    window = shell.window
    window.document.open_run(hostile_run, Path(hostile_run.experiment.data.path))  # type: ignore[union-attr]
    shell.poll()
    window.document.what_if({"training.learning_rate": 0.5}, hostile)
    shell.poll()
    shell.runner.train(40)
    notice = Message("{name} is odd", {"name": hostile})
    window.files.saved.emit(notice)
    seen = []
    for place in everywhere(shell, views(), into_labs=True):
        window.document.refused.emit(notice)
        if shows_magenta(window):
            seen.append(f"{place}: shows the picture")
    assert [*seen, *rich_labels_of_files(window), *dangerous_tips(window)] == []
    assert MARK in window.notice_bar.sentence
    assert MARK in window.header.name_text


def test_that_long_names_make_the_window_no_wider(open_shell: OpenShell, tmp_path: Path) -> None:
    long = "W" * LONGEST_NAME
    table = tmp_path / f"{'w' * 240}.csv"
    rows = [f"{0.1 * row},{(row * 7) % 5},{row % 3}{long[:98]}" for row in range(60)]
    table.write_text("\n".join([f"x{20 * long},y{20 * long},class", *rows]), encoding="utf-8")
    experiment = msgspec.structs.replace(load("spiral").experiment, name=long, data=CsvFile(path=str(table)))
    shell = open_shell()
    window = shell.window
    window.document.open_run(Run(experiment), table)
    shell.poll()
    window.document.what_if({"training.learning_rate": 0.5}, long)
    shell.runner.train(40)
    wide = [
        place
        for place in everywhere(shell, CLASSES, into_labs=False)
        if window.minimumSizeHint().width() > window.width()
    ]
    assert wide == []
    assert window.width() == ROOMY.width()


@pytest.mark.parametrize("letters", [4_000, 9_000_000])
def test_that_what_a_file_is_refused_for_can_be_laid_out(open_shell: OpenShell, tmp_path: Path, letters: int) -> None:
    file = tmp_path / "long.json"
    plain = {"schema": 1, "experiment": {"data": {"kind": "w" * letters}}}
    file.write_text(json.dumps(plain), encoding="utf-8")
    shell = open_shell()
    with pytest.raises(ObukaError) as refused:
        read(file)
    shell.window.document.refused.emit(refused.value.message)
    QTest.qWait(0)
    assert "there is no kind 'wwww" in shell.window.notice_bar.sentence
    assert len(shell.window.notice_bar.sentence) < 2_000
    assert shell.window.minimumSizeHint().width() <= shell.window.width() == ROOMY.width()


def test_that_a_name_is_refused_where_it_is_too_long() -> None:
    with pytest.raises(ObukaError, match="a name may have at most 200 letters, and this one has 201"):
        apply(load("spiral").experiment, {"name": "n" * 201})
    assert apply(load("spiral").experiment, {"name": "n" * 200}).name == "n" * 200


def test_that_prose_knows_no_marks_but_its_own() -> None:
    laid_out = QTextDocument()
    laid_out.setHtml(prose("<b>12</b> x<sup>2</sup> <img src='a.png'> <a href='b'>c</a> 3 < 4"))
    assert laid_out.toPlainText() == "12 x2 <img src='a.png'> <a href='b'>c</a> 3 < 4"


def test_that_a_tooltip_shows_marks_as_letters_and_ends() -> None:
    laid_out = QTextDocument()
    laid_out.setHtml(as_tip("<b>bold</b> <img src='a.png'>"))
    assert laid_out.toPlainText() == "<b>bold</b> <img src='a.png'>"
    assert as_tip("one & two") == "one & two"
    assert len(as_tip("<i>" + "w" * 9_000_000)) < 2_000

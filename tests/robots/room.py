"""Walks through every tab, view, lab and panel at many sizes and looks for words that get less room than they need.

    python -m tests.robots.room                      all sizes, text sizes and numbers of runs
    python -m tests.robots.room 1366x768@130 ...     only these

A label or button is short of room where its own metrics ask for more than it has; words and controls are out of reach
where what holds them cuts them off and no scroll area brings them into the window. Words that are meant to be cut, and
say so with an ellipsis and a tooltip, are left out. The themes differ in colours alone, so one is enough. One line a
finding; the exit code is 1 where there is one.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from app.arrangement.tabs import TABS
from app.cards.card_title import CardTitle
from app.labs.microscope.lab import MicroscopeLab
from app.views.catalogue import views
from app.widgets.switched_pages import SwitchedPages
from app.window.main_window import MainWindow

SLACK = 2
"""Pixels that rounding may take."""
REST = 1.5
"""Seconds within which a layout comes to rest: what lacks room for a moment is not seen."""
LEAST_SCROLLED = 40
"""Pixels of height in which scrolling still shows anything."""
CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)
SIZES = {
    (1600, 900): (1.0, 1.3, 1.6),
    (1366, 768): (1.0, 1.3, 1.6),
    (1280, 720): (1.0, 1.3, 1.6),
    (1024, 680): (1.0, 1.3),
}


class Finding(NamedTuple):
    """What is wrong with one widget, and where."""

    place: str
    words: str
    fault: str


def shortages(window: QWidget, place: str) -> Iterator[Finding]:
    """Yield what lacks room in a window that has come to rest."""
    deadline = time.monotonic() + REST
    found = list(_look(window, place))
    while found and time.monotonic() < deadline:
        QTest.qWait(50)
        found = list(_look(window, place))
    yield from found


def _look(window: QWidget, place: str) -> Iterator[Finding]:
    """Yield what lacks room now."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar) or widget.isWindow():
            continue
        words = _words(widget)
        if words:
            fault = _fault(widget)
            if fault:
                yield Finding(place, f"{type(widget).__name__} “{words[:60]}”", fault)
        if words or isinstance(widget, CONTROLS):
            fault = _out_of_reach(widget, window)
            if fault:
                name = words[:60] or widget.accessibleName() or widget.objectName()
                yield Finding(place, f"{type(widget).__name__} “{name}”", fault)


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and type(widget) is QLabel and not widget.pixmap().isNull():
        return ""
    if type(widget).__name__ in ("ElidedLabel", "QuietLabel", "LegendButton"):
        return ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("\n", " ").strip()
    return ""


def _fault(widget: QWidget) -> str:
    """Return what is wrong with the room of a widget with words; empty where nothing is."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        return f"needs {needs} px of height, has {widget.height()}" if needs > widget.height() + SLACK else ""
    if isinstance(widget, CardTitle):
        return f"has no room for “{widget.text()}”" if "…" in widget.shown_text else ""
    needed = widget.minimumSizeHint() if isinstance(widget, QLabel) else widget.sizeHint()
    if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.PlainText:
        needed.setWidth(widget.fontMetrics().size(0, widget.text()).width())
    elif isinstance(widget, QAbstractButton):
        needed.setWidth(widget.fontMetrics().size(0, widget.text().replace("&", "")).width())
        needed.setHeight(widget.fontMetrics().height())
    if needed.width() > widget.width() + SLACK:
        return f"needs {needed.width()} px of width, has {widget.width()}"
    if needed.height() > widget.height() + SLACK:
        return f"needs {needed.height()} px of height, has {widget.height()}"
    return ""


def _out_of_reach(widget: QWidget, window: QWidget) -> str:
    """Return by what a widget is cut off; empty where nothing does, or scrolling brings it into view."""
    part, rect = widget, widget.rect()
    while part is not window:
        parent = part.parentWidget()
        rect = QRect(part.mapTo(parent, rect.topLeft()), rect.size())
        room = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        area = parent.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
            if parent.height() < LEAST_SCROLLED:
                return f"scrolls in {parent.height()} px of height"
            aside = area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if not aside and (rect.left() < room.left() or rect.right() > room.right()):
                return f"is cut off at the side: {rect.getRect()} in {parent.width()} px"
            rect = parent.rect()
        elif not room.contains(rect):
            return f"reaches out of its {type(parent).__name__}: {rect.getRect()} in {parent.width()}x{parent.height()}"
        part = parent
    return ""


def walk(window: MainWindow, name: str, *, labs: bool = True, every_view: bool = True) -> Iterator[Finding]:
    """Go through a window as it stands, tab by tab, and yield what lacks room anywhere."""
    for tab in TABS:
        window.show_tab(tab.id)
        QTest.qWait(60)
        yield from shortages(window, f"{name} {tab.id}")
        if tab.id == "watch":
            yield from _panels(window, f"{name} watch")
            if every_view:
                yield from _views(window, f"{name} watch")
        if tab.id == "explore" and labs:
            for lab in list(window.explore._specs):
                window.explore.show_lab(lab)
                yield from _pages(window, f"{name} {lab}")
    window.show_tab(TABS[0].id)


def _pages(window: MainWindow, place: str) -> Iterator[Finding]:
    """Turn the pages of the lab on show, if it has any."""
    lab = window.explore.lab
    buttons: list[QAbstractButton] = [*lab.menu.buttons()] if isinstance(lab, MicroscopeLab) else []
    for pages in () if lab is None else lab.findChildren(SwitchedPages):
        buttons += pages.switch.buttons
    QTest.qWait(60)
    yield from shortages(window, place)
    for button in (*buttons[1:], *buttons[:1]):
        button.click()
        QTest.qWait(60)
        yield from shortages(window, f"{place}, {button.text()}")


def _panels(window: MainWindow, place: str) -> Iterator[Finding]:
    buttons = window.build_column.switch.buttons
    for button in (*buttons, buttons[0]):
        button.click()
        QTest.qWait(30)
        yield from shortages(window, f"{place}, {button.text()}")


def _views(window: MainWindow, place: str) -> Iterator[Finding]:
    facts = window.building._facts
    plane = facts is not None and facts.dataset.plane
    for view, spec in views().items():
        if not spec.beside and (plane or not spec.in_a_plane):
            window.stage.hierarchy.promote(view)
            QTest.qWait(40)
            yield from shortages(window, f"{place}, {view} large")
    window.stage.hierarchy.reset()


def main() -> int:
    """Walk, print, count."""
    from tests.pictures import Photographer

    asked = sys.argv[1:]
    application = QApplication([])
    photographer = Photographer(application)
    window = photographer.window
    found: set[Finding] = set()
    for runs in (1, 3):
        for experiment in ("spiral", "digits"):
            window.files.open_built_in(experiment)
            photographer.wait()
            photographer.train(2)
            for rate in (0.01, 0.1)[: runs - 1]:
                window.document.what_if({"training.learning_rate": rate}, f"rate {rate:g}")
                photographer.wait()
                window.document.viewpoint.select(0)
                photographer.wait()
            photographer.train(2)
            for (width, height), scales in SIZES.items():
                for scale in scales:
                    place = f"{width}x{height}@{scale:.0%}".replace("%", "")
                    if asked and place not in asked:
                        continue
                    window._theme.set_text_scale(scale)
                    window.resize(width, height)
                    QTest.qWait(300)
                    for finding in walk(window, f"{place} {experiment} {runs} runs"):
                        kind = Finding(place, finding.words, "")
                        if kind not in found:  # once a size, wherever it was seen first
                            found.add(kind)
                            print(f"{finding.place}: {finding.words} {finding.fault}", flush=True)
    window.close()
    print(f"{len(found)} findings")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())

"""What hands can do in the window: every act takes its choices from one seeded generator."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from app.arrangement.tabs import TABS
from app.window.main_window import MainWindow
from app.window.menus.look_menus import TextSizeMenu, ThemeMenu
from simulator.experiment import names

LEFT: Final = Qt.MouseButton.LeftButton
NONE: Final = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
KEYS: Final = (
    *((key, NONE) for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End)),
    *((key, NONE) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)),
    *((key, NONE) for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape)),
    *((key, NONE) for key in (Qt.Key.Key_Delete, Qt.Key.Key_F4, Qt.Key.Key_F2, Qt.Key.Key_Question, Qt.Key.Key_F1)),
    *((key, SHIFT) for key in (Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Tab)),
    *((key, CTRL) for key in (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_D, Qt.Key.Key_S, Qt.Key.Key_O)),
    *((key, CTRL) for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)),
    *((key, ALT) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down)),
)
TYPED: Final = (
    "0",
    "1",
    "3",
    "16",
    "0.01",
    "1e-3",
    "1e9",
    "-4",
    "nan",
    "x",
    "",
    "999999",
    "0,5",
    "Žluťoučký & <b>kůň</b>",
)
SIZES: Final = (QSize(1600, 900), QSize(1366, 768), QSize(1024, 640))
LEFT_OUT: Final = (TextSizeMenu, ThemeMenu)
"""The theme and the size of the text: until the window's own issue."""


class Hands:
    """Does one random thing at a time.

    Parameters
    ----------
    folder
        Where files are saved and opened.
    """

    def __init__(self, window: MainWindow, seed: int, folder: Path) -> None:
        self._window = window
        self._rng = random.Random(seed)
        self._folder = folder
        weights: dict[Callable[[], str], int] = {
            self._click: 26,
            self._press: 18,
            self._train: 10,
            self._slide: 8,
            self._type: 6,
            self._choose: 8,
            self._menu: 5,
            self._tab: 5,
            self._layers: 6,
            self._undo: 5,
            self._scrub: 5,
            self._lab: 4,
            self._open: 3,
            self._twin: 3,
            self._weight: 3,
            self._context: 3,
            self._wheel: 2,
            self._save: 2,
            self._wait: 6,
            self._resize: 1,
        }
        self._acts, self._weights = list(weights), list(weights.values())

    def act(self) -> str:
        """Do something, close what it has opened, and say what it was."""
        words = self._rng.choices(self._acts, self._weights)[0]()
        QApplication.processEvents()
        return words + self._answer()

    # what there is ---------------------------------------------------------------------------------------------------

    def _seen(self, *kinds: type[QWidget], inside: QWidget | None = None) -> list[QWidget]:
        """Return the controls in view, those that take part."""
        found = (inside or self._window).findChildren(QWidget)
        return [widget for widget in found if isinstance(widget, kinds) and widget.isVisible() and widget.isEnabled()]

    def _one(self, *kinds: type[QWidget], inside: QWidget | None = None) -> QWidget | None:
        found = self._seen(*kinds, inside=inside)
        return self._rng.choice(found) if found else None

    def _place_in(self, widget: QWidget) -> QPoint:
        return QPoint(self._rng.randrange(max(1, widget.width())), self._rng.randrange(max(1, widget.height())))

    # what they do ----------------------------------------------------------------------------------------------------

    def _click(self) -> str:
        widget = self._one(QAbstractButton, QComboBox, QAbstractItemView, QAbstractSlider, QLineEdit)
        if widget is None:
            return "nothing to click"
        words = f"click {describe(widget)}"
        menu = widget.menu() if isinstance(widget, QPushButton | QToolButton) else None
        if menu is not None:
            menu.popup(widget.mapToGlobal(widget.rect().bottomLeft()))
        elif isinstance(widget, QAbstractItemView):
            QTest.mouseClick(widget.viewport(), LEFT, pos=self._place_in(widget.viewport()))
        elif self._rng.random() < 0.05:
            QTest.mouseDClick(widget, LEFT, pos=self._place_in(widget))
        else:
            QTest.mouseClick(widget, LEFT, pos=self._place_in(widget))
        return words

    def _press(self) -> str:
        key, modifiers = self._rng.choice(KEYS)
        target = self._window.focusWidget() or self._window
        words = f"press {modifiers.name}+{key.name} in {describe(target)}"
        QTest.keyClick(target, key, modifiers)
        return words

    def _train(self) -> str:
        name = self._rng.choice(("play", "play", "step", "epoch", "new_weights", "reset"))
        if name == "new_weights":
            self._window.document.new_weights()
        elif self._window.time.isVisible():
            QTest.mouseClick(self._window.time.transport.buttons[name], LEFT)
        return name

    def _slide(self) -> str:
        slider = self._one(QAbstractSlider)
        if slider is None or isinstance(slider, QScrollBar):
            return "nothing to slide"
        words = f"drag {describe(slider)}"
        QTest.mousePress(slider, LEFT, pos=self._place_in(slider))
        for _move in range(self._rng.randrange(6)):
            QTest.mouseMove(slider, self._place_in(slider))
            QApplication.processEvents()
        QTest.mouseRelease(slider, LEFT, pos=self._place_in(slider))
        return words

    def _type(self) -> str:
        field, text = self._one(QLineEdit), self._rng.choice(TYPED)
        if not isinstance(field, QLineEdit):
            return "nothing to type in"
        words = f"type {text!r} in {describe(field)}"
        field.setFocus(Qt.FocusReason.MouseFocusReason)
        field.selectAll()
        for letter in text:
            # QTest knows the letters of ASCII alone
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, NONE, letter))
        QTest.keyClick(field, self._rng.choice((Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)))
        return words

    def _choose(self) -> str:
        combo = self._one(QComboBox)
        if combo is None:
            return "nothing to choose from"
        words = f"choose in {describe(combo)}"
        combo.setFocus(Qt.FocusReason.TabFocusReason)
        for _time in range(self._rng.randrange(1, 5)):
            if isValid(combo):
                QTest.keyClick(combo, self._rng.choice((Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)))
        return words

    def _menu(self) -> str:
        menu = self._rng.choice(list(self._window.menus.bar.menus.values()))
        menu.popup(self._window.menuBar().mapToGlobal(self._window.menuBar().rect().bottomLeft()))
        return f"menu {menu.title()}"

    def _tab(self) -> str:
        tab = self._rng.choice(TABS)
        button = next(
            (b for b in self._seen(QAbstractButton, inside=self._window.header.tabs) if b.text() == tab.title), None
        )
        if button is not None:
            QTest.mouseClick(button, LEFT)
        else:
            self._window.show_tab(tab.id)
        return f"tab {tab.id}"

    def _layers(self) -> str:
        network = self._window.build_column.network
        if not network.isVisible():
            self._window.show_tab("watch")
            self._window.build_column.show_page("network")
            return "page network"
        if self._rng.random() < 0.3:
            network.open_palette()
            return "palette of layers"
        rows = network.layers.layers.rowCount()
        network.select_layer(self._rng.randrange(rows))
        key = self._rng.choice(
            ((Qt.Key.Key_Delete, NONE), (Qt.Key.Key_D, CTRL), (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Down, ALT))
        )
        network.layers.setFocus()
        QTest.keyClick(network.layers, *key)
        return f"layers: {key[0].name} on row of {rows}"

    def _undo(self) -> str:
        way = self._rng.choice(("undo", "undo", "redo"))
        for _time in range(self._rng.randrange(1, 6)):
            getattr(self._window.undo_group, way)()
        return way

    def _scrub(self) -> str:
        line = self._window.time.history.timeline
        if not line.isVisible():
            return "no history"
        QTest.mousePress(line, LEFT, pos=self._place_in(line))
        for _move in range(self._rng.randrange(4)):
            QTest.mouseMove(line, self._place_in(line))
            QApplication.processEvents()
        QTest.mouseRelease(line, LEFT, pos=self._place_in(line))
        return "drag the history"

    def _lab(self) -> str:
        self._window.show_tab("explore")
        lab = self._rng.choice(list(self._window.explore._specs))
        self._window.explore.show_lab(lab)
        return f"lab {lab}"

    def _open(self) -> str:
        name = self._rng.choice(names())
        self._window.files.open_built_in(name)
        return f"open {name}"

    def _twin(self) -> str:
        document = self._window.document
        if self._rng.random() < 0.5:
            self._window.lanes.what_if_asked.emit()
            return "what if"
        document.what_if({"training.learning_rate": self._rng.choice((0.001, 0.01, 0.1))}, "another rate")
        return "twin"

    def _weight(self) -> str:
        self._window.document.weights.edit(
            "output.b", (self._rng.randrange(2),), 0.0, self._rng.choice((0.0, 0.5, 2.0))
        )
        return "set a weight"

    def _context(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        words = f"context menu of {describe(widget)}"
        place = self._place_in(widget)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
        QApplication.sendEvent(widget, event)
        return words

    def _wheel(self) -> str:
        widget = self._one(QWidget)
        if widget is None:
            return "nothing"
        words = f"wheel over {describe(widget)}"
        place = QPointF(self._place_in(widget))
        turn = QPoint(0, self._rng.choice((-120, 120)))
        event = QWheelEvent(
            place,
            widget.mapToGlobal(place),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            NONE,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        return words

    def _save(self) -> str:
        files, path = self._window.files, self._folder / f"{self._rng.randrange(3)}.json"
        if path.exists() and self._rng.random() < 0.5:
            files.open_path(path)
            return f"open {path.name}"
        files.save_path(path)
        return f"save {path.name}"

    def _wait(self) -> str:
        QTest.qWait(self._rng.choice((1, 20, 100, 300)))
        return "wait"

    def _resize(self) -> str:
        size = self._rng.choice(SIZES)
        self._window.resize(size)
        return f"resize to {size.width()}"

    def _answer(self) -> str:
        """Choose from the menus that have opened, or close them; close dialogs."""
        words = ""
        for _popup in range(8):
            QApplication.processEvents()
            popup = QApplication.activePopupWidget()
            dialog = QApplication.activeModalWidget()
            if isinstance(popup, QMenu):
                words += self._choose_from(popup)
            elif popup is not None:
                popup.close()
            elif dialog is not None:
                words += f", close {type(dialog).__name__}"
                dialog.close()
            else:
                break
        return words

    def _choose_from(self, menu: QMenu) -> str:
        offered = [action for action in menu.actions() if _may_choose(action)]
        if not offered or self._rng.random() < 0.2:
            menu.close()
            return ", close the menu"
        action = self._rng.choice(offered)
        words = f", choose {action.text()!r}"
        inner = action.menu()
        if isinstance(inner, QMenu):
            menu.close()
            inner.popup(self._window.mapToGlobal(QPoint(200, 100)))
        else:
            QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
            if QApplication.activePopupWidget() is menu:
                menu.close()
        return words


def describe(widget: QWidget) -> str:
    """Return words for a widget that a person can find it by."""
    return f"{type(widget).__name__} {widget.accessibleName()[:40]!r}"


def _may_choose(action: QAction) -> bool:
    left_out = isinstance(action.menu(), LEFT_OUT) or action.objectName() in ("quit", "larger", "smaller")
    return action.isEnabled() and action.isVisible() and not action.isSeparator() and not left_out

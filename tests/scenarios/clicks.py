"""What a person does in the window, for the scenarios: menus, playing to the end, reading a plot."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.actions.mnemonics import plain
from app.cards.plot_card import PlotCard
from app.plots.canvas.notes import Note
from app.running.run_state import RunState
from app.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


def click_entry(qtbot: QtBot, window: MainWindow, menu: QMenu, *path: str) -> None:
    """Open a list of the menu bar and its submenus, and click the last entry."""
    menu.popup(window.menuBar().mapToGlobal(QPoint(0, window.menuBar().height())))
    for depth, text in enumerate(path):
        action = next(action for action in menu.actions() if plain(action.text()) == text)
        qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        if depth < len(path) - 1:
            inner = action.menu()
            assert isinstance(inner, QMenu)
            qtbot.waitUntil(inner.isVisible)
            menu = inner
    while QApplication.activePopupWidget() is not None:
        QApplication.activePopupWidget().close()


def open_experiment(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Find an experiment by its name, and open it."""
    qtbot.mouseClick(window.finding.button, LEFT)
    qtbot.keyClicks(window.finding.palette.field, name)
    qtbot.keyClick(window.finding.palette.field, Qt.Key.Key_Return)


def train_to_the_end(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.controller.state is RunState.READY, timeout=60_000)
    qtbot.keyClick(window.time.transport.speed.slider, Qt.Key.Key_End)
    qtbot.mouseClick(window.time.transport.buttons["play"], LEFT)
    qtbot.waitUntil(lambda: window.controller.state is RunState.FINISHED, timeout=60_000)
    qtbot.wait(200)


def words_of(card: PlotCard) -> list[str]:
    notes = [note.text for note in card.plot.canvas.notes if isinstance(note, Note)]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in notes]

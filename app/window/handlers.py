"""What the actions do that ask nothing of the window but its parts."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.file_actions import FileActions
from app.actions.slides import Slides
from app.cards.plot_desk import PlotDesk
from app.document.document import Document
from app.document.undo import UndoGroup
from app.running.run_controller import RunController
from app.theme import Theme
from app.window.menus.look_menus import next_scale

Act = Callable[[], object]


def of_time(document: Document, controller: RunController, may_train: Callable[[], bool]) -> dict[str, Act]:
    """Return what trains; nothing trains out of sight, while a lab is on show, so `may_train` is asked first."""
    acts: dict[str, Act] = {
        "reset": document.reset,
        "play": controller.toggle,
        "step": controller.step,
        "epoch": controller.epoch,
        "new_weights": document.new_weights,
    }

    def unless_hidden(act: Act) -> Act:
        return lambda: act() if may_train() else None

    return {name: unless_hidden(act) for name, act in acts.items()}


def of_work(document: Document, files: FileActions, slides: Slides, undo: UndoGroup) -> dict[str, Act]:
    """Return what opens, saves, undoes, and goes from slide to slide."""
    return {
        "open": files.ask_open,
        "open_left": files.open_left,
        "save": files.save,
        "save_as": files.ask_save,
        "undo": undo.undo,
        "redo": undo.redo,
        "next_slide": slides.go_on,
        "previous_slide": slides.go_back,
        "new_points": document.new_points,
    }


def of_looks(theme: Theme, plots: PlotDesk, window: QWidget) -> dict[str, Act]:
    """Return what is done with plots, and what changes the size of what is seen."""
    return {
        **plots.handlers(),
        "full_screen": lambda: window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen),
        "larger": lambda: theme.set_text_scale(next_scale(theme.text_scale, 1)),
        "smaller": lambda: theme.set_text_scale(next_scale(theme.text_scale, -1)),
    }

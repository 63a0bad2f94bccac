"""The menu of built-in experiments, by the chapters of the lecture."""

import re
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from app.actions.file_actions import FileActions, left_from_last_time
from app.document.built_in import title_of
from app.system.i18n import _
from simulator.experiment import names
from simulator.message import N_

CHAPTERS: Final = {
    "A": N_("What training is"),
    "B": N_("Activation functions"),
    "C": N_("Preprocessing"),
    "D": N_("Weights at the start"),
    "E": N_("Batch normalisation"),
    "F": N_("Watching over a training"),
    "G": N_("Hyperparameters"),
    "H": N_("Reading the curves"),
}
_OF_THE_LECTURE: Final = re.compile(r"[A-H]\d")


class ExperimentsMenu(QMenu):
    """Opens what comes with the program, and what was left unsaved last time."""

    def __init__(self, files: FileActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        # The files are read when the menu is first wanted, not before the window shows.
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the names of the built-in experiments, once."""
        if self.actions():
            return
        if left_from_last_time().exists():
            self.addAction(_("What was not saved last time")).triggered.connect(self._files.open_left)
            self.addSeparator()
        of_the_lecture = [name for name in names() if _OF_THE_LECTURE.match(name)]
        for name in reversed(names()):
            if name not in of_the_lecture:
                _offer(self, self._files, name)
        self.addSeparator()
        for letter, chapter_title in CHAPTERS.items():
            members = [name for name in of_the_lecture if name.startswith(letter)]
            if members:
                chapter = self.addMenu(_(chapter_title))
                # A chapter's files are read when it is opened.
                chapter.aboutToShow.connect(lambda chapter=chapter, members=members: self._fill(chapter, members))

    def _fill(self, chapter: QMenu, members: list[str]) -> None:
        if not chapter.actions():
            for name in members:
                _offer(chapter, self._files, name)


def _offer(menu: QMenu, files: FileActions, name: str) -> None:
    # Qt takes a single "&" for a shortcut.
    action = menu.addAction(title_of(name).replace("&", "&&"))
    action.triggered.connect(lambda: files.open_built_in(name))

"""The menu of built-in experiments, by the chapters of the lecture."""

import re
from typing import Final

from PySide6.QtWidgets import QMenu, QWidget

from app.actions.file_actions import FileActions
from app.document.built_in import title_of
from app.lecture.slides import SECTIONS
from app.system.i18n import _
from simulator.experiment import names

_OF_THE_LECTURE: Final = re.compile(r"[A-H]\d")


class ExperimentsMenu(QMenu):
    """Opens what comes with the program, and what was left unsaved last time."""

    def __init__(self, files: FileActions, parent: QWidget | None = None) -> None:
        super().__init__(_("Experiments"), parent)
        self._files = files
        # The files are read when the menu is first wanted, not before the window shows.
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the names of the built-in experiments, once."""
        if self.actions():
            return
        of_the_lecture = [name for name in names() if _OF_THE_LECTURE.match(name)]
        for name in reversed(names()):
            if name not in of_the_lecture:
                _offer(self, self._files, name)
        self.addSeparator()
        for section in SECTIONS:
            members = [name for name in of_the_lecture if name.startswith(section.letter)]
            if members:
                chapter = self.addMenu(_(section.title))
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

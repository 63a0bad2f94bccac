"""The slide that is open, the ones beside it, and the way there."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.actions.file_actions import FileActions
from app.document.document import Document
from app.lecture.course import experiments_of, neighbours, slide_of
from app.lecture.slides import Slide
from simulator.experiment import names

MOST_RECENT: Final = 5


class Slides(QObject):
    """Follows the document: the slide stays the one that was opened, whatever is changed in it.

    Signals
    -------
    changed()
        Another slide is open, or none.

    Attributes
    ----------
    slide, before, after
        The open one and its neighbours that have an experiment; None where there is none.
    recent
        Ids of the built-in experiments that were opened last, the newest first.
    """

    changed = Signal()

    def __init__(self, document: Document, files: FileActions, recent: tuple[str, ...] = ()) -> None:
        super().__init__(files)
        self._document = document
        self._files = files
        self._built_in: str | None = None
        self.recent = recent
        self.slide: Slide | None = None
        self.before: Slide | None = None
        self.after: Slide | None = None
        document.changed.connect(self._follow)
        self._follow()

    def go_back(self) -> None:
        """Open the slide before."""
        self._open(self.before)

    def go_on(self) -> None:
        """Open the slide after."""
        self._open(self.after)

    def _open(self, slide: Slide | None) -> None:
        if slide is not None:
            self._files.open_built_in(experiments_of(slide, names())[0])

    def _follow(self, *_states: object) -> None:
        built_in = self._document.state.built_in
        if built_in == self._built_in:
            return
        if built_in and self._built_in is not None:  # what stands there at the start was not opened by anybody
            others = (name for name in self.recent if name != built_in)
            self.recent = (built_in, *others)[:MOST_RECENT]
        self._built_in = built_in
        self.slide = slide_of(built_in)
        self.before, self.after = neighbours(self.slide, names())
        self.changed.emit()

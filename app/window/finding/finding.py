"""All that finds: the field in the menu bar, the palette, the page of experiments, and the way to what was found."""

from PySide6.QtWidgets import QMenuBar, QWidget

from app.actions.actions import Actions
from app.actions.slides import Slides
from app.document.document import Document
from app.theme import Theme
from app.window.experiments.room import ExperimentsRoom
from app.window.finding.find_button import FindButton, put_in_corner
from app.window.finding.index import index
from app.window.finding.palette import Palette
from app.window.finding.way import Way


class Finding:
    """Made of its four parts, for one window.

    Parameters
    ----------
    over
        What the palette lies over.
    """

    def __init__(
        self,
        theme: Theme,
        document: Document,
        actions: Actions,
        slides: Slides,
        way: Way,
        bar: QMenuBar,
        over: QWidget,
    ) -> None:
        self.way = way
        self.button = FindButton(actions["find"], theme)
        put_in_corner(self.button, bar)
        self.palette = Palette(theme, lambda: index(document.experiment), over)
        self.palette.chosen.connect(way.go)
        self.experiments = ExperimentsRoom(theme, slides, way, lambda: index(document.experiment))

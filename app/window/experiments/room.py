"""Where the page of experiments is: it is made when it is first wanted."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.slides import Slides
from app.finding.entry import Entry
from app.theme import Theme
from app.window.experiments.page import ExperimentsPage, slides_of
from app.window.finding.way import Way


class ExperimentsRoom(QWidget):
    """Holds the page.

    Parameters
    ----------
    entries
        Gives all that can be found.
    way
        Leads to what is opened.

    Signals
    -------
    left()
        Nothing was opened, and one wants to go back.
    """

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        slides: Slides,
        way: Way,
        entries: Callable[[], Sequence[Entry]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._slides = slides
        self._way = way
        self._entries = entries
        self._page: ExperimentsPage | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)

    @property
    def page(self) -> ExperimentsPage:
        """The page, made if need be."""
        if self._page is None:
            self._page = ExperimentsPage(self._theme, slides_of(self._entries()))
            self._page.left.connect(self.left)
            self._page.slide_wanted.connect(self._way.open_slide)
            self._page.experiment_wanted.connect(self._way.open_experiment)
            self._rows.addWidget(self._page)
        return self._page

    def open_up(self) -> None:
        """Come into view with the slide that is open shown large."""
        self.page.open_up(self._slides.slide.id if self._slides.slide is not None else "", self._slides.recent)

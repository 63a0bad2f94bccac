"""A plot of something that is no run: a lab hands it what to draw."""

from typing import Generic, TypeVar

from app.export.table import Table
from app.plots.canvas.plot import Plot
from app.system.i18n import _
from app.theme import Theme
from simulator.training import Picture

D = TypeVar("D")


class Figure(Plot, Generic[D]):
    """Draws the newest thing of one kind that it was given; listens to no pictures.

    What a subclass must give: `_draw_data`, `_style`, `_describe_data`, `_table_of`. One with curves owns a `Reader`.
    """

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._data: D | None = None
        # nothing goes on that could be followed
        self.follow.name(_("Whole"), title)

    @property
    def data(self) -> D | None:
        """What is drawn."""
        return self._data

    def show_data(self, data: D | None) -> None:
        """Draw this; at once if in view, else when the plot comes into view. None brings the words back."""
        self._data = data
        self.refresh()
        self.setAccessibleDescription(self.describe())

    def say(self, words: str) -> None:
        """Show words in the place of the data, such as why there are none."""
        self._empty = words
        self.show_data(None)

    def show_picture(self, picture: Picture) -> None:
        pass

    def _words_instead(self) -> str:
        return self._empty if self._data is None else self._missing_data(self._data)

    def _draw_newest(self) -> None:
        if self._data is not None:
            self._draw_data(self._data)

    def _describe_newest(self) -> str:
        return "" if self._data is None else self._describe_data(self._data)

    def _tabled(self) -> Table:
        return Table(()) if self._data is None else self._table_of(self._data)

    def _table_of(self, data: D) -> Table:
        """Return the numbers that are drawn."""
        raise NotImplementedError

    def _draw_data(self, data: D) -> None:
        """Give the items their data; set ranges, notes and the subtitle."""
        raise NotImplementedError

    def _describe_data(self, data: D) -> str:
        """Return the numbers in words."""
        raise NotImplementedError

    def _missing_data(self, _data: D) -> str:
        """Return why there is nothing to draw, or nothing."""
        return ""

"""What a window does with its plots, one for each window: a plot alone, what is taken away from it, its zoom."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWhatsThis, QWidget

from app.cards.alone import Alone
from app.cards.plot_menu import fill_plot_menu
from app.cards.plot_takeaway import PlotTakeaway
from app.plots.canvas.plot import Plot
from app.plots.canvas.zoom import Zoom
from app.theme import Theme
from app.theme.prose import as_tip


class PlotDesk(QObject):
    """Found by `of`; a command that names no plot means the one that is alone, has the focus, or is under the mouse.

    Attributes
    ----------
    takeaway
        Copies and saves.
    """

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._alone: Alone | None = None
        self.takeaway = PlotTakeaway(theme, window)
        for told in (self.takeaway.told, self.takeaway.failed):
            told.connect(self._say)
        self._deeds: dict[str, Callable[[Plot], None]] = {
            "copy_picture": self.takeaway.copy_picture,
            "save_picture": self.takeaway.save_picture,
            "copy_data": self.takeaway.copy_data,
            "save_data": self.takeaway.save_data,
            "plot_alone": self.enlarge,
            "reset_zoom": self.reset_zoom,
            "explain_plot": self.explain,
        }

    @classmethod
    def of(cls, theme: Theme, window: QWidget) -> "PlotDesk":
        """Return the desk of a window, made when it is first asked for."""
        found = [child for child in window.children() if isinstance(child, cls)]
        return found[0] if found else cls(theme, window)

    @property
    def alone(self) -> Alone | None:
        """The plot that has the window for itself, in its frame."""
        return self._alone

    # what is done with a plot ----------------------------------------------------------------------------------------

    def enlarge(self, plot: Plot) -> None:
        """Let a plot have the window for itself; once more, and it is back in its place."""
        again = self._alone is not None and self._alone.plot is plot
        self.leave()
        if not again:
            self._alone = Alone(self._theme, self._window, plot, self._on_left)

    def leave(self) -> None:
        """Put the plot that is alone back in its place."""
        if self._alone is not None:
            self._alone.leave()

    def reset_zoom(self, plot: Plot) -> None:
        """Let a plot show the whole again."""
        plot.canvas.set_zoom(Zoom())

    def explain(self, plot: Plot) -> None:
        """Say what a plot shows, until a click or a key."""
        place = plot.canvas.viewport().mapToGlobal(plot.canvas.viewport().rect().center())
        QWhatsThis.showText(place, as_tip(f"{plot.title}\n{plot.describe()}"), plot)

    def fill_menu(self, menu: QMenu, plot: Plot) -> None:
        """Put a plot's entries into a menu."""
        fill_plot_menu(menu, plot, {name: partial(deed, plot) for name, deed in self._deeds.items()})

    def open_menu(self, plot: Plot, at: QPoint) -> None:
        """Open the menu of a plot at a place of the screen."""
        menu = QMenu(plot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, plot)
        menu.popup(at)

    # which plot is meant ---------------------------------------------------------------------------------------------

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions for plots do, by their ids: each asks which plot is meant."""
        return {name: partial(self._act, deed) for name, deed in self._deeds.items()}

    def meant(self) -> Plot | None:
        """Return the plot that a command means which names none; the largest in view where nothing tells it."""
        if self._alone is not None:
            return self._alone.plot
        for widget in (self._window.focusWidget(), QApplication.widgetAt(QCursor.pos())):
            plot = _plot_round(widget)
            if plot is not None and plot.window() is self._window:
                return plot
        plots = [plot for plot in self._window.findChildren(Plot) if plot.isVisible()]
        return max(plots, key=lambda plot: plot.width() * plot.height(), default=None)

    def _act(self, deed: Callable[[Plot], None]) -> None:
        plot = self.meant()
        if plot is not None:
            deed(plot)

    def _say(self, words: str) -> None:
        if self._alone is not None:
            self._alone.say(words)

    def _on_left(self) -> None:
        self._alone = None


def plot_slot(plot: Plot, theme: Theme) -> QWidget:
    """Return a place for a plot, which stays when the plot is elsewhere; hands on the plot are the desk's matter."""
    place = QWidget()
    layout = QVBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(plot)

    def desk() -> PlotDesk:
        return PlotDesk.of(theme, plot.window())

    plot.canvas.opened.connect(lambda: desk().enlarge(plot))
    plot.canvas.menu_asked.connect(lambda at: desk().open_menu(plot, at))
    plot.canvas.explanation_asked.connect(lambda: desk().explain(plot))
    return place


def _plot_round(widget: QWidget | None) -> Plot | None:
    while widget is not None and not isinstance(widget, Plot):
        widget = widget.parentWidget()
    return widget

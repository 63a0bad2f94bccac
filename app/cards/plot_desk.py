"""What a window does with its plots, one for each window: a plot alone, what is taken away from it, its zoom."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget

from app.cards.alone import Alone
from app.plots.canvas.plot import Plot
from app.plots.canvas.zoom import Zoom
from app.theme import Theme


class PlotDesk(QObject):
    """Found by `of`; commands that name no plot mean the one that is alone, has the focus, or is under the mouse."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._alone: Alone | None = None

    @classmethod
    def of(cls, theme: Theme, window: QWidget) -> "PlotDesk":
        """Return the desk of a window, made when it is first asked for."""
        found = [child for child in window.children() if isinstance(child, cls)]
        return found[0] if found else cls(theme, window)

    @property
    def alone(self) -> Alone | None:
        """The plot that has the window for itself, in its frame."""
        return self._alone

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

    def reset_zoom(self, plot: Plot | None = None) -> None:
        """Let a plot show the whole again."""
        plot = plot or self.meant()
        if plot is not None:
            plot.canvas.set_zoom(Zoom())

    def enlarge_meant(self) -> None:
        """Let the plot that is meant have the window for itself."""
        plot = self.meant()
        if plot is not None:
            self.enlarge(plot)

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

    def _on_left(self) -> None:
        self._alone = None


def _plot_round(widget: QWidget | None) -> Plot | None:
    while widget is not None and not isinstance(widget, Plot):
        widget = widget.parentWidget()
    return widget

"""A plot over time: its parts are an axis, marks on it, and a reader; here they are joined to what every plot does."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from app.look.options import Option
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import AnyNote
from app.plots.canvas.plot import Plot
from app.plots.canvas.reader import Reader, Readout
from app.plots.canvas.time_axis import LINEAR, LOG, SCALE, SPAN, TimeAxis
from app.plots.canvas.time_marks import TimeMarks
from app.plots.canvas.time_unit import AXIS
from app.plots.canvas.zoom import Zoom
from app.theme import Theme
from simulator.training import Picture


class TimePlot(Plot):
    """Curves over steps or epochs, on `axis`; they are read by `reader`.

    What a subclass must give besides: `_nearest`; what it may: `_forget_values`.
    """

    zooms = True

    def __init__(self, theme: Theme, title: str, empty: str, scale: str = LINEAR, *, by_epoch: bool = False) -> None:
        super().__init__(theme, title, empty)
        self.axis = TimeAxis(self.canvas, scale, by_epoch=by_epoch)
        self.marks = TimeMarks(self.canvas, self.axis)
        self.reader = Reader(self.canvas, self._nearest, self._words_instead)
        self.reader.otherwise = self._marked_notes
        self.reader.moved.connect(self._on_read)
        self._pointed: int | None = None
        self._marked: int | None = None

    def show_picture(self, picture: Picture) -> None:
        self.axis.picture = picture
        super().show_picture(picture)

    # what the reader chooses -----------------------------------------------------------------------------------------

    @property
    def _tells_axis(self) -> bool:
        """Whether the grey words say what runs across, because under the axis there is no room."""
        return self._compact and self.axis.unit == self.axis.native

    def options(self) -> tuple[Option, ...]:
        return self.axis.options()

    def set_option(self, key: str, value: str) -> None:
        if key == SPAN:
            self.set_span(value)
        elif key == SCALE:
            self.set_logarithmic(value == LOG)
        elif key == AXIS:
            self.axis.set_unit(value)
            self.options_changed.emit()
            self.refresh()

    def set_span(self, span: str) -> None:
        """Choose which part of time is in view; `FIXED` keeps both axes as they are now."""
        if span != self.axis.span:
            self.axis.set_span(span)
            self._forget_values()
            self.options_changed.emit()
            self.refresh()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose a logarithmic or a linear axis for the values."""
        if logarithmic != self.axis.logarithmic:
            self.axis.set_logarithmic(logarithmic)
            self.canvas.set_zoom(Zoom())
            self.options_changed.emit()
            self.refresh()

    def mark_step(self, step: int | None) -> None:
        if step != self._marked:
            self._marked = step
            self.reader.write()

    # for subclasses --------------------------------------------------------------------------------------------------

    def time_notes(self, picture: Picture, lanes: Sequence[Lane] = ()) -> list[AnyNote]:
        """Return the step on display, where it is a past one, and what happened to the runs."""
        return self.marks.notes(picture, lanes, self._theme.tokens)

    def _nearest(self, x: float) -> list[Readout]:
        """Return the points to read out at `x`, the one that carries the words first."""
        raise NotImplementedError

    def _forget(self) -> None:
        self.axis.forget()
        self._forget_values()
        self._marked = None

    def _forget_values(self) -> None:
        """Give up the ends of the value axis that were kept for the sake of calm."""

    # reading ---------------------------------------------------------------------------------------------------------

    def _on_read(self) -> None:
        readouts = self.reader.readouts()
        picture = self._picture
        step = self.axis.step_read(picture, readouts[0].x) if readouts and picture is not None else None
        if step != self._pointed:
            self._pointed = step
            self.step_pointed.emit(step)

    def _marked_notes(self) -> list[AnyNote]:
        """Mark the step that is read in another plot."""
        if self._marked is None or self._picture is None or self._words_instead():
            return []
        area, canvas = self.canvas.area, self.canvas
        column = canvas.pixel_x(self.axis.along(self._picture, self._marked))
        if not area.left() <= column <= area.right():
            return []
        return self.marks.read_elsewhere(column, self._nearest(canvas.to_data(QPointF(column, 0)).x()))

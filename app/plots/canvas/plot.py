"""What every plot is: it takes pictures, keeps its items, and says in words what it shows."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.export.table import Table
from app.look.cost import Cost
from app.look.lane_look import LaneLook
from app.look.marks import LegendEntry
from app.look.options import Option
from app.plots.canvas.calm import Calm
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.follow import FollowButton
from app.plots.canvas.lanes import Lane, belong_together, lanes_of
from app.plots.canvas.layer_names import LayerNames
from app.plots.canvas.zoom import Zoom
from app.theme import Theme
from app.theme.large import LargeTheme
from simulator.training import LayerFrame, Picture, RunFacts, StepLosses


class Plot(QWidget):
    """A canvas that shows one question.

    A hidden plot keeps the newest picture and draws it when it is shown. Items are made once; pictures only change
    their data. What a subclass must give: `_draw`, `_style`, `_describe`, `_tabled`; what it may: `_missing`,
    `_forget`, `_settle`, `legend`, `options`, and with several lanes `_draw_lanes` and `_describe_lanes`.

    Signals
    -------
    subtitle_changed(str)
        The grey words after the title are others.
    legend_changed()
        `legend` returns other entries.
    layer_clicked(int)
        A layer was clicked: its index in `Frame.layers` (0 is the input, cards count from 1, the last is the output).
    shown_changed(bool)
        The plot has come into view or gone out of it.
    options_changed()
        `options` returns other answers or questions.
    step_pointed(int | None)
        The mouse or a key reads the value at this step, or none any longer.
    cost_changed()
        `cost` was measured anew.
    series_changed()
        Another series is shown or hidden.
    """

    subtitle_changed = Signal(str)
    legend_changed = Signal()
    layer_clicked = Signal(int)
    shown_changed = Signal(bool)
    options_changed = Signal()
    step_pointed = Signal(object)
    cost_changed = Signal()
    series_changed = Signal()

    part: ClassVar[str] = ""
    """The optional part of frames that it draws; empty where the core is enough."""
    zooms: ClassVar[bool] = False
    """Whether a part of it may be looked at from near by: its axes are numbers, not things."""
    losses: Mapping[int, StepLosses] = MappingProxyType({})
    """Those of `loss_runs`, where they were fetched."""

    def __init__(self, theme: Theme, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = self.short_title = title
        self._dressed = self._theme = theme
        self._empty = empty
        self._picture: Picture | None = None
        self._facts: RunFacts | None = None
        self._selected: int | None = None
        self._looks: tuple[LaneLook, ...] = ()
        self._overlaid = self._drawing = self._large = False
        self._hidden: set[str] = set()
        self._compact = self._saves_room = False
        self._small = self._stands_small = False
        self._subtitle, self._told_value = "", ("", "text")
        self.legend_pitch = 0  # pixels that each entry of the legend takes at least: they head columns of the plot
        self._names = LayerNames()
        self.canvas = Canvas(theme, self)
        self.canvas.zooms = self.zooms
        self.canvas.resized.connect(self.refresh)
        self.canvas.zoom_changed.connect(self.refresh)
        self.canvas.set_words(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self._calm = Calm(lambda: -1 if self._picture is None else self._picture.sequence, self)
        self._calm.settled.connect(lambda live: self._settle(live))
        self._calm.looked.connect(self._on_calm)
        self.setAccessibleName(title)
        self.setAccessibleDescription(empty)
        self.canvas.setAccessibleName(title)
        self.follow = FollowButton(self.canvas, title)

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run; at once if in view, else when the plot comes into view."""
        if self._picture is None or not belong_together(picture.run_id, self._picture.run_id, self._looks):
            self._forget()
            self.canvas.set_zoom(Zoom())
            self.canvas.cost.forget()
        self._picture = picture
        self._calm.set_live(True)
        with self.canvas.cost.drawing():
            self.refresh()

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self._facts = facts
        self._take_facts(facts)
        self.refresh()

    def clear(self) -> None:
        """Show the words of an empty plot."""
        self._picture = None
        self._forget()
        self._calm.set_live(False)
        self.refresh()
        self.setAccessibleDescription(self.describe())

    def set_selected_layer(self, card: int | None) -> None:
        """Make a layer stand out: its index in `Frame.layers`, or None."""
        if card != self._selected:
            self._selected = card
            self.canvas.restyle()
            self.refresh()

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Draw several runs over each other: the one of the pictures and those beside it. With one, as usual."""
        if looks != self._looks:
            self._looks = looks
            self.legend_changed.emit()
            self.options_changed.emit()
            self.refresh()

    def set_option(self, key: str, value: str) -> None:
        """Choose an answer of one of `options`."""

    def mark_step(self, step: int | None) -> None:
        """Mark the step that is read in another plot; None for none. Only plots over time have a place for it."""

    def set_series_shown(self, key: str, shown: bool) -> None:
        """Show or hide what a legend entry stands for."""
        if shown:
            self._hidden.discard(key)
        else:
            self._hidden.add(key)
        self.series_changed.emit()
        self.refresh()

    def set_compact(self, compact: bool) -> None:
        """Save room: names of axes move into the grey words after the title."""
        if compact != self._saves_room:
            self._saves_room = compact
            self._fit_form()

    def set_small(self, small: bool) -> None:
        """Show what matters alone: a plot that stands beside a larger one."""
        if small != self._stands_small:
            self._stands_small = small
            self._fit_form()

    def set_large(self, large: bool) -> None:
        """Wear large type, for a plot that has the window for itself; there the wheel alone zooms."""
        self._large = large
        self._fit_form()
        self.canvas.wheels = large
        self.canvas.pans = large or bool(self.canvas.zoom)
        self.apply_theme(self._dressed)

    def apply_theme(self, theme: Theme) -> None:
        """Wear the colours and the type size of `theme`, which is in force."""
        self._dressed = theme
        self._theme = LargeTheme(theme) if self._large else theme
        self.canvas.apply_theme(self._theme)
        self._style()
        self.legend_changed.emit()
        self.refresh()

    @property
    def subtitle(self) -> str:
        """The grey words after the title: unit, sample, or the one number that counts."""
        return self._subtitle

    @property
    def value(self) -> tuple[str, str]:
        """The one number in the title line of a small plot, and the token of its colour."""
        return self._told_value

    def legend(self) -> tuple[LegendEntry, ...]:
        """Return what the colours and marks mean."""
        return ()

    def series(self) -> tuple[LegendEntry, ...]:
        """Return what may be shown or hidden."""
        return self.legend()

    def is_series_shown(self, key: str) -> bool:
        """Tell whether what a legend entry stands for is shown."""
        return key not in self._hidden

    _is_shown = is_series_shown

    def options(self) -> tuple[Option, ...]:
        """Return what may be chosen, with the answers in force."""
        return ()

    @property
    def cost(self) -> Cost | None:
        """What a picture costs, measured and smoothed; None before one was painted."""
        drawing = self.canvas.cost.milliseconds
        if drawing is None or self._picture is None:
            return None
        seconds = self._picture.part_seconds.get(self.part)
        return Cost(drawing, None if seconds is None else 1000 * seconds)

    def loss_runs(self) -> tuple[int, ...]:
        """Return the runs whose loss of every step `table` tells, where `losses` has it."""
        return ()

    def table(self) -> Table:
        """Return the numbers that are drawn, every one that was measured; no column where there is nothing to draw."""
        return Table(()) if self._words_instead() else self._tabled()

    def describe(self) -> str:
        """Return the present numbers in words."""
        return self._words_instead() or self._describe_newest()

    def refresh(self) -> None:
        """Draw the newest picture, if in view."""
        # a change of the axes while drawing resizes the data area, which asks for a drawing
        if self._drawing or not self.isVisible():
            return
        words = self._words_instead()
        self._drawing = True
        try:
            bare = bool(words) and self._lay_empty()
            self.canvas.set_words("" if bare else words, bare=bare)
            if words:
                self._set_subtitle("")
            else:
                self._draw_newest()
        finally:
            self._drawing = False

    def names_of(self, layers: Sequence[LayerFrame]) -> list[str]:
        """Return the names of layers in the reader's language."""
        return self._names.of(layers)

    def _words_instead(self) -> str:
        """Return what is said where there is nothing to draw, or nothing."""
        return self._empty if self._picture is None else self._missing(self._picture)

    def _draw_newest(self) -> None:
        if self._picture is None:
            return
        lanes = lanes_of(self._picture, self._looks)
        if bool(lanes) != self._overlaid:
            self._overlaid = bool(lanes)
            self._forget()
            self._set_overlaid(self._overlaid)
            self.legend_changed.emit()
            self.options_changed.emit()
        if lanes:
            self._draw_lanes(self._picture, lanes)
        else:
            self._draw(self._picture)

    def _describe_newest(self) -> str:
        if self._picture is None:
            return ""
        lanes = lanes_of(self._picture, self._looks)
        return self._describe_lanes(self._picture, lanes) if lanes else self._describe(self._picture)

    def _draw(self, picture: Picture) -> None:
        """Give the items the picture's data; set ranges, notes and the subtitle."""
        raise NotImplementedError

    def _draw_lanes(self, picture: Picture, _lanes: Sequence[Lane]) -> None:
        """Draw several runs over each other, `picture` being that of the selected one."""
        self._draw(picture)

    def _describe_lanes(self, picture: Picture, _lanes: Sequence[Lane]) -> str:
        """Return the numbers of several runs in words."""
        return self._describe(picture)

    def _set_overlaid(self, overlaid: bool) -> None:
        """Show the items for several lanes, or those for one."""

    def _style(self) -> None:
        """Give the items the theme's colours."""
        raise NotImplementedError

    def _describe(self, picture: Picture) -> str:
        """Return the picture's numbers in words."""
        raise NotImplementedError

    def _tabled(self) -> Table:
        """Return the picture's numbers as a table."""
        raise NotImplementedError

    def _lay_empty(self) -> bool:
        """Lay the axes of an empty plot, and return whether they stand instead of words."""
        return False

    def _missing(self, _picture: Picture) -> str:
        """Return why there is nothing to draw, or nothing."""
        return ""

    def _take_facts(self, facts: RunFacts) -> None:
        """Prepare what depends on the facts alone."""

    def _forget(self) -> None:
        """Give up ranges kept for the sake of calm: another run begins."""

    def _settle(self, live: bool) -> None:
        """Draw fast while `live`, and fine when pictures have stopped coming."""

    def _set_subtitle(self, text: str, value: str = "", ink: str = "text") -> None:
        if (text, (value, ink)) != (self._subtitle, self._told_value):
            self._subtitle, self._told_value = text, (value, ink)
            self.subtitle_changed.emit(text)

    def _fit_form(self) -> None:
        self._compact = self._saves_room and not self._large
        self._small = self._stands_small and not self._large
        self.legend_changed.emit()
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.shown_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.shown_changed.emit(False)

    def _on_calm(self, came: bool) -> None:
        self.cost_changed.emit()
        if came:
            self.setAccessibleDescription(self.describe())
        else:
            self.canvas.viewport().update()

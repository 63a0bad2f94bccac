"""A card round a plot: title, grey words after it, legend at the right, and the plot."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.cards.legend import Legend
from app.cards.option_button import OptionButton
from app.cards.plot_desk import PlotDesk, plot_slot
from app.cards.view_card import LARGE, SLIM, ViewCard
from app.look.lane_look import LaneLook
from app.plots.canvas.figure import Figure
from app.plots.canvas.plot import Plot
from app.theme import Theme
from app.widgets.aside import Aside
from app.widgets.page import Page
from app.widgets.segmented import Choice, Segmented
from simulator.training import Part, Picture, RunFacts

LOW: Final = 230
"""Pixels of height, at text scale 1, under which a card has no row for its legend."""


class PlotCard(ViewCard):
    """One plot, or several of which one is shown and a segmented control takes the place of the title.

    A narrow card has its `legend_below` the plot, and the header for its title.

    Signals
    -------
    plot_chosen(int)
        The user chose the plot of this index.
    """

    plot_chosen = Signal(int)

    def __init__(self, theme: Theme, *plots: Plot, legend_below: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, plots[0].title, parent)
        self._plots = plots
        self._offered = set(range(len(plots)))
        self._short = False
        self._shown_parts: set[str] = set()
        self._switch = Segmented()
        self._legend = Legend(theme)
        self._options = OptionButton()
        self._stack = QStackedWidget()
        for plot in plots:
            self._stack.addWidget(plot_slot(plot, theme))
            plot.series_changed.connect(self._show_series)
            plot.subtitle_changed.connect(self._write_subtitle)
            plot.legend_changed.connect(self._write)
            plot.layer_clicked.connect(self.layer_clicked)
            plot.shown_changed.connect(partial(self._note_shown, plot.part))
            plot.options_changed.connect(self._write_options)
            plot.step_pointed.connect(self.step_pointed)
            plot.cost_changed.connect(lambda plot=plot: self._take_cost(plot))
        self._beside: list[QWidget] = [self.title_label, self._switch, self.cost_label]
        self.header_row.insertWidget(1, self._switch)
        self.body.addWidget(self._stack, 1)
        self._always_below = self._is_below = legend_below
        if legend_below:
            self.body.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            ViewCard.add_tool(self, self._legend)
        ViewCard.add_tool(self, self._options)
        self.header.fit_asked.connect(self._fit_legend)
        self._switch.chosen.connect(self._on_chosen)
        self._legend.toggled.connect(lambda key, shown: self.plot.set_series_shown(key, shown))
        self._options.chosen.connect(lambda key, value: self.plot.set_option(key, value))
        self.set_stage_actions(())
        self._offer()

    @property
    def desk(self) -> PlotDesk:
        """What the window does with its plots."""
        return PlotDesk.of(self.theme, self.window())

    @property
    def plot(self) -> Plot:
        """The plot on show."""
        return self._plots[self._stack.currentIndex()]

    @property
    def plots(self) -> tuple[Plot, ...]:
        """All plots of the card."""
        return self._plots

    @property
    def legend(self) -> Legend:
        """The legend of the plot on show."""
        return self._legend

    @property
    def options(self) -> OptionButton:
        """What chooses the axes of the plot on show; hidden where there is nothing to choose."""
        return self._options

    @property
    def switch(self) -> Segmented:
        """What chooses among several plots."""
        return self._switch

    @property
    def wanted_parts(self) -> frozenset[Part]:
        return frozenset[Part](self._shown_parts)

    def show_picture(self, picture: Picture) -> None:
        for plot in self._plots:
            plot.show_picture(picture)

    def set_facts(self, facts: RunFacts) -> None:
        for plot in self._plots:
            plot.set_facts(facts)

    def clear(self) -> None:
        for plot in self._plots:
            plot.clear()

    def set_selected_layer(self, layer: int | None) -> None:
        for plot in self._plots:
            plot.set_selected_layer(layer)

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        for plot in self._plots:
            plot.set_lanes(looks)

    def mark_step(self, step: int | None) -> None:
        for plot in self._plots:
            plot.mark_step(step)

    def set_cost_shown(self, shown: bool) -> None:
        super().set_cost_shown(shown)
        self.show_cost(self.plot.cost)

    has_menu = True

    def fill_menu(self, menu: QMenu) -> None:
        self.desk.fill_menu(menu, self.plot)
        if not isinstance(self.plot, Figure):
            menu.addSeparator()
            menu.addAction(self._cost_action)

    def add_tool(self, tool: QWidget) -> None:
        super().add_tool(tool)
        self._beside.append(tool)

    def give_aside(self, *words: QWidget) -> Page:
        """Put words beside the plots, or below them where there is no width; return the page that they stand on."""
        self.body.removeWidget(self._stack)
        aside = Aside(self.theme, self._stack, *words)
        self.body.addWidget(aside, 1)
        return aside.words

    def enlarge(self, plot: Plot) -> None:
        """Let a plot of the card have the window for itself, or take it back."""
        self.desk.enlarge(plot)

    def show_plot(self, index: int) -> None:
        """Show the plot of this index."""
        if self._plots[index] is not self.plot:
            self._take_back()
        self._stack.setCurrentIndex(index)
        self._switch.set_value(str(index))
        self._write()

    def offer(self, index: int, offered: bool) -> None:
        """Let the user choose a plot, or not; with one left there is a plain title."""
        before = set(self._offered)
        if offered:
            self._offered.add(index)
        else:
            self._offered.discard(index)
        if self._offered != before:
            self._offer()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        for plot in self._plots:
            plot.set_compact(compact)
        self._fit_legend()

    def set_form(self, form: str) -> None:
        super().set_form(form)
        self._legend.set_vertical(form == SLIM)
        for plot in self._plots:
            plot.set_small(form != LARGE)
        self._write()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        for plot in self._plots:
            plot.apply_theme(theme)
        self._legend.apply_theme(theme)
        self._fit_legend()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # it may be on its way to another place
        QTimer.singleShot(0, self, lambda: None if self.isVisible() else self._take_back())

    def _take_back(self) -> None:
        """Put a plot of the card that is alone back in its place."""
        alone = self.desk.alone
        if alone is not None and alone.plot in self._plots:
            alone.leave()

    def _show_series(self) -> None:
        self._legend.show_series(self.plot.is_series_shown)

    def _note_shown(self, part: str, shown: bool) -> None:
        """Note that a plot that draws this part has come into view, or gone."""
        if part:
            (self._shown_parts.add if shown else self._shown_parts.discard)(part)
            self.parts_changed.emit()

    def _offer(self) -> None:
        several = len(self._offered) > 1
        self.title_label.setVisible(not several)
        self._switch.setVisible(several)
        self._name_choices()
        self._write()

    def _name_choices(self) -> None:
        """Fill the switch with long or short titles."""
        names = [(index, self._plots[index]) for index in sorted(self._offered)]
        self._switch.set_choices(
            [Choice(str(index), plot.short_title if self._short else plot.title) for index, plot in names]
        )
        self._switch.set_value(str(self._stack.currentIndex()))

    def _write(self) -> None:
        plot = self.plot
        self.setAccessibleName(plot.title)
        self.title_label.set_words(plot.title, plot.short_title)
        self.subtitle_label.set_text(plot.subtitle, *plot.value)
        self._legend.set_entries(plot.legend())
        self._legend.set_pitch(plot.legend_pitch)
        self._show_series()
        self._write_options()

    def _write_options(self) -> None:
        self._options.set_options(self.plot.options() if self.form == LARGE else (), self.plot.title)
        self._fit_legend()

    def _take_cost(self, plot: Plot) -> None:
        if plot is self.plot and not self.cost_label.isHidden():
            self.show_cost(plot.cost)

    def _write_subtitle(self) -> None:
        self.subtitle_label.set_text(self.plot.subtitle, *self.plot.value)

    def _fit_legend(self) -> None:
        """Give way where the header is full.

        First titles in the switch get short, then the axes are left to the menu, then the legend goes below the plot
        or, in a low card, is left to the menu too.
        """
        wanted = self._legend.needed
        options = self._options.sizeHint().width() + self.header_row.spacing() if self.plot.options() else 0
        spare = self._room() - wanted
        if len(self._offered) > 1:
            saved = sum(self._saved(plot) for plot in self._plots)
            short = self.compact or (spare < options if not self._short else spare < options + saved)
            if short != self._short:
                self._short = short
                self._name_choices()
                spare = self._room() - wanted
        if self._always_below:
            self._options.fit(self._room() >= options)
            self._legend.fit(self._width())
            return
        below = wanted > 0 and spare < 0 and wanted <= self._width() and self.height() >= self.theme.px(LOW)
        self._put_legend(below)
        room = self._room() if below or spare < 0 else spare
        self._options.fit(room >= options)
        self._legend.fit(self._width() if below else self._room())

    def _put_legend(self, below: bool) -> None:
        """Put the legend below the plot, or into the header."""
        if below == self._is_below:
            return
        self._is_below = below
        if below:
            self.body.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            ViewCard.add_tool(self, self._legend)

    def _width(self) -> int:
        """Return the pixels of a row below the plot."""
        below = self.body.contentsMargins()
        return self.width() - below.left() - below.right()

    def _room(self) -> int:
        """Return the pixels that title, switch and tools leave to legend and options."""
        # a part of a card that is out of view is not visible, yet not hidden either
        shown = [part for part in self._beside if not part.isHidden() and self.form != SLIM]
        taken = sum(part.sizeHint().width() + self.header_row.spacing() for part in shown)
        margins = self.header_row.contentsMargins()
        # a header that is too full is wider than its card
        width = min(self.header.width(), self.width())
        return width - margins.left() - margins.right() - taken - self.header_row.spacing()

    def _saved(self, plot: Plot) -> int:
        metrics = QFontMetrics(self.theme.font("value"))
        return metrics.horizontalAdvance(plot.title) - metrics.horizontalAdvance(plot.short_title)

    def _on_chosen(self, value: str) -> None:
        self.show_plot(int(value))
        self.plot_chosen.emit(int(value))

"""A card round a plot: title, grey words after it, legend at the right, and the plot."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.plots.plot import Plot
from app.theme import Theme, set_role
from app.widgets.legend import Legend
from app.widgets.segmented import Choice, Segmented

_PADDING: Final = {False: (14, 10), True: (12, 7)}
"""Left and right, above and below; by whether room is saved."""


_LEAST_LETTERS: Final = 8
"""A shorter beginning of a sentence says nothing."""
_LEAST_WIDTH: Final = 300


class QuietLabel(QWidget):
    """Grey words that end in an ellipsis where room is short; the tooltip has them whole.

    Its size does not depend on the words, so words that change with every frame move nothing.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def text(self) -> str:
        """The words, whole."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(self._theme.font("control")).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("control"))
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._text if shown != self._text else "")
        if shown == self._text or len(shown) >= _LEAST_LETTERS:
            painter.setPen(QColor(self._theme.tokens.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class PlotCard(QFrame):
    """One plot, or several of which one is shown and a segmented control takes the place of the title.

    Signals
    -------
    plot_chosen(int)
        The user chose the plot of this index.
    """

    plot_chosen = Signal(int)

    def __init__(self, theme: Theme, *plots: Plot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._plots = plots
        self._offered = set(range(len(plots)))
        self._compact = False
        self._short = False
        self._theme = theme
        self._title = QLabel(self)
        set_role(self._title, "title")
        self._switch = Segmented(self)
        self._subtitle = QuietLabel(theme, self)
        self._legend = Legend(theme, self)
        self._stack = QStackedWidget(self)
        for plot in plots:
            self._stack.addWidget(plot)
            plot.subtitle_changed.connect(self._write_subtitle)
            plot.legend_changed.connect(self._write)
        self._beside: list[QWidget] = [self._title, self._switch]
        self._header = QHBoxLayout()
        self._header.setSpacing(12)
        for part in (self._title, self._switch, self._subtitle, self._legend):
            self._header.addWidget(part)
        self._header.setStretchFactor(self._subtitle, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addLayout(self._header)
        self._layout.addWidget(self._stack, 1)
        self._switch.chosen.connect(self._on_chosen)
        self._legend.toggled.connect(lambda key, shown: self.plot.set_series_shown(key, shown))
        self.set_compact(False)
        self._offer()

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
    def switch(self) -> Segmented:
        """What chooses among several plots."""
        return self._switch

    def add_tool(self, tool: QWidget) -> None:
        """Put a control at the right end of the header."""
        self._header.addWidget(tool)
        self._beside.append(tool)

    def show_plot(self, index: int) -> None:
        """Show the plot of this index."""
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
        """Save room."""
        across, down = _PADDING[compact]
        self._layout.setContentsMargins(across, down, across, down)
        self._layout.setSpacing(2 if compact else 4)
        for plot in self._plots:
            plot.set_compact(compact)
        self._compact = compact
        self._fit_legend()

    def minimumSizeHint(self) -> QSize:
        # cards of one column are equally wide whatever their headers hold
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_legend()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        # fonts reach the header's parts after the card has its size
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_legend()
        return handled

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and type."""
        self._theme = theme
        for plot in self._plots:
            plot.apply_theme(theme)
        self._legend.apply_theme(theme)
        self._subtitle.updateGeometry()
        self._fit_legend()

    def _offer(self) -> None:
        several = len(self._offered) > 1
        self._title.setVisible(not several)
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
        self._title.setText(plot.title)
        self._subtitle.set_text(plot.subtitle)
        self._legend.set_entries(plot.legend())

        self._fit_legend()

    def _write_subtitle(self) -> None:
        self._subtitle.set_text(self.plot.subtitle)

    def _fit_legend(self) -> None:
        """Give way where the header is full: first titles in the switch get short, then the legend has marks alone."""
        wanted = self._legend.width_of(brief=False)
        spare = self._room_for_legend() - wanted
        if len(self._offered) > 1:
            saved = sum(self._saved(plot) for plot in self._plots)
            short = self._compact or (spare < 0 if not self._short else spare < saved)
            if short != self._short:
                self._short = short
                self._name_choices()
                spare = self._room_for_legend() - wanted
        self._legend.fit(spare + wanted)

    def _room_for_legend(self) -> int:
        """Return the pixels that title, switch and tools leave."""
        # a part of a card that is out of view is not visible, yet not hidden either
        shown = [part for part in self._beside if not part.isHidden()]
        taken = sum(part.sizeHint().width() + self._header.spacing() for part in shown)
        margins = self._layout.contentsMargins()
        return self.width() - margins.left() - margins.right() - taken - self._header.spacing()

    def _saved(self, plot: Plot) -> int:
        metrics = QFontMetrics(self._theme.font("value"))
        return metrics.horizontalAdvance(plot.title) - metrics.horizontalAdvance(plot.short_title)

    def _on_chosen(self, value: str) -> None:
        self.show_plot(int(value))
        self.plot_chosen.emit(int(value))

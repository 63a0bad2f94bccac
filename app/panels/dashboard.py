"""The middle of the window: five cards that show how the network trains."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QWidget

from app.i18n import _
from app.plots.accuracy import AccuracyPlot
from app.plots.activations import ActivationsPlot
from app.plots.decision_map import DecisionMapPlot
from app.plots.gradient_flow import GradientFlowPlot
from app.plots.loss import LossPlot
from app.plots.plot import Plot
from app.plots.update_ratio import UpdateRatioPlot
from app.theme import Theme
from app.widgets.plot_card import PlotCard
from simulator import Picture, RunFacts

ROOMY: Final = (900, 700)
"""Width and height, at text scale 1, under which room is saved."""
_STRETCH: Final = (16, 28, 28)
_LEAST: Final = (128, 176, 176)
"""Heights of the rows: shares, and least pixels at text scale 1; with less the cards scroll."""
_LEAST_WIDTH: Final = 320
_MAP, _RATIO = 0, 1
# The application's buttons are too tall for a card's header.
_TOOL_SHEET = """
QPushButton { padding: 1px 7px; min-height: 0; }
QPushButton:focus { padding: 0px 6px; }
"""


class Dashboard(QScrollArea):
    """Activations above, then loss and accuracy, then gradient flow beside the plane or update : weight.

    Signals
    -------
    parts_wanted(frozenset)
        Names of the optional parts in view, so that pictures should carry them.
    layer_clicked(int)
        A layer was clicked in a plot: its index in `Frame.layers`.
    """

    parts_wanted = Signal(object)
    layer_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: RunFacts | None = None
        self._parts: frozenset[str] = frozenset()
        self._wanted = _MAP
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.activations = ActivationsPlot(theme)
        self.loss = LossPlot(theme)
        self.accuracy = AccuracyPlot(theme)
        self.gradient_flow = GradientFlowPlot(theme)
        self.decision_map = DecisionMapPlot(theme)
        self.update_ratio = UpdateRatioPlot(theme)
        self._build()
        self._connect()
        self._place()
        self._arrange()

    @property
    def plots(self) -> tuple[Plot, ...]:
        """All plots, in the order of reading."""
        return tuple(plot for card in self.cards for plot in card.plots)

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run."""
        for plot in self.plots:
            plot.show_picture(picture)

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self._facts = facts
        for plot in self.plots:
            plot.set_facts(facts)
        self._place()

    def clear(self) -> None:
        """Show no run."""
        for plot in self.plots:
            plot.clear()

    def set_selected_layer(self, card: int | None) -> None:
        """Make a layer stand out in every plot: its index in `Frame.layers`, or None."""
        for plot in self.plots:
            plot.set_selected_layer(card)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for card in self.cards:
            card.apply_theme(self._theme)
        self._arrange()

    def _build(self) -> None:
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._page)
        self.activations_card = PlotCard(self._theme, self.activations)
        self.loss_card = PlotCard(self._theme, self.loss)
        self.accuracy_card = PlotCard(self._theme, self.accuracy)
        self.gradient_card = PlotCard(self._theme, self.gradient_flow)
        self.plane_card = PlotCard(self._theme, self.decision_map, self.update_ratio)
        self.plane_card.switch.setAccessibleName(_("What this card shows"))
        self.cards = (
            self.activations_card,
            self.loss_card,
            self.accuracy_card,
            self.gradient_card,
            self.plane_card,
        )
        self._grid.addWidget(self.activations_card, 0, 0, 1, 2)
        self._grid.addWidget(self.loss_card, 1, 0)
        self._grid.addWidget(self.accuracy_card, 1, 1)
        self._grid.addWidget(self.gradient_card, 2, 0)
        self._grid.addWidget(self.plane_card, 2, 1)
        for row, stretch in enumerate(_STRETCH):
            self._grid.setRowStretch(row, stretch)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, _LEAST_WIDTH)
        self.log_button = QPushButton(_("log"))
        self.log_button.setCheckable(True)
        self.log_button.setStyleSheet(_TOOL_SHEET)
        self.log_button.setToolTip(_("Logarithmic axis: equal steps mean equal factors"))
        self.log_button.setAccessibleName(_("Logarithmic loss axis"))
        self.loss_card.add_tool(self.log_button)

    def _connect(self) -> None:
        for plot in self.plots:
            plot.layer_clicked.connect(self.layer_clicked)
        self.log_button.toggled.connect(self.loss.set_logarithmic)
        self.decision_map.shown_changed.connect(self._ask_for_parts)
        self.plane_card.plot_chosen.connect(self._on_plot_chosen)
        self._theme.theme_changed.connect(self.apply_theme)

    def _place(self) -> None:
        """Offer the plane where there is one, and show what was last chosen."""
        plane = self._facts is not None and self._facts.dataset.width == 2
        self.plane_card.show_plot(self._wanted if plane else _RATIO)
        self.plane_card.offer(_MAP, plane)
        self._ask_for_parts()

    def _on_plot_chosen(self, index: int) -> None:
        self._wanted = index
        self._ask_for_parts()

    def _ask_for_parts(self) -> None:
        plane = self._facts is not None and self._facts.dataset.width == 2
        parts = frozenset({"decision"} if plane and self.decision_map.isVisible() else ())
        if parts != self._parts:
            self._parts = parts
            self.parts_wanted.emit(parts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give way where the window is small or the text large."""
        scale = self._theme.text_scale
        compact = self.width() < ROOMY[0] * scale or self.height() < ROOMY[1] * scale
        self._grid.setSpacing(9 if compact else 12)
        for card in self.cards:
            card.set_compact(compact)
        for row, least in enumerate(_LEAST):
            self._grid.setRowMinimumHeight(row, self._theme.px(least))

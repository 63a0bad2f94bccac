"""The curves of the four learning rates, trained anew whenever a rate is moved."""

from PySide6.QtWidgets import QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.labs.curves.rates_chart import rates_chart
from app.plots.lab.chart_figure import ChartFigure
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.curves import RateCurves


class RatesPage(CardGrid):
    """One card."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.figure = ChartFigure(theme, _("Loss while training"), _("The four curves are being trained."))
        super().__init__([[PlotCard(theme, self.figure)]], parent)

    def show_curves(self, curves: RateCurves | None, theme: Theme, *, logarithmic: bool) -> None:
        """Draw what there is so far."""
        chart = None if curves is None else rates_chart(curves, theme.tokens, logarithmic=logarithmic)
        self.figure.show_data(chart)

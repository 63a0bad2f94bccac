"""One batch norm on one mini-batch: values before and after, its statistics, gamma and beta over training."""

from PySide6.QtWidgets import QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.labs.batch_norm.charts import history_chart, statistics_chart
from app.plots.lab.chart_figure import ChartFigure
from app.plots.lab.value_histogram import ValueHistogram
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.batch_norm import NormHistory, NormView

NORMALISED, AFTER = 0, 1


class ValuesPage(CardGrid):
    """Above: before, and normalised or after gamma and beta. Below: statistics, and gamma and beta."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        empty = _("This will be drawn when the copy is trained.")
        self.before = ValueHistogram(theme, _("Before batch norm"))
        self.normalised = ValueHistogram(theme, _("Normalised"))
        self.after = ValueHistogram(theme, _("After gamma and beta"))
        self.after.short_title = _("After")
        self.means = ChartFigure(theme, _("Mean of each unit"), empty)
        self.means.short_title = _("Mean")
        self.deviations = ChartFigure(theme, _("Std of each unit"), empty)
        self.deviations.short_title = _("Std")
        self.gammas = ChartFigure(theme, _("Gamma"), empty)
        self.betas = ChartFigure(theme, _("Beta"), empty)
        self.after_card = PlotCard(theme, self.normalised, self.after)
        self.after_card.switch.setAccessibleName(_("Normalised, or after gamma and beta"))
        self.statistics_card = PlotCard(theme, self.means, self.deviations)
        self.statistics_card.switch.setAccessibleName(_("Mean or standard deviation of each unit"))
        self.learned_card = PlotCard(theme, self.gammas, self.betas)
        self.learned_card.switch.setAccessibleName(_("Gamma or beta"))
        above, below = [PlotCard(theme, self.before), self.after_card], [self.statistics_card, self.learned_card]
        super().__init__([above, below], parent)

    def show_view(self, view: NormView) -> None:
        """Draw the layer on one mini-batch."""
        self.before.show_data(view.before)
        self.normalised.show_data(view.normalised)
        self.after.show_data(view.after)
        self.means.show_data(statistics_chart(view, deviation=False))
        self.deviations.show_data(statistics_chart(view, deviation=True))

    def show_history(self, history: NormHistory) -> None:
        """Draw how gamma and beta went."""
        self.gammas.show_data(history_chart(history, beta=False))
        self.betas.show_data(history_chart(history, beta=True))

    def turn_to(self, plot: int) -> None:
        """Show what is normalised, or what goes out."""
        self.after_card.show_plot(plot)

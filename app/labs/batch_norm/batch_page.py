"""What the size of the batch does: to the statistics in training, to the answers at test time."""

from PySide6.QtWidgets import QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.labs.batch_norm.charts import accuracy_chart, answers_chart, noise_chart
from app.plots.lab.chart_figure import ChartFigure
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.batch_norm import AnswerModes, BatchNoise


class BatchPage(CardGrid):
    """Above: noise, and accuracy at test time. Below: one example in many batches."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        empty = _("Mini-batches of every size are being drawn.")
        self.noise = ChartFigure(theme, _("Noise of the statistics"), empty)
        self.accuracy = ChartFigure(theme, _("Accuracy at test time"), empty)
        self.answers = ChartFigure(theme, _("One example, many batches"), empty)
        above = [PlotCard(theme, self.noise), PlotCard(theme, self.accuracy)]
        super().__init__([above, [PlotCard(theme, self.answers)]], parent)

    def show_batches(self, noise: BatchNoise, modes: AnswerModes, batch: int) -> None:
        """Draw what was measured."""
        self.noise.show_data(noise_chart(noise, batch))
        self.accuracy.show_data(accuracy_chart(modes, batch))
        self.answers.show_data(answers_chart(modes))

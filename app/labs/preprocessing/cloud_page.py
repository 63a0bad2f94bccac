"""The cloud before and after, each over the loss of a linear neuron on it."""

from PySide6.QtWidgets import QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.plots.lab.bowl import BowlFigure
from app.plots.lab.cloud import CloudFigure, LabelledCloud
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.preprocessing import PreprocessingView


class CloudPage(CardGrid):
    """Two columns: before, after."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.clouds = (CloudFigure(theme, _("Before")), CloudFigure(theme, _("After")))
        self.bowls = (BowlFigure(theme, _("Loss before")), BowlFigure(theme, _("Loss after")))
        rows = [[PlotCard(theme, figure) for figure in row] for row in (self.clouds, self.bowls)]
        super().__init__(rows, parent)

    def show_view(self, view: PreprocessingView) -> None:
        """Draw both sides."""
        for side, cloud, bowl in zip((view.before, view.after), self.clouds, self.bowls, strict=True):
            cloud.show_data(LabelledCloud(side.cloud, view.labels, view.class_names))
            bowl.show_data(side.cloud.bowl)

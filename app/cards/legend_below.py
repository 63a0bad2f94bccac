"""A card whose legend stands under its plot, where a narrow card has no room for it beside the title."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.cards.plot_card import PlotCard
from app.plots.canvas.plot import Plot
from app.theme import Theme


class LegendBelow(PlotCard):
    """One plot; the title has the header for itself."""

    def __init__(self, theme: Theme, plot: Plot, parent: QWidget | None = None) -> None:
        super().__init__(theme, plot, parent=parent)
        self.header_row.removeWidget(self.legend)
        self.body.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignLeft)

    def _room_for_legend(self) -> int:
        margins = self.body.contentsMargins()
        return self.width() - margins.left() - margins.right()

"""The middle of the function explorer: two plots under one ruler, a table, and means or costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.labs.functions.function_table import FunctionTable, TableRow
from app.labs.functions.tables import cost_table, mean_table, name_of, share_table
from app.look.function_looks import LOOKS
from app.plots.lab.bar_rows import BarRows
from app.plots.lab.function_plot import FunctionPicture, FunctionPlot, Numbers, Shape
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.activations import ElementCosts, FunctionCurve, MeanOutput, StepShares

VALUE_LIMITS: Final = (-2.0, 3.0)
SLOPE_LIMITS: Final = (-1.5, 2.5)
"""Where the vertical axes end at the latest: sigmoid must not become a line beside what grows without bound."""
MEAN, COST, SHARE = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything at one x.

    Attributes
    ----------
    curves
        Of all functions, evaluated at the same places; those of the kinds `shown` are drawn, `main` is explained.
    x, arriving, reach
        Where the ruler stands, the gradient that arrives there, and half the width of the view.
    """

    curves: tuple[FunctionCurve, ...]
    shown: tuple[str, ...]
    main: str
    x: float
    arriving: float
    reach: float

    @property
    def at(self) -> int:
        """Index of the ruler's place."""
        return self.curves[0].index(self.x)


class FunctionStage(QWidget):
    """Four cards.

    Signals
    -------
    x_chosen(float)
        The ruler was dragged there.
    figure_chosen()
        The fourth card shows something else.
    """

    x_chosen = Signal(float)
    figure_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.values = FunctionPlot(theme, _("Function"), "f(x)")
        self.slopes = FunctionPlot(theme, _("Local gradient"), "f′(x)")
        self.table = FunctionTable(theme)
        self.means = BarRows(theme, _("Mean output"), _("The functions are being prepared."))
        self.elements = BarRows(theme, _("Cost an element"), "")
        self.shares = BarRows(theme, _("Share of a step"), "")
        self.set_timing(False)
        for plot, title in ((self.means, _("Mean")), (self.elements, _("Cost")), (self.shares, _("Share"))):
            plot.short_title = title
        self.figures = PlotCard(theme, self.means, self.elements, self.shares)
        self.figures.switch.setAccessibleName(_("What this card shows"))
        self.grid = CardGrid(((PlotCard(theme, self.values), PlotCard(theme, self.slopes)), (self.table, self.figures)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        for curves in (self.values, self.slopes):
            curves.x_chosen.connect(self.x_chosen)
        self.figures.plot_chosen.connect(lambda _index: self.figure_chosen.emit())

    @property
    def figure(self) -> int:
        """What the fourth card shows: `MEAN`, `COST` or `SHARE`."""
        return self.figures.plots.index(self.figures.plot)

    def show_figure(self, figure: int) -> None:
        """Show means, costs or shares in the fourth card."""
        self.figures.show_plot(figure)

    def show_scene(self, scene: Scene) -> None:
        """Draw curves and table."""
        drawn = [curve for curve in scene.curves if curve.function.kind in scene.shown]
        main = next((place for place, each in enumerate(drawn) if each.function.kind == scene.main), 0)
        x = scene.curves[0].x if scene.curves else np.zeros(0)
        values = tuple(_shape(each, each.y, each.slope) for each in drawn)
        slopes = tuple(_shape(each, each.slope) for each in drawn)
        self.values.show_data(FunctionPicture(x, values, main, scene.at, scene.reach, VALUE_LIMITS))
        self.slopes.show_data(FunctionPicture(x, slopes, main, scene.at, scene.reach, SLOPE_LIMITS))
        self.table.show_rows([_row(curve, scene) for curve in scene.curves], scene.x, scene.arriving)

    def show_means(self, means: Sequence[MeanOutput], main: str) -> None:
        """Draw mean outputs."""
        self.means.show_data(mean_table(means, main, self._theme.tokens))

    def show_costs(self, elements: ElementCosts | None, shares: StepShares | None, main: str) -> None:
        """Draw what was measured; nothing where it was not."""
        self.elements.show_data(cost_table(elements, main) if elements and elements.costs else None)
        self.shares.show_data(share_table(shares, main, self._theme.tokens) if shares and shares.shares else None)

    def set_timing(self, timing: bool) -> None:
        """Say in the place of costs why there are none."""
        words = _("The functions are being timed.") if timing else _("Press “Measure the cost” below.")
        for plot in (self.elements, self.shares):
            if plot.data is None:
                plot.say(words)

    def say(self, sentence: str) -> None:
        """Say why there is nothing to draw."""
        for plot in (self.values, self.slopes):
            plot.say(sentence)
        self.means.say(sentence)

    def set_compact(self, compact: bool) -> None:
        """Save room."""
        self.grid.set_compact(compact, 10 if compact else 12)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self.grid.apply_theme(self._theme)


def _shape(curve: FunctionCurve, values: Numbers, slopes: Numbers | None = None) -> Shape:
    return Shape(name_of(curve.function), LOOKS[curve.function.kind], values, slopes)


def _row(curve: FunctionCurve, scene: Scene) -> TableRow:
    value, slope = float(curve.y[scene.at]), float(curve.slope[scene.at])
    return TableRow(name_of(curve.function), value, slope, scene.arriving * slope, curve.function.kind == scene.main)

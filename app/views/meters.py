"""Dead units, saturated and blocked values over time; a click on a layer opens its units."""

from app.cards.plot_card import PlotCard
from app.plots.run.layer_time import LayerTimePlot
from app.plots.run.meters import blocked, dead, saturated
from app.running.context import Context
from app.system.i18n import _
from app.theme import Theme
from app.views.view import ViewSpec
from simulator.message import N_

UNITS = "units"


class MetersCard(PlotCard):
    """Three plots, one of which is chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, *(LayerTimePlot(theme, meter) for meter in (dead(), saturated(), blocked())))
        self.switch.setAccessibleName(_("What is counted"))
        self.layer_clicked.connect(lambda _layer: self.view_wanted.emit(UNITS))


def make(context: Context) -> MetersCard:
    """Return the card."""
    return MetersCard(context.theme)


SPEC = ViewSpec(
    id="meters",
    title=N_("Dead and saturated"),
    tip=N_("How many units are dead, how many values are saturated or let no gradient through, layer by layer"),
    rank=50,
    make=make,
)

"""The card of `app.plots.run.update_ratio`."""

from app.cards.plot_card import PlotCard
from app.plots.run.update_ratio import UpdateRatioPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, UpdateRatioPlot(context.theme))


SPEC = ViewSpec(
    id="update_ratio",
    title=N_("Update : weight"),
    tip=N_("How far the last update moved the weights of each layer, against their size"),
    rank=45,
    make=make,
)

"""The card of `app.plots.run.ratio_meter`."""

from app.cards.plot_card import PlotCard
from app.plots.run.layer_time import LayerTimePlot
from app.plots.run.ratio_meter import update_ratio
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, LayerTimePlot(context.theme, update_ratio()))


SPEC = ViewSpec(
    id="update_ratio_time",
    title=N_("Update : weight over time"),
    tip=N_("How far each update moves the weights of every layer: about a thousandth is healthy"),
    rank=54,
    make=make,
)

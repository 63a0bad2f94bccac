"""The card of `app.plots.run.activations`."""

from app.cards.plot_card import PlotCard
from app.plots.run.activations import ActivationsPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, ActivationsPlot(context.theme))


SPEC = ViewSpec(
    id="activations",
    title=N_("Activations"),
    tip=N_("The distribution of every layer's outputs, now and at the start"),
    rank=0,
    make=make,
)

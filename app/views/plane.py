"""The card of `app.plots.run.decision_map`: what the network says at each place of the plane."""

from app.cards.plot_card import PlotCard
from app.plots.run.decision_map import DecisionMapPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, DecisionMapPlot(context.theme))


SPEC = ViewSpec(
    id="plane",
    title=N_("Decision boundary"),
    tip=N_("What the network says at each place of the plane"),
    rank=40,
    make=make,
    in_a_plane=True,
)

"""The card of `app.plots.run.accuracy`."""

from app.cards.plot_card import PlotCard
from app.plots.run.accuracy import AccuracyPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, AccuracyPlot(context.theme))


SPEC = ViewSpec(
    id="accuracy",
    title=N_("Accuracy"),
    tip=N_("How often the network is right, on what it learns from and on what it has not seen"),
    rank=20,
    make=make,
)

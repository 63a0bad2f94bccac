"""The card of `app.plots.run.loss`."""

from app.cards.plot_card import PlotCard
from app.plots.run.loss import LossPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, LossPlot(context.theme))


SPEC = ViewSpec(id="loss", title=N_("Loss"), tip=N_("The loss of every step"), rank=10, make=make)

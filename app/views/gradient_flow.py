"""The card of `app.plots.run.gradient_flow`."""

from app.cards.plot_card import PlotCard
from app.plots.run.gradient_flow import GradientFlowPlot
from app.running.context import Context
from app.views.view import ViewSpec
from simulator.message import N_


def make(context: Context) -> PlotCard:
    """Return the card."""
    return PlotCard(context.theme, GradientFlowPlot(context.theme))


SPEC = ViewSpec(
    id="gradient_flow",
    title=N_("Gradient flow"),
    tip=N_("How large the gradient is in every layer"),
    rank=30,
    make=make,
)

"""The plane with what the network says at each place of it, or update : weight where the data have no plane."""

from typing import Final

from app.cards.plot_card import PlotCard
from app.plots.run.decision_map import DecisionMapPlot
from app.plots.run.update_ratio import UpdateRatioPlot
from app.running.context import Context
from app.system.i18n import _
from app.theme import Theme
from app.views.view import ViewSpec
from simulator.message import N_
from simulator.training import RunFacts

_MAP: Final = 0
_RATIO: Final = 1


class PlaneCard(PlotCard):
    """Offers the plane where there is one, and shows what was last chosen."""

    def __init__(self, theme: Theme) -> None:
        self.decision_map = DecisionMapPlot(theme)
        self.update_ratio = UpdateRatioPlot(theme)
        self._wanted = _MAP
        super().__init__(theme, self.decision_map, self.update_ratio)
        self.switch.setAccessibleName(_("What this card shows"))
        self.plot_chosen.connect(self._remember)
        self._place(plane=False)

    def set_facts(self, facts: RunFacts) -> None:
        super().set_facts(facts)
        self._place(plane=facts.dataset.plane)

    def _place(self, plane: bool) -> None:
        self.show_plot(self._wanted if plane else _RATIO)
        self.offer(_MAP, plane)
        self.parts_changed.emit()

    def _remember(self, index: int) -> None:
        self._wanted = index


def make(context: Context) -> PlaneCard:
    """Return the card."""
    return PlaneCard(context.theme)


SPEC = ViewSpec(
    id="plane",
    title=N_("Decision boundary"),
    tip=N_("What the network says at each place of the plane; for other data, how far one update moves the weights"),
    rank=40,
    make=make,
)

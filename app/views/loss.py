"""The card of `app.plots.loss`, with its axis to choose."""

from typing import Final

from PySide6.QtWidgets import QPushButton

from app.context import Context
from app.i18n import _
from app.plots.loss import LossPlot
from app.theme import Theme
from app.views.view import ViewSpec
from app.widgets.plot_card import PlotCard
from simulator import N_

# The application's buttons are too tall for a card's header.
_TOOL_SHEET: Final = """
QPushButton { padding: 1px 7px; min-height: 0; }
QPushButton:focus { padding: 0px 6px; }
"""


class LossCard(PlotCard):
    """The loss, linear or logarithmic."""

    def __init__(self, theme: Theme) -> None:
        self.loss = LossPlot(theme)
        super().__init__(theme, self.loss)
        self.log_button = QPushButton(_("log"))
        self.log_button.setCheckable(True)
        self.log_button.setStyleSheet(_TOOL_SHEET)
        self.log_button.setToolTip(_("Logarithmic axis: equal steps mean equal factors"))
        self.log_button.setAccessibleName(_("Logarithmic loss axis"))
        self.log_button.toggled.connect(self.loss.set_logarithmic)
        self.add_tool(self.log_button)


def make(context: Context) -> LossCard:
    """Return the card."""
    return LossCard(context.theme)


SPEC = ViewSpec(id="loss", title=N_("Loss"), tip=N_("The loss of every step"), rank=10, make=make)

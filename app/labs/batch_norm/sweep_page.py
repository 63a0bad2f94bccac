"""The sweep over init scale and learning rate as two heat maps."""

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.look.numbers import count, number, percent, short
from app.plots.lab.heat_map import HeatMap, HeatTable
from app.system.i18n import _, translate_message
from app.theme import Theme, set_role
from app.widgets.choice_box import ChoiceBox
from app.widgets.segmented import Choice
from simulator.analysis.batch_norm import SWEEP_PLANS, SweepPlan, SweepResult

LEARNS = 0.5
"""Accuracy from which on a network counts as having learned."""


class SweepPage(CardGrid):
    """Left without batch norm, right with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        empty = _("Press Run the sweep: every cell is a network that is trained from the start.")
        self.maps = (HeatMap(theme, _("Without batch norm"), empty), HeatMap(theme, _("With batch norm"), empty))
        super().__init__([[PlotCard(theme, each) for each in self.maps]], parent)

    def show_result(self, result: SweepResult | None) -> None:
        """Draw what there is so far."""
        for place, each in enumerate(self.maps):
            each.show_data(None if result is None else table_of(result, place))


class SweepControls(QWidget):
    """Which network is swept, and how long that takes; shown while the page of the sweep is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Sweep"))
        set_role(title, "title")
        self.networks = ChoiceBox(most_segments=1)
        self.networks.set_choices([Choice(str(place), _size_words(plan)) for place, plan in enumerate(SWEEP_PLANS)])
        self.networks.setAccessibleName(_("Network to sweep"))
        self.plan = SWEEP_PLANS[0]
        self.networks.set_value("0")
        self.about = QLabel()
        self.estimate = QLabel()
        for label, role in ((self.about, "muted"), (self.estimate, "value")):
            label.setWordWrap(True)
            set_role(label, role)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (title, self.networks, self.about, self.estimate):
            column.addWidget(widget)
        self._tell()

    def choose(self, place: str) -> None:
        """Take another network."""
        self.plan = SWEEP_PLANS[int(place)]
        self.networks.set_value(place)
        self._tell()

    def show_estimate(self, seconds: float | None) -> None:
        """Say how long the sweep takes on this computer; None while that is being measured."""
        if seconds is None:
            self.estimate.setText(_("Measuring how long it takes here …"))
            return
        words = (
            _("about {seconds} s on this computer").format(seconds=short(float(f"{max(seconds, 1):.1g}")))
            if seconds < 90
            else _("about {minutes} min on this computer").format(minutes=number(seconds / 60, 1))
        )
        self.estimate.setText(words)

    def _tell(self) -> None:
        plan = self.plan
        text = _(
            "{networks} networks: {scales} init scales, {rates} learning rates, without and with batch norm; tanh, "
            "SGD, {steps} steps of {batch} examples each"
        )
        self.about.setText(
            text.format(
                networks=count(plan.cells),
                scales=len(plan.scales),
                rates=len(plan.rates),
                steps=count(plan.steps),
                batch=count(plan.batch_size),
            )
        )


def table_of(result: SweepResult, place: int) -> HeatTable:
    """Return one of the two maps as a table."""
    plan = result.plan
    shares = result.accuracy[place]
    made = np.isfinite(shares)
    words = _("{learned} of {made} networks reach {share} of {examples} training examples in {steps} steps.").format(
        learned=count(int(np.sum(shares[made] >= LEARNS))),
        made=count(int(made.sum())),
        share=percent(LEARNS),
        examples=count(result.examples),
        steps=count(plan.steps),
    )
    return HeatTable(
        shares=shares,
        crossed=result.diverged[place],
        rows=tuple(short(rate) for rate in plan.rates),
        columns=tuple(short(scale) for scale in plan.scales),
        x_name=_("init scale"),
        y_name=_("learning rate"),
        words=words,
    )


def _size_words(plan: SweepPlan) -> str:
    title = translate_message(plan.title)
    return _("{network}, as in the lecture").format(network=title) if plan is SWEEP_PLANS[-1] else title

"""The learning-rate range test: the loss after short runs at every rate, and a rate to go on with (slides F4 to F6)."""

import math
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel, QPushButton

from app.cards.measured_card import MeasuredCard
from app.look.numbers import short
from app.plots.lab.check_plot import CheckPlot
from app.running.context import Context
from app.system.i18n import _
from app.telling.measured_words import plain, rich
from app.theme import set_role
from app.theme.prose import prose, show_prose
from app.views.view import ViewSpec
from app.widgets.number_field import NumberField
from app.widgets.wrap_row import WrapRow
from simulator.analysis import checks
from simulator.analysis.checks import CheckPicture, CheckResult
from simulator.experiment import Experiment, alike
from simulator.message import N_


class RangeTestCard(MeasuredCard):
    """The plot of the checklist's rate check, and a twin at the rate that is chosen in it."""

    def __init__(self, context: Context) -> None:
        self._document = context.document
        self._tested: Experiment | None = None
        self._found: CheckResult | None = None
        self.curve = CheckPlot(context.theme)
        self.curve.rename(_("Range test"))
        self.curve.say(_("Press Measure: short runs at every learning rate from 10⁻⁶ to 10, on a copy."))
        super().__init__(context.theme, "range test", self.curve)
        show_prose(self.sentence)
        self.rate = NumberField(whole=False)
        self.rate.setAccessibleName(_("Learning rate of the twin"))
        self.rate.setToolTip(_("Click a point of the plot, or go through the rates with Up and Down"))
        self.rate.entered.connect(self._enter)
        self.rate.stepped.connect(self._enter)
        self.use_button = QPushButton(_("Open a twin"))
        self.use_button.clicked.connect(self._use)
        self._choice = WrapRow()
        self._name = QLabel(_("Learning rate"))
        set_role(self._name, "muted")
        self._choice.set_widgets((self._name, self.rate, self.use_button))
        self.page.add(self._choice)
        self.curve.canvas.pressed.connect(self._on_pressed)
        self._document.changed.connect(self._on_changed)
        self._choice.hide()
        self._tell()

    @property
    def found(self) -> CheckResult | None:
        """What the newest sweep found."""
        return self._found

    def begin(self) -> None:
        experiment = self._tested = self._document.experiment
        self.ask(lambda task: checks.sweep_rates(experiment, stop=task.stop, progress=task.report))

    def take(self, found: Any) -> None:
        if not isinstance(found, CheckResult):
            return
        self._found = found
        self.curve.show_data(found)
        picture = found.picture
        self._choice.setVisible(picture is not None and picture.best is not None)
        if picture is not None and picture.best is not None:
            # half decades are spoken of with one figure: 0.0032 is 0.003
            stops = tuple(_rounded(rate) for rate in picture.x)
            self.rate.set_bounds(stops[0], stops[-1], stops)
            self._enter(_rounded(float(picture.x[picture.best])))
        self._tell()

    def stale_words(self) -> str:
        stale = self._tested is not None and not alike(self._tested, self._document.experiment)
        return _("before your last change") if stale and self._found is not None else ""

    def _tell(self) -> None:
        found = self._found
        if found is None:
            words = _("Training at every rate for 100 steps or more, from two starts, on a copy; your run stays.")
            self.sentence.setText(words)
            return
        self.sentence.setText(prose(rich(found.sentence)))
        self.sentence.setAccessibleName(plain(found.sentence))

    def _on_pressed(self, place: QPointF) -> None:
        """Choose the measured rate nearest to a click."""
        picture = None if self._found is None else self._found.picture
        if picture is not None and picture.best is not None:
            self._enter(_rounded(_nearest_rate(picture, 10 ** place.x())))

    def _enter(self, value: object) -> None:
        typed = float(value) if isinstance(value, int | float) else self.rate.number
        self.rate.set_number(typed if typed > 0 else self.rate.number)
        self.use_button.setAccessibleName(
            _("Open a twin with learning rate {rate}").format(rate=short(self.rate.number))
        )

    def _use(self) -> None:
        rate = float(self.rate.number)
        self._document.what_if({"training.learning_rate": rate}, _("Learning rate {rate}").format(rate=short(rate)), 0)

    def _on_changed(self, *_states: object) -> None:
        self._write_subtitle()


def _nearest_rate(picture: CheckPicture, rate: float) -> float:
    return float(picture.x[int(np.argmin(np.abs(np.log(picture.x) - math.log(rate))))])


def _rounded(rate: float) -> float:
    return float(f"{rate:.1g}")


def make(context: Context) -> RangeTestCard:
    """Return the card."""
    return RangeTestCard(context)


SPEC = ViewSpec(
    id="range_test",
    title=N_("Range test"),
    tip=N_("Which learning rates learn, which are too small, which diverge; and a twin at the one you choose"),
    rank=72,
    make=make,
)

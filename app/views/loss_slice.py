"""The loss between two steps of the run, and round the present weights along two random directions."""

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.cards.measured_card import MeasuredCard
from app.look.numbers import count, number
from app.plots.lab.chart import Chart, Series
from app.plots.lab.chart_figure import ChartFigure
from app.plots.lab.loss_plane import LossPlanePlot
from app.running.context import Context
from app.system.i18n import _
from app.theme import set_role
from app.views.view import ViewSpec
from app.widgets.number_field import NumberField
from simulator.analysis import landscape
from simulator.analysis.landscape import LossLine, LossPlane
from simulator.message import N_
from simulator.training import AskPast, Picture

if TYPE_CHECKING:  # it brings numba
    from simulator.training import Past

_LINE: Final = 0
_BARRIER: Final = 0.02
"""Of the larger loss of the two ends: a smaller rise is no hill."""


class LossSliceCard(MeasuredCard):
    """Two plots; steps are typed, and the last one follows the run until it is."""

    def __init__(self, context: Context) -> None:
        self._controller = context.controller
        self._run: int | None = None
        self._newest = 0
        self._follows = True
        self._lines: LossLine | None = None
        self._plane: LossPlane | None = None
        empty = _("Press Measure: the loss on the straight way from the weights of one step to those of another.")
        self.line = ChartFigure(context.theme, _("Loss between two steps"), empty)
        self.line.short_title = _("Two steps")
        self.surface = LossPlanePlot(context.theme)
        super().__init__(context.theme, "loss slice", self.line, self.surface)
        self.switch.setAccessibleName(_("Along a line or over a plane"))
        self.first = self._field(_("From step"))
        self.last = self._field(_("to step"))
        self.first.set_number(0)
        self.last.set_number(0)
        self._names = (QLabel(_("From step")), QLabel(_("to step")))
        steps = QWidget()
        grid = QGridLayout(steps)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        for row, (name, field) in enumerate(zip(self._names, (self.first, self.last), strict=True)):
            set_role(name, "muted")
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
        self.page.add(steps)
        self.plot_chosen.connect(lambda _index: self._choose())
        self._write()
        self._choose()

    def show_picture(self, picture: Picture) -> None:
        super().show_picture(picture)
        if picture.run_id != self._run:
            self._run = picture.run_id
            self._follows = True
            self._lines = self._plane = None
            self.line.show_data(None)
            self.surface.show_data(None)
            self.first.set_number(0)
            self.forget()
        self._newest = picture.newest
        self.button.setEnabled(self.is_busy or self._newest > 0 or self._shows_plane)
        for field in (self.first, self.last):
            field.set_bounds(0, self._newest)
        if self._follows and not self.is_busy and not self.last.isModified():
            self.last.set_number(self._newest)
        if self.isVisible():
            self._choose()

    def clear(self) -> None:
        super().clear()
        self._run = None
        self.forget()

    def begin(self) -> None:
        first, last = int(self.first.number), int(self.last.number)
        plane = self._shows_plane

        def measure(past: "Past") -> None:
            if plane:
                self.ask(
                    lambda task: landscape.loss_plane(
                        past, min(last, past.newest), stop=task.stop, progress=task.report, show=task.show
                    )
                )
            else:
                self.ask(
                    lambda task: landscape.loss_line(
                        past, min(first, past.newest), min(last, past.newest), stop=task.stop, progress=task.report
                    )
                )

        self._controller.ask(AskPast(), measure)

    def take(self, found: Any) -> None:
        if isinstance(found, LossLine):
            self._lines = found
            self.line.show_data(line_chart(found))
        elif isinstance(found, LossPlane):
            self._plane = found
            self.surface.show_data(found)
        self._choose()

    @property
    def _shows_plane(self) -> bool:
        return self.plot is self.surface

    def _field(self, name: str) -> NumberField:
        field = NumberField(whole=True)
        field.setAccessibleName(name)
        field.entered.connect(lambda value: self._enter(field, value))
        field.stepped.connect(lambda value: self._enter(field, value))
        return field

    def _enter(self, field: NumberField, value: object) -> None:
        typed = value if isinstance(value, int | float) else field.number
        field.set_number(min(max(round(typed), 0), self._newest))
        if field is self.last:
            self._follows = int(field.number) == self._newest

    def _choose(self) -> None:
        """Say what the plot on show says."""
        plane = self._shows_plane
        for part in (self._names[0], self.first):
            part.setVisible(not plane)
        self._names[1].setText(_("At step") if plane else _("to step"))
        self.last.setAccessibleName(_("At step") if plane else _("to step"))
        words = plane_words(self._plane) if plane else line_words(self._lines)
        if self._newest == 0 and not plane:
            words = _("Train some steps first: at step 0 there is no way to look along.")
        self.sentence.setText(words)


def line_chart(found: LossLine) -> Chart:
    """Return the losses along the way."""
    ends = np.array([0.0, 1.0])
    series = [
        Series("training", _("training"), found.shares, found.training),
        Series(
            "ends",
            "",
            ends,
            np.interp(ends, found.shares, found.training),
            look="points",
            readable=False,
        ),
    ]
    if np.isfinite(found.validation).any():
        series.append(Series("validation", _("val"), found.shares, found.validation, "muted", "dashes", ink="muted"))
    text = _("step {step}: {loss}")
    names = {
        share: text.format(step=count(step), loss=number(_at(found, share)))
        for share, step in ((0.0, found.first), (1.0, found.last))
    }
    top = float(np.nanmax(np.where((found.shares >= 0) & (found.shares <= 1), found.training, np.nan)))
    return Chart(
        tuple(series),
        _("share of the way"),
        x_ticks=(0.0, 1.0),
        y_range=(0.0, top),
        x_text=lambda share: names.get(share, f"{share:g}"),
        words=line_words(found),
        subtitle=_("data loss"),
    )


def line_words(found: LossLine | None) -> str:
    """Return what the line shows."""
    if found is None:
        return _("Only the weights are moved. Your run stays as it is.")
    start, end = _at(found, 0.0), _at(found, 1.0)
    text = _("Loss {start} at step {first}, {end} at step {last}; the weights moved by {distance}.")
    words = [
        text.format(
            start=number(start),
            first=count(found.first),
            end=number(end),
            last=count(found.last),
            distance=number(found.distance),
        )
    ]
    rise = found.barrier
    if rise > _BARRIER * max(start, end):
        words.append(_("In between it rises by up to {rise} above the straight way: a hill.").format(rise=number(rise)))
    else:
        words.append(_("In between there is no hill."))
    sizes = _("Measured at {points} places on {examples} training examples")
    sizes = sizes.format(points=count(found.shares.size), examples=count(found.examples))
    if found.held:
        sizes = _("{sizes} and {held} validation examples").format(sizes=sizes, held=count(found.held))
    return " ".join([*words, _("{sizes}.").format(sizes=sizes)])


def plane_words(found: LossPlane | None) -> str:
    """Return what the plane shows."""
    if found is None:
        return _(
            "Two random directions; along each, the weights of a unit move by as much as they are long. Your run "
            "stays as it is."
        )
    if not math.isfinite(found.centre):
        return _("The loss here is NaN or infinite.")
    text = _(
        "Loss {centre} at step {step}. Over the plane it lies between {lowest} and {highest}. Measured at {places} "
        "places on {examples} training examples."
    )
    return text.format(
        centre=number(found.centre),
        step=count(found.step),
        lowest=number(found.lowest),
        highest=number(found.highest),
        places=count(int(np.isfinite(found.losses).sum())),
        examples=count(found.examples),
    )


def _at(found: LossLine, share: float) -> float:
    return float(np.interp(share, found.shares, found.training))


def make(context: Context) -> LossSliceCard:
    """Return the card."""
    return LossSliceCard(context)


SPEC = ViewSpec(
    id="loss_slice",
    title=N_("Loss slices"),
    tip=N_("The loss on the straight way between two steps, and round the weights along two random directions"),
    rank=64,
    make=make,
)

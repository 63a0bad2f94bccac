"""Short trainings without and with the preprocessing: their losses, and how the learning rate matters."""

import math
from typing import Final

import numpy as np
from PySide6.QtWidgets import QWidget

from app.cards.card_grid import CardGrid
from app.cards.plot_card import PlotCard
from app.look.marks import CIRCLE, TRIANGLE
from app.look.numbers import number
from app.plots.lab.chart import Chart, Level, Look, Numbers, Series
from app.plots.lab.chart_figure import ChartFigure
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.preprocessing import LossRun, TrainingEffect
from simulator.data import PREPROCESSINGS

_COLOURS: Final = (("muted", "muted"), ("accent", "accent"))
"""Mark and words: grey is without, as in every comparison with what was before."""
_LOOKS: Final[tuple[Look, Look]] = ("dashes", "line")
_SHAPES: Final = (TRIANGLE, CIRCLE)


class TrainingPage(CardGrid):
    """Left the losses step by step, right the losses after the last step by learning rate."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        empty = _("Press Train: the same network learns from the data as they are, then from the prepared data.")
        self.losses = ChartFigure(theme, _("Loss while training"), empty)
        self.rates = ChartFigure(theme, _("Loss after the last step"), empty)
        super().__init__([[PlotCard(theme, self.losses), PlotCard(theme, self.rates)]], parent)

    def show_effect(self, effect: TrainingEffect | None) -> None:
        """Draw what there is so far; None for nothing yet."""
        trained = effect is not None and any(run.best is not None for run in effect.runs)
        self.losses.show_data(losses_chart(effect) if effect is not None and trained else None)
        self.rates.show_data(rates_chart(effect) if effect is not None else None)


def losses_chart(effect: TrainingEffect) -> Chart:
    """Return the losses of the best training of each side, every step and smoothed."""
    raw, smooth = [], []
    for place, run in enumerate(effect.runs):
        if run.best is None:
            continue
        mark, ink = _COLOURS[place]
        curve, name = run.curve, _name(run)
        key = run.preprocessing.kind
        pale = "ghost" if place == 0 else "track"
        raw.append(Series(f"{key} raw", "", curve.step, curve.mean, pale, "thin", readable=False))
        end = last_of(curve.smooth)
        words = "" if math.isnan(end) else number(end)
        smooth.append(Series(key, name, curve.smooth_step, curve.smooth, mark, _LOOKS[place], end=words, ink=ink))
    words = _(" ").join(
        _("{name}: loss {loss} after {steps} steps.").format(name=_name(run), loss=number(run.last), steps=effect.steps)
        for run in effect.runs
    )
    levels = (Level(effect.untrained, _("guessing")),)
    top = max((float(np.nanpercentile(each.y, 98)) for each in raw), default=effect.untrained)
    return Chart(
        (*raw, *smooth),
        _("step"),
        y_range=(0.0, max(1.05 * top, 1.1 * effect.untrained)),
        levels=levels,
        words=words,
    )


def rates_chart(effect: TrainingEffect) -> Chart:
    """Return the loss after the last step at every learning rate."""
    series: list[Series] = []
    for place, run in enumerate(effect.runs):
        mark, ink = _COLOURS[place]
        # what diverged or was not trained yet leaves a gap
        lasts = np.where(np.isfinite(run.lasts), run.lasts, np.nan)
        key, name = run.preprocessing.kind, _name(run)
        series.append(Series(f"{key} line", "", run.rates, lasts, mark, _LOOKS[place], readable=False))
        series.append(Series(key, name, run.rates, lasts, mark, "points", _SHAPES[place], ink=ink))
    gone = sum(int(np.isinf(run.lasts).sum()) for run in effect.runs)
    subtitle = _("a gap: diverged") if gone else ""
    words = _(" ").join(
        _("{name}: best {loss} at learning rate {rate}.").format(
            name=_name(run), loss=number(run.last), rate=number(run.rate, 2)
        )
        for run in effect.runs
    )
    return Chart(
        tuple(series),
        _("learning rate"),
        x_log=True,
        y_log=True,
        levels=(Level(effect.untrained, _("guessing")),),
        subtitle=subtitle,
        words=words,
        x_text=lambda rate: number(rate, 2),
    )


def last_of(values: Numbers) -> float:
    """Return the last finite value, or NaN."""
    finite = values[np.isfinite(values)]
    return float(finite[-1]) if finite.size else math.nan


def _name(run: LossRun) -> str:
    return _(PREPROCESSINGS[run.preprocessing.kind].label)

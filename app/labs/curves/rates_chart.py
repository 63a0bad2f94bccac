"""The curves of the learning rates over each other."""

import math
from typing import Final

import numpy as np

from app.document.lanes import LETTERS
from app.look.lane_look import LANE_MARKS, LaneLook
from app.look.numbers import count, number
from app.plots.lab.chart import Chart, Level, Look, Numbers, Series
from app.system.i18n import _
from app.theme import Tokens
from app.widgets.numbers import short_number
from simulator.analysis.curves import RATE_NAMES, RateCurve, RateCurves

LOOKS: Final[tuple[Look, ...]] = ("line", "dashes", "dots", "dots and dashes")
ROOM: Final = 1.25
"""Times the first loss, or knowing nothing: a linear axis ends there."""
LARGEST: Final = 1e3
"""Times the first loss: a logarithmic axis ends there."""
DEEPEST: Final = 1e-4
"""Times the first loss: a logarithmic axis begins there, or higher."""


def rates_chart(curves: RateCurves, tokens: Tokens, *, logarithmic: bool) -> Chart | None:
    """Return the chart of all curves, letters and names at their ends; None before the first step."""
    if not any(run.curve.step.size for run in curves.runs):
        return None
    start = max((run.first for run in curves.runs if math.isfinite(run.first)), default=curves.untrained)
    top = max(start, curves.untrained) * (LARGEST if logarithmic else ROOM)
    low = DEEPEST * start if logarithmic else 0.0
    raw, smooth, edge = [], [], []
    for place, run in enumerate(curves.runs):
        look = LaneLook(place, LETTERS[place], name_of(run), place)
        curve = run.curve
        raw.append(
            Series(
                f"{look.letter} raw",
                "",
                curve.step,
                _within(curve.mean, low, top),
                look.pale(tokens),
                "thin",
                readable=False,
            )
        )
        cut = not logarithmic and _ends_above(curve.smooth, top)
        if cut:
            edge.append(
                Series(
                    look.letter,
                    "",
                    curve.smooth_step,
                    _at_edge(curve.smooth, top),
                    look.colour(tokens),
                    LOOKS[place],
                    LANE_MARKS[place],
                    end=_("{end} ↑").format(end=_end(look, run)),
                    ink=look.ink(tokens),
                    readable=False,
                )
            )
        smooth.append(
            Series(
                look.letter,
                look.words,
                curve.smooth_step,
                _within(curve.smooth, low, top),
                look.colour(tokens),
                LOOKS[place],
                LANE_MARKS[place],
                end="" if cut else _end(look, run),
                ink=look.ink(tokens),
            )
        )
    return Chart(
        (*raw, *smooth, *edge),
        _("step"),
        x_range=(0.0, float(curves.steps)),
        y_log=logarithmic,
        y_range=(math.nan if logarithmic else 0.0, math.nan if logarithmic else top),
        levels=(Level(curves.untrained, _("guessing")),),
        subtitle=_cut(curves, top),
        words=" ".join(describe(place, run) for place, run in enumerate(curves.runs)),
    )


def name_of(run: RateCurve) -> str:
    """Return what the curve says of its rate; nothing while that is not known."""
    return "" if run.name is None else _(RATE_NAMES[run.name])


def describe(place: int, run: RateCurve) -> str:
    """Return one run in words."""
    letter = LETTERS[place]
    if run.curve.first_bad_step is not None:
        text = _("{letter}: learning rate {rate}, {name}, NaN after step {step}.")
        return text.format(letter=letter, rate=short_number(run.rate), name=name_of(run), step=run.curve.first_bad_step)
    text = _("{letter}: learning rate {rate}, {name}, loss {loss}.")
    return text.format(letter=letter, rate=short_number(run.rate), name=name_of(run), loss=number(run.last))


def _end(look: LaneLook, run: RateCurve) -> str:
    last = run.last
    return look.words if math.isnan(last) else f"{look.words} {number(last)}"


def _within(values: Numbers, low: float, top: float) -> Numbers:
    """Return values that the axis holds; the others leave the picture and are said in words."""
    with np.errstate(invalid="ignore"):
        return np.where((values > top) | (values < low), np.nan, values)


def _ends_above(values: Numbers, top: float) -> bool:
    """Tell whether a curve is out of view at the end, and not lost for good."""
    return bool(values.size and math.isfinite(values[-1]) and values[-1] > top)


def _at_edge(values: Numbers, top: float) -> Numbers:
    """Return where a curve runs along the upper edge, to its end; NaN before."""
    inside = np.flatnonzero(values <= top)
    first = int(inside[-1]) + 1 if inside.size else 0
    return np.where(np.arange(values.size) >= first, top, np.nan)


def _cut(curves: RateCurves, top: float) -> str:
    """Say where the axis ends and what lies beyond; nothing where all is in view."""
    beyond = [_left_view(place, run, top) for place, run in enumerate(curves.runs) if run.peak > top]
    return _("cut at {top}: {beyond}").format(top=number(top), beyond=" · ".join(beyond)) if beyond else ""


def _left_view(place: int, run: RateCurve, top: float) -> str:
    if run.curve.first_bad_step is not None:
        step = count(run.curve.first_bad_step)
        return _("{letter} is NaN at step {step}").format(letter=LETTERS[place], step=step)
    return _("{letter} up to {peak}").format(letter=LETTERS[place], peak=number(run.peak))

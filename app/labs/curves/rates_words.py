"""What four learning rates do to the loss, in words."""

import math

from app.document.lanes import LETTERS
from app.labs.curves.rates_chart import name_of
from app.labs.lab import LOADING
from app.look.numbers import count, number, percent
from app.system.i18n import _
from app.telling.lab_story import Chapter
from app.widgets.numbers import short_number
from simulator.analysis.curves import NEAR_THE_BEST, RateCurve, RateCurves

SLIDE = "H1"


def rates_story(curves: RateCurves | None) -> tuple[str, str, list[Chapter]]:
    """Return slide, headline and chapters; None for nothing trained yet."""
    if curves is None or not curves.complete:
        headline = _("The same network is being trained at four learning rates.")
        loading = [Chapter("", (_(LOADING),))] if curves is None else []
        return SLIDE, headline, [*loading, _rule(), _to_try()]
    names = [name_of(run) for run in curves.runs]
    text = _("One network, four learning rates: {first} and {last}.")
    if len(set(names)) == 1:
        headline = _("One network, four learning rates, and all four are {name}.").format(name=names[0])
    else:
        different = list(dict.fromkeys(names))
        headline = text.format(first=", ".join(different[:-1]), last=different[-1])
    best = min((run.last for run in curves.runs if math.isfinite(run.last)), default=math.nan)
    seen = tuple(_seen(place, run, curves, best) for place, run in enumerate(curves.runs))
    return SLIDE, headline, [Chapter("", seen), _rule(), _to_try()]


def _seen(place: int, run: RateCurve, curves: RateCurves, best: float) -> str:
    values = {
        "letter": LETTERS[place],
        "rate": short_number(run.rate),
        "name": name_of(run),
        "first": number(run.first),
        "last": number(run.last),
        "peak": number(run.peak),
        "best": number(best),
        "untrained": number(curves.untrained, 3),
        "steps": count(curves.steps),
    }
    if run.curve.first_bad_step is not None:
        text = _("<b>{letter}: {rate} is {name}.</b> The loss of step {step} is NaN: the numbers grew too large.")
        return text.format(step=count(run.curve.first_bad_step), **values)
    text = {
        "low": _("<b>{letter}: {rate} is {name}.</b> From {first} to {last} in {steps} steps, and still on the way."),
        "good": _("<b>{letter}: {rate} is {name}.</b> It falls from {first} and levels out at {last}."),
        "high": _("<b>{letter}: {rate} is {name}.</b> It ends at {last}, where {best} can be had."),
        "very high": _(
            "<b>{letter}: {rate} is {name}.</b> Up to {peak}, and at the end {last}: guessing costs {untrained}."
        ),
    }[run.name or "good"]
    return text.format(**values)


def _rule() -> Chapter:
    return Chapter(
        _("How a curve gets its name"),
        (
            _("<b>low</b>: hardly moved, still falling calmly at the end, or below the best rate and not as far."),
            _("<b>very high</b>: ends in NaN, or no better than guessing."),
            _("<b>good</b>: ends within {share} of the best curve's fall.").format(share=percent(NEAR_THE_BEST)),
            _("<b>high</b>: any other; it stops too early, or is thrown back and forth."),
        ),
    )


def _to_try() -> Chapter:
    return Chapter(
        _("Try it"),
        (
            _("Move rate B up until it is high. How far is it from good to high?"),
            _("Open all four as runs and press <b>Play</b>: the same curves, with all their layers."),
        ),
    )

"""Mean outputs, costs and shares as rows of bars."""

from collections.abc import Sequence
from typing import Final

from app.look.function_looks import LOOKS
from app.look.marks import CIRCLE, SWATCH, LegendEntry
from app.look.numbers import number, percent, short
from app.look.ticks import Tick, linear_ticks, round_up
from app.plots.lab.bar_rows import BarRow, BarTable
from app.system.i18n import _
from app.theme import Tokens
from simulator.analysis.activations import ElementCosts, MeanOutput, ScalarFunction, StepShares

SURE: Final = 2.0
"""Standard errors drawn to both sides of a sample's mean: 19 of 20 samples hold the true mean between them."""


def name_of(function: ScalarFunction) -> str:
    """Return what the reader calls a function."""
    return _(function.declared.label)


def mean_table(means: Sequence[MeanOutput], main: str, tokens: Tokens) -> BarTable:
    """Return the mean outputs, the sample beside each."""
    rows = tuple(
        BarRow(
            name_of(each.function),
            ((each.mean, LOOKS[each.function.kind].colour(tokens)),),
            fixed(each.mean),
            _("sample {mean}").format(mean=fixed(each.sample_mean)),
            each.sample_mean,
            SURE * each.standard_error,
            each.function.kind == main,
        )
        for each in means
    )
    ends = [end for each in means for end in (each.mean, each.sample_mean - SURE * each.standard_error)]
    low, high = min(-0.1, *ends), 1.06 * max(0.6, *ends)
    axis = _("mean output")
    legend = (LegendEntry("mean", _("exact"), SWATCH, "text"), LegendEntry("sample", _("sample"), CIRCLE, "text", True))
    return BarTable(rows, (low, high), linear_ticks(low, high, 5), axis, legend)


def cost_table(elements: ElementCosts, main: str) -> BarTable:
    """Return nanoseconds an element, forward and backward end to end."""
    rows = tuple(
        BarRow(
            name_of(each.function),
            ((each.forward, "accent"), (each.backward, "warn")),
            _("{time} ns").format(time=number(each.total)),
            strong=each.function.kind == main,
        )
        for each in elements.costs
    )
    top = round_up(max(each.total for each in elements.costs))
    legend = (
        LegendEntry("forward", _("forward"), SWATCH, "accent"),
        LegendEntry("backward", _("backward"), SWATCH, "warn"),
    )
    axis = _("nanoseconds an element")
    return BarTable(rows, (0.0, top), linear_ticks(0.0, top, 5), axis, legend)


def share_table(shares: StepShares, main: str, tokens: Tokens) -> BarTable:
    """Return the part of a training step that activations take, in percent."""
    rows = []
    for each in shares.shares:
        own = each.function is None
        rows.append(
            BarRow(
                _("your network") if each.function is None else name_of(each.function),
                ((100 * each.share, "text" if each.function is None else LOOKS[each.function.kind].colour(tokens)),),
                percent(each.share),
                _("of {time} µs").format(time=number(each.step)),
                strong=not own and each.function is not None and each.function.kind == main,
            )
        )
    ticks = tuple(Tick(place, percent(place / 100)) for place in (0, 25, 50, 75, 100))
    return BarTable(tuple(rows), (0.0, 100.0), ticks, _("share of a step"))


def fixed(value: float) -> str:
    """Return a mean output with three decimals, as the lecture prints it."""
    return "0" if abs(value) < 0.5e-9 else number(value, 3) if abs(value) >= 0.1 else short(round(value, 3))

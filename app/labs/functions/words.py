"""The sentences of the function explorer: number first, then what it means."""

from dataclasses import dataclass
from typing import Final

from app.labs.functions.tables import SURE, fixed, name_of
from app.look.numbers import count, number, percent, short
from app.system.i18n import _
from app.telling.lab_story import Chapter
from simulator.analysis.activations import ElementCost, ElementCosts, FunctionCurve, MeanOutput, StepShare

BLOCKED: Final = 1e-3
"""A local gradient under this blocks, as everywhere in the program."""
CENTRED: Final = 0.005
_EQUAL: Final = 1e-3


@dataclass(frozen=True)
class Told:
    """What is known of the function that is explained; None where it is not measured."""

    curve: FunctionCurve
    at: int
    arriving: float
    mean: MeanOutput | None
    elements: ElementCosts | None
    share: StepShare | None


def headline(told: Told) -> str:
    """Return the one sentence."""
    slope = abs(float(told.curve.slope[told.at]))
    if slope == 0:
        return _("Nothing passes back.")
    if slope < BLOCKED:
        return _("Almost nothing passes back.")
    if abs(slope - 1) < _EQUAL:
        return _("The gradient passes unchanged.")
    return _("Less passes back than arrives.") if slope < 1 else _("More passes back than arrives.")


def chapters(told: Told, cost: bool) -> list[Chapter]:
    """Return the chapters; the chain rule with its numbers stands below the first.

    Parameters
    ----------
    cost
        Whether to tell of the cost, and not of the mean output.
    """
    found = [Chapter("", (_here(told),)), Chapter(_("In words"), (_in_words(told), *_kink(told), *_own(told)))]
    if cost:
        found.append(Chapter(_("Its cost"), _cost(told)))
    elif told.mean is not None:
        found.append(Chapter(_("Its mean output"), _on_average(told.mean)))
    return found


def _here(told: Told) -> str:
    curve, at = told.curve, told.at
    return _("At x = {x} <b>{name}</b> gives {y}. Its local gradient there is <b>{slope}</b>.").format(
        x=short(float(curve.x[at])),
        name=name_of(curve.function),
        y=number(float(curve.y[at])),
        slope=number(float(curve.slope[at])),
    )


def _in_words(told: Told) -> str:
    slope = float(told.curve.slope[told.at])
    if slope == 0:
        return _("Whatever arrives, 0 passes back: what lies before this unit learns nothing from this example.")
    if abs(abs(slope) - 1) < _EQUAL:
        return _("Raise x by 0.01 and f changes by 0.01: what arrives is passed on as it is.")
    if abs(slope) > 1:
        return _("{times} times as much passes back as arrives.").format(times=number(abs(slope), 2))
    if abs(slope) < BLOCKED:
        return _(
            "{times} times less passes back than arrives: the unit is saturated here and stops the gradient."
        ).format(times=number(1 / abs(slope), 2))
    return _("{times} times less passes back than arrives.").format(times=number(1 / abs(slope), 2))


def _kink(told: Told) -> tuple[str, ...]:
    curve, at = told.curve, told.at
    if not curve.has_kink(at):
        return ()
    return (
        _(
            "Left of x = {x} the slope is {before}, right of it {after}. At the kink itself there is none; the program "
            "takes {slope}, by convention."
        ).format(
            x=short(float(curve.x[at])),
            before=number(_clean(curve.before[at])),
            after=number(_clean(curve.after[at])),
            slope=number(float(curve.slope[at])),
        ),
    )


def _own(told: Told) -> tuple[str, ...]:
    """Tell of the gradients that learned numbers get: PReLU's slope learns like a weight."""
    return tuple(
        _("{name} is learned: it gets the gradient {arriving} × {local} = <b>{own}</b>.").format(
            name=name,
            arriving=short(told.arriving),
            local=number(float(gradients[told.at])),
            own=number(told.arriving * float(gradients[told.at])),
        )
        for name, gradients in told.curve.own.items()
    )


def _on_average(mean: MeanOutput) -> tuple[str, ...]:
    measured = _(
        "<b>{mean}</b> for inputs drawn from the unit Gaussian, by integration. {examples} draws give {sample} "
        "± {error}."
    ).format(
        mean=fixed(mean.mean),
        examples=count(mean.examples),
        sample=fixed(mean.sample_mean),
        error=number(SURE * mean.standard_error, 1),
    )
    if abs(mean.mean) < CENTRED:
        return (measured, _("Its outputs are centred on 0."))
    return (
        measured,
        _("They are not centred on 0, and the next layer takes them in. The zig-zag lab shows what that does."),
    )


def _cost(told: Told) -> tuple[str, ...]:
    if told.elements is None:
        return (_("Press <b>Measure the cost</b>: this computer times each function, then steps of your network."),)
    costs = {each.function.kind: each for each in told.elements.costs}
    mine = costs.get(told.curve.function.kind)
    if mine is None:
        return (_("Maxout is a layer with weights of its own, not a function put behind one: it is not timed here."),)
    return (_element(mine, costs.get("relu")), *_of_a_step(told.share), how_measured(told.elements))


def _element(mine: ElementCost, relu: ElementCost | None) -> str:
    if relu is None or relu is mine:
        return _("<b>{time} ns</b> an element, forward and backward.").format(time=number(mine.total))
    return _("<b>{time} ns</b> an element, forward and backward: {times} times ReLU.").format(
        time=number(mine.total), times=number(mine.total / relu.total, 2)
    )


def _of_a_step(share: StepShare | None) -> tuple[str, ...]:
    if share is None:
        return ()
    return (
        _("In all hidden layers of your network it takes <b>{share}</b> of a training step of {time} µs.").format(
            share=percent(share.share), time=number(share.step)
        ),
    )


def how_measured(elements: ElementCosts) -> str:
    """Say how the cost was measured."""
    return _(
        "Timed are the program's own kernels in 32-bit numbers, on {units} units and {batch} examples of Gaussian "
        "input. The functions take turns for {rounds} rounds, and the fastest counts."
    ).format(units=elements.units, batch=elements.batch, rounds=elements.rounds)


def _clean(slope: float) -> float:
    """Return a one-sided slope without the trace of the step it was taken at."""
    return float(f"{float(slope):.6g}") if abs(slope) > 1e-7 else 0.0

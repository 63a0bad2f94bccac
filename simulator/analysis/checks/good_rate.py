"""The fifth check (F4 to F6): the learning rate is one of those that learn, found by short runs at many rates."""

import math

import numpy as np
from msgspec.structs import replace

from simulator.analysis.checks.check_result import CheckPicture, Outcome, cut_short
from simulator.analysis.clock import Clock
from simulator.analysis.curves.range_test import RangeTest, guessing_loss, widening_sweep
from simulator.analysis.measured import Measured, strong
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message
from simulator.training.run.setting import prepare

SEEDS = 2
LOW, HIGH = -6, 1  # powers of ten
A_DECADE = 2  # rates
SLOW = 1 / 3  # of what the best rate takes away
BEGUN = 0.95  # of the loss of the best constant answer, or less: the rate has learned something
SAME = 1e-9  # relative: rates that agree so far are one
TRYING = 0.8  # of the progress, for the experiment as it is


def rate_is_good(experiment: Experiment, clock: Clock) -> Outcome:
    """Train at half decades from 1e-6 to 10 and at the experiment's own rate, from two starts each.

    The runs have 100 steps, or twice as many and so on, until one rate takes a fifth of the loss of the best constant
    answer away. Where none does, it is tried without the penalty.
    """
    rate = experiment.training.learning_rate
    if rate == 0:
        return Outcome(rate, None, "fail", Message(N_("At a learning rate of 0 nothing moves.")))
    setting = prepare(experiment, np.dtype(np.float32))
    if not guessing_loss(experiment, setting):
        return Outcome(rate, None, "skipped", Message(N_("All training examples have one answer: any rate will do.")))
    grid = np.logspace(LOW, HIGH, (HIGH - LOW) * A_DECADE + 1)
    rates = np.unique(np.append(grid[np.abs(grid / rate - 1) > SAME], rate))
    punished = experiment.training.l2 > 0 or experiment.training.l1 > 0
    first = clock.part(0.0, TRYING if punished else 1.0)
    found = widening_sweep(experiment, rates, SEEDS, first, setting)
    if found.suggested is not None or not found.complete:
        return _judged(found, rate, setting.probe.size, clock)
    free = None
    if punished:
        without = replace(experiment, training=replace(experiment.training, l2=0.0, l1=0.0))
        free = widening_sweep(without, rates, SEEDS, clock.part(TRYING, 1.0), setting)
    return Outcome(rate, None, "fail", _none_learns(found, free, setting.probe.size), picture=_picture(found, rate))


def _none_learns(found: RangeTest, free: RangeTest | None, examples: int) -> Message:
    """Say that no rate did, and whether the penalty is why: without it (`free`) one does."""
    values: dict[str, object] = {"steps": Measured(found.steps, "count"), "zero": Measured(found.zero)}
    values["examples"] = Measured(examples, "count")
    if free is None or free.suggested is None:
        text = N_(
            "No rate from 1e-6 to 10 took the data loss of {examples} examples a fifth under {zero}, which guessing "
            "has, in {steps} steps."
        )
        return Message(text, values)
    best = _best(free)
    values |= {"best": _rounded(free.rates[best]), "fewer": Measured(free.steps, "count")}
    values |= {"least": strong(float(free.median[best]))}
    text = N_(
        "The penalty holds the loss: with it no rate from 1e-6 to 10 took the data loss of {examples} examples a fifth "
        "under {zero}, which guessing has, in {steps} steps. Without it {best} took it to {least} in "
        "{fewer}."
    )
    return Message(text, values)


def _judged(found: RangeTest, rate: float, examples: int, clock: Clock) -> Outcome:
    own, best, losses = _place(found, rate), _best(found), found.median
    picture = _picture(found, rate)
    values: dict[str, object] = {
        "rate": Measured(rate, "round"),
        "steps": Measured(found.steps, "count"),
        "examples": Measured(examples, "count"),
        "loss": strong(float(losses[own])),
        "best": _rounded(found.rates[best]),
        "least": strong(float(losses[best])),
    }
    if not found.complete:
        sentence = Message(N_("So far no rate learns in {steps} steps."), values)
        if found.suggested is not None:
            sentence = Message(
                N_("So far {best} is the best rate: loss {least} of {examples} examples after {steps} steps."), values
            )
        return Outcome(rate, None, "unsure", cut_short(sentence), picture=picture)
    assert found.suggested is not None
    low, high = found.suggested
    expected = Message(N_("{low} to {high}"), {"low": _rounded(low), "high": _rounded(high)})
    if low == high:
        expected = Message(N_("near {rate}"), {"rate": _rounded(low)})
    begun = losses[own] <= BEGUN * found.zero and not found.diverged[own]
    slow = found.zero - losses[own] < SLOW * (found.zero - losses[best])
    if begun and (slow or not low <= rate <= high):
        text = N_(
            "{rate} learns, but slowly: after {steps} steps the loss of {examples} examples is {loss}. At {best} it is "
            "{least}."
        )
        if rate > found.rates[best]:
            text = N_(
                "{rate} learns, but it is high: after {steps} steps the loss of {examples} examples is {loss}. At "
                "{best} it is {least}."
            )
        return Outcome(rate, expected, "unsure", Message(text, values), picture=picture)
    if low <= rate <= high:
        text = N_(
            "{rate} is right: after {steps} steps the loss of {examples} examples is {loss}. The least of all rates is "
            "{least}, at {best}."
        )
        return Outcome(rate, expected, "pass", Message(text, values), picture=picture)
    text = N_(
        "{rate} is too low: after {steps} steps the loss of {examples} examples is {loss}. At {best} it is {least}."
    )
    if rate > high:
        text = N_(
            "{rate} is too high: after {steps} steps the loss of {examples} examples is {loss}. At {best} it is "
            "{least}."
        )
        if not math.isfinite(losses[own]):
            text = N_(
                "{rate} is too high: within {steps} steps the loss of {examples} examples is NaN. At {best} it "
                "is {least}."
            )
    return Outcome(rate, expected, "fail", Message(text, values), picture=picture)


def _place(found: RangeTest, rate: float) -> int:
    return int(np.argmin(np.abs(np.log(found.rates / rate))))


def _best(found: RangeTest) -> int:
    return int(np.argmin(np.where(np.isfinite(found.median) & ~found.diverged, found.median, np.inf)))


def _picture(found: RangeTest, rate: float) -> CheckPicture:
    known = ~np.isnan(found.median)
    places, own = np.flatnonzero(known), _place(found, rate)
    learns = found.suggested is not None
    return CheckPicture(
        title=Message(N_("Loss after {steps} steps at each rate"), {"steps": Measured(found.steps, "count")}),
        across=Message(N_("learning rate")),
        x=found.rates[known],
        y=found.median[known],
        logarithmic_x=True,
        reference=(found.zero, Message(N_("guessing"))),
        best=int(np.searchsorted(places, _best(found))) if learns else None,
        mark=(int(np.searchsorted(places, own)), Message(N_("now"))) if known[own] else None,
    )


def _rounded(rate: float) -> Measured:
    """Return a rate of the grid as it is spoken of: 0.0032 is 0.003."""
    return Measured(float(f"{rate:.1g}"), "round")

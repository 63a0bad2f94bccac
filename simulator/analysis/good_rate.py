"""The fifth check (F4 to F6): the learning rate is one of those that learn, found by short runs at many rates."""

import math

import numpy as np

from simulator.analysis.check_result import CheckPicture, Outcome, out_of_time
from simulator.analysis.clock import Clock
from simulator.analysis.copies import start
from simulator.analysis.measured import Measured, strong
from simulator.analysis.range_test import RangeTest, sweep
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

STEPS = 100
SEEDS = 2
LOW, HIGH = -6, 1  # powers of ten
A_DECADE = 2  # rates
SLOW = 0.4  # of what the best rate takes away
SAME = 1e-9  # relative: rates that agree so far are one


def rate_is_good(experiment: Experiment, clock: Clock) -> Outcome:
    """Train 100 steps at half decades from 1e-6 to 10 and at the experiment's own rate, from two starts each."""
    rate = experiment.training.learning_rate
    if rate == 0:
        return Outcome(rate, None, "fail", Message(N_("At a learning rate of 0 nothing moves.")))
    grid = np.logspace(LOW, HIGH, (HIGH - LOW) * A_DECADE + 1)
    rates = np.unique(np.append(grid[np.abs(grid / rate - 1) > SAME], rate))
    start(experiment).advance(1)  # so that nothing is compiled on the clock
    clock.begin()
    found = sweep(experiment, rates, SEEDS, STEPS, clock)
    return _judged(found, rate, clock)


def _judged(found: RangeTest, rate: float, clock: Clock) -> Outcome:
    own = int(np.argmin(np.abs(np.log(found.rates / rate))))
    losses = found.start * found.median
    picture = _picture(found, own)
    values: dict[str, object] = {
        "rate": Measured(rate, "round"),
        "steps": Measured(STEPS, "count"),
        "loss": strong(float(losses[own])),
    }
    if found.suggested is None:
        text = N_("No rate from 1e-6 to 10 takes a fifth of the loss away in {steps} steps.")
        sentence = Message(text, values)
        if not found.complete:
            sentence = out_of_time(sentence, clock)
        return Outcome(rate, None, "fail" if found.complete else "unsure", sentence, picture=picture)
    low, high = found.suggested
    best = int(np.nanargmin(np.where(np.isfinite(losses), losses, np.inf)))
    values |= {"best": _rounded(found.rates[best]), "least": strong(float(losses[best]))}
    expected = Message(N_("{low} to {high}"), {"low": _rounded(low), "high": _rounded(high)})
    if not found.complete:
        sentence = out_of_time(Message(N_("So far {best} is the best rate: loss {least}."), values), clock)
        return Outcome(rate, expected, "unsure", sentence, picture=picture)
    if low <= rate <= high and found.start - losses[own] < SLOW * (found.start - losses[best]):
        text = N_("{rate} learns, but slowly: after {steps} steps the loss is {loss}. At {best} it is {least}.")
        if rate > found.rates[best]:
            text = N_("{rate} learns, but it is high: after {steps} steps the loss is {loss}. At {best} it is {least}.")
        return Outcome(rate, expected, "unsure", Message(text, values), picture=picture)
    if low <= rate <= high:
        text = N_(
            "{rate} is right: after {steps} steps the loss is {loss}. The least of all rates is {least}, at {best}."
        )
        return Outcome(rate, expected, "pass", Message(text, values), picture=picture)
    text = N_("{rate} is too low: after {steps} steps the loss is {loss}. At {best} it is {least}.")
    if rate > high:
        text = N_("{rate} is too high: after {steps} steps the loss is {loss}. At {best} it is {least}.")
        if not math.isfinite(losses[own]):
            text = N_("{rate} is too high: within {steps} steps the loss is no number. At {best} it is {least}.")
    return Outcome(rate, expected, "fail", Message(text, values), picture=picture)


def _picture(found: RangeTest, own: int) -> CheckPicture:
    known = ~np.isnan(found.median)
    places = np.flatnonzero(known)
    shares = found.median[known]
    learns = found.suggested is not None
    return CheckPicture(
        title=Message(N_("Loss after {steps} steps at each rate"), {"steps": Measured(STEPS, "count")}),
        across=Message(N_("learning rate")),
        x=found.rates[known],
        y=found.start * shares,
        logarithmic_x=True,
        reference=(found.start, Message(N_("start"))),
        best=int(np.argmin(shares)) if learns else None,
        mark=(int(np.searchsorted(places, own)), Message(N_("now"))) if known[own] else None,
    )


def _rounded(rate: float) -> Measured:
    """Return a rate of the grid as it is spoken of: 0.0032 is 0.003."""
    return Measured(float(f"{rate:.1g}"), "round")

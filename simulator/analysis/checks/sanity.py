"""The babysitting list (slides F1 to F6, and the gradient check): run on a copy before a network is trained in earnest.

`run_checks` gives one result after the other, so that a window can show each as it comes.
"""

import time
from collections.abc import Iterator, Sequence

import numpy as np

from simulator.analysis.checks.check_result import Check, CheckPicture, CheckResult, Outcome, Verdict, cut_short
from simulator.analysis.checks.checklist import CHECKLIST
from simulator.analysis.checks.first_loss import first_loss, penalty_raises_loss
from simulator.analysis.checks.good_rate import rate_is_good
from simulator.analysis.checks.overfit import overfits
from simulator.analysis.checks.set_up import set_up_is_sound
from simulator.analysis.clock import Clock, Progress, Stop
from simulator.analysis.gradients.comparison import LIMIT
from simulator.analysis.gradients.gradient_check import GradientCheck, gradient_check
from simulator.analysis.measured import Measured, strong
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

NAMED = 3  # kinds of kinks in a sentence; the details have all
FEW = 5  # gradients of a layer: too few to speak for it where the check was stopped


def gradients_are_right(experiment: Experiment, clock: Clock) -> Outcome:
    """Compare the gradients of every layer with central differences in float64."""
    found = gradient_check(experiment, clock)
    below = Message(N_("below {limit}"), {"limit": Measured(LIMIT, "round")})
    worst = found.worst
    if worst is None:
        text = N_("The loss or a gradient is NaN or infinite, so nothing can be compared.")
        if found.layers:
            text = N_("No gradient could be compared: kinks and rounding are everywhere.")
        sentence = Message(text)
        return Outcome(None, below, "unsure", sentence if found.complete else cut_short(sentence))
    sentence = _said(found)
    if not found.complete:
        sentence = cut_short(sentence)
    details = tuple(_detail(layer.name, layer.largest, layer.judged) for layer in found.layers)
    kinks = tuple(Message(N_("{count} at a kink: {name}"), {"count": n, "name": name}) for name, n in found.jumps)
    verdict: Verdict = "pass"
    if found.wrong:
        verdict = "fail"
    elif found.odd or clock.stopped or found.judged <= found.left_out or (not found.complete and found.least < FEW):
        verdict = "unsure"
    return Outcome(worst.largest, below, verdict, sentence, (*details, *kinks), _picture(found))


def _picture(found: GradientCheck) -> CheckPicture:
    errors = [layer.largest if layer.judged else np.nan for layer in found.layers]
    return CheckPicture(
        title=Message(N_("Largest relative error of each layer")),
        across=Message(N_("layer")),
        x=np.arange(len(errors), dtype=float),
        y=np.array(errors),
        names=tuple(layer.name for layer in found.layers),
        logarithmic_y=True,
        reference=(LIMIT, Message(N_("limit"))),
        joined=False,
    )


def _said(found: GradientCheck) -> Message:
    assert found.worst is not None
    values = {
        "error": strong(found.worst.largest),
        "layer": found.worst.name,
        "judged": Measured(found.judged, "count"),
        "left_out": Measured(found.left_out, "count"),
        "wrong": _listed([layer.name for layer in found.wrong]),
    }
    if found.wrong:
        text = N_("The backward pass is wrong in {wrong}; the largest relative error is {error}, in {layer}.")
    elif found.odd:
        text = N_(
            "A few gradients are a little off, by up to {error} in {layer}: the loss may bend too sharply there for "
            "differences."
        )
    elif found.jumps:
        text = N_(
            "The largest relative error of {judged} gradients is {error}, in {layer}; {left_out} more are left out: "
            "they lie at a kink ({kinks}) or under rounding."
        )
        most = sorted(found.jumps, key=lambda jump: -jump[1])
        values["kinks"] = _listed([name for name, _count in most[:NAMED]])
    elif found.left_out:
        text = N_(
            "The largest relative error of {judged} gradients is {error}, in {layer}; {left_out} more cannot be "
            "told from rounding."
        )
    else:
        text = N_("The largest relative error of {judged} gradients is {error}, in {layer}.")
    return Message(text, values)


def _listed(names: Sequence[Message]) -> Message | str:
    """Return the names one after the other."""
    if not names:
        return ""
    listed = names[0]
    for name in names[1:]:
        listed = Message(N_("{first}, {next}"), {"first": listed, "next": name})
    return listed


def _detail(name: Message, error: float, judged: int) -> Message:
    text = N_("{layer}: {error} in {count} entries")
    return Message(text, {"layer": name, "error": f"{error:.1e}" if judged else "-", "count": judged})


FUNCTIONS = {
    "first_loss": first_loss,
    "penalty_raises_loss": penalty_raises_loss,
    "overfits": overfits,
    "gradient_check": gradients_are_right,
    "good_rate": rate_is_good,
    "set_up": set_up_is_sound,
}
CHECKS = tuple(Check(item, FUNCTIONS[item.id]) for item in CHECKLIST)


def run_check(
    check: Check, experiment: Experiment, stop: Stop | None = None, progress: Progress | None = None
) -> CheckResult:
    """Run one check; one that is stopped before it found anything counts as skipped."""
    clock = Clock(stop, progress)
    began = time.perf_counter()
    if clock.over:
        outcome = Outcome(None, None, "skipped", Message(N_("Stopped before its beginning.")))
    else:
        outcome = check.function(experiment, clock)
    return CheckResult(
        check.item,
        outcome.measured,
        outcome.expected,
        outcome.verdict,
        outcome.sentence,
        time.perf_counter() - began,
        outcome.details,
        outcome.picture,
    )


def run_checks(
    experiment: Experiment,
    stop: Stop | None = None,
    progress: Progress | None = None,
    checks: Sequence[Check] = CHECKS,
) -> Iterator[CheckResult]:
    """Run the checks in order and yield their results as they come; the experiment stays as it is.

    Parameters
    ----------
    stop
        Asked again and again; after it says True the checks left are skipped.
    progress
        Told the share of the whole list that is done.
    """
    for number, check in enumerate(checks):

        def share_done(share: float, number: int = number) -> None:
            if progress is not None:
                progress((number + share) / len(checks))

        yield run_check(check, experiment, stop, share_done)
        share_done(1.0)


def sweep_rates(experiment: Experiment, stop: Stop | None = None, progress: Progress | None = None) -> CheckResult:
    """Run the check of the learning rate by itself: a range test at half decades."""
    check = next(check for check in CHECKS if check.item.id == "good_rate")
    return run_check(check, experiment, stop, progress)

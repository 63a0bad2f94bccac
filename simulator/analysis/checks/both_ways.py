"""The same model judged on its validation set and by cross-validation (slide F7), as an item of the list."""

import math

import numpy as np

from simulator.analysis.checks.check_result import CheckPicture, CheckResult, Verdict
from simulator.analysis.checks.checklist import BOTH_WAYS
from simulator.analysis.checks.cross_scores import CrossValidation
from simulator.analysis.checks.cross_validation import cross_validate
from simulator.analysis.clock import Progress, Stop
from simulator.analysis.measured import Measured, strong
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

FOLDS = 5
ERRORS = 2.0  # standard errors that the two scores may differ by


def judge_both_ways(
    experiment: Experiment, folds: int = FOLDS, stop: Stop | None = None, progress: Progress | None = None
) -> CheckResult:
    """Train once on the experiment's own split and once a fold; say score, spread and time of each way."""
    return as_result(cross_validate(experiment, folds, stop=stop, progress=progress))


def as_result(found: CrossValidation) -> CheckResult:
    """Return what cross-validation found as an item of the list."""
    single = found.single
    if not found.folds or single is None:
        text = N_("Nothing to compare: no training was finished, or there are no validation examples.")
        return CheckResult(BOTH_WAYS, None, None, "skipped", Message(text), found.seconds)
    error = _error(found)
    own = [single.accuracy, *(fold.accuracy for fold in found.folds)]
    doubt = [single.error, *(fold.error for fold in found.folds)]
    values = {
        "accuracy": strong(single.accuracy, "share"),
        "error": Measured(single.error, "share"),
        "examples": Measured(single.examples, "count"),
        "once": Measured(single.seconds),
        "folds": Measured(len(found.folds), "count"),
        "mean": strong(found.mean, "share"),
        "low": Measured(min(own[1:]), "share"),
        "high": Measured(max(own[1:]), "share"),
        "all": Measured(sum(fold.seconds for fold in found.folds)),
    }
    text = N_(
        "The validation set says {accuracy} ± {error} ({examples} examples, {once} s). {folds} folds say {mean}, from "
        "{low} to {high} ({all} s)."
    )
    details = tuple(
        Message(
            N_("Fold {number}: {accuracy}, {seconds} s"),
            {
                "number": number,
                "accuracy": Measured(fold.accuracy, "share"),
                "seconds": Measured(fold.seconds),
            },
        )
        for number, fold in enumerate(found.folds, start=1)
    )
    verdict: Verdict = (
        "pass" if abs(single.accuracy - found.mean) <= ERRORS * math.hypot(single.error, error) else "fail"
    )
    expected = Message(
        N_("{mean} ± {error}"), {"mean": Measured(found.mean, "share"), "error": Measured(error, "share")}
    )
    return CheckResult(
        BOTH_WAYS,
        single.accuracy,
        expected,
        verdict if found.complete else "unsure",
        Message(text, values),
        found.seconds,
        details,
        _picture(own, doubt, found.mean),
    )


def _error(found: CrossValidation) -> float:
    """Return the standard error of the mean of the folds; with one fold, what its examples leave."""
    count = len(found.folds)
    return found.spread / math.sqrt(count) if count > 1 else found.folds[0].error


def _picture(accuracies: list[float], errors: list[float], mean: float) -> CheckPicture:
    folds = range(1, len(accuracies))
    return CheckPicture(
        title=Message(N_("Accuracy and its standard error")),
        across=Message(N_("validated on")),
        x=np.arange(len(accuracies), dtype=float),
        y=np.array(accuracies),
        errors=np.array(errors),
        names=(
            Message(N_("validation")),
            *(Message(N_("fold {number}"), {"number": number}) for number in folds),
        ),
        reference=(mean, Message(N_("mean of the folds"))),
        mark=(0, Message("")),
        joined=False,
        form="share",
    )

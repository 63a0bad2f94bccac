"""What came of a change, from the pictures of two runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.experiment.comparison import Exchange
from simulator.message import N_, Message
from simulator.training.frames.picture import Mark, Picture

SHARE = 20  # the data loss is the mean over the last twentieth of the steps
FEWEST = 10  # of ten steps at the least


@dataclass(frozen=True)
class _Accuracies:
    """Validation accuracies of two runs, read after equally many epochs."""

    epoch: float
    old: float
    new: float


def what_came(before: Picture, after: Picture, changes: Sequence[Message] = ()) -> Message:
    """Return one sentence that compares `after` with `before` at the latest moment that both have reached.

    Runs are compared after equally many examples: data loss (a mean over the last steps, whose number is named: a plot
    shows the smoothed loss, which is another) and validation accuracy, read at that moment in both, as after a pause,
    else at the last epoch end that both have read, which is then named. Runs that diverged are named, and so is one
    that has made no step of its own.

    Parameters
    ----------
    changes
        What differs; a lone change begins the sentence: "He instead of Xavier: data loss 0.41 against 2.30 after 300
        steps".
    """
    if _is_untrained(after):
        return Message(N_("not trained yet"))
    outcome = _outcome(before, after)
    if len(changes) != 1:
        return outcome
    change = changes[0].short if isinstance(changes[0], Exchange) else changes[0]
    return Message(N_("{change}: {outcome}"), {"change": change, "outcome": outcome})


def _is_untrained(picture: Picture) -> bool:
    """Tell whether a run stands at its beginning, or where it left another one."""
    return picture.newest <= max((mark.step for mark in picture.marks if mark.kind == "fork"), default=0)


def _outcome(before: Picture, after: Picture) -> Message:
    old, new = _divergence(before), _divergence(after)
    if old is not None and new is not None:
        text = N_("diverged at step {new}, against step {old}")
        return Message(text, {"new": new.step, "old": old.step})
    if new is not None:
        values = {"step": new.step, "old": _number(_loss(before, before.newest)), "when": _steps(before.newest)}
        return Message(N_("diverged at step {step}, against a data loss of {old} after {when}"), values)
    if old is not None:
        values = {"step": old.step, "new": _number(_loss(after, after.newest)), "when": _steps(after.newest)}
        return Message(N_("data loss {new} after {when}, where the other run diverged at step {step}"), values)
    epoch = min(_epoch(before, before.newest), _epoch(after, after.newest))
    if epoch == 0:
        return Message(N_("no step that both have made yet"))
    return _compared(before, after, epoch)


def _compared(before: Picture, after: Picture, epoch: float) -> Message:
    steps = _step(before, epoch), _step(after, epoch)
    values: dict[str, object] = {"new": _number(_loss(after, steps[1])), "old": _number(_loss(before, steps[0]))}
    epochs = Message(N_("{epochs} epochs"), {"epochs": f"{epoch:.3g}"})
    values["span"] = _span(*map(_over, steps))
    values["when"] = _steps(steps[0]) if steps[0] == steps[1] else epochs
    read = _accuracies(before, after, steps, epoch)
    if read is None:
        return Message(N_("data loss {new} against {old} ({span}) after {when}"), values)
    values |= {
        "new_share": read.new,
        "old_share": read.old,
        "sample": _sample(before, after),
    }
    if read.epoch == epoch:
        text = N_(
            "data loss {new} against {old} ({span}), validation accuracy {new_share:.0%} against {old_share:.0%} of "
            "{sample}, after {when}"
        )
        return Message(text, values)
    values["read"] = f"{read.epoch:.6g}"
    text = N_(
        "data loss {new} against {old} ({span}) after {when}, validation accuracy {new_share:.0%} against "
        "{old_share:.0%} of {sample} after epoch {read}"
    )
    return Message(text, values)


def _accuracies(before: Picture, after: Picture, steps: tuple[int, int], epoch: float) -> _Accuracies | None:
    """Return what was read in both at this very moment, as after a pause, else at the last epoch end both have."""
    found = [each.readings for each in (before, after)]
    at = [np.flatnonzero(each.step == step) for each, step in zip(found, steps, strict=True)]
    if not all(place.size for place in at):
        ends = [each.epoch[(each.epoch % 1 == 0) & (each.epoch > 0) & (each.epoch <= epoch)] for each in found]
        both = np.intersect1d(*ends)
        if not both.size:
            return None
        epoch = float(both[-1])
        at = [np.flatnonzero(each.epoch == epoch) for each in found]
    old, new = (float(each.validation_accuracy[place[-1]]) for each, place in zip(found, at, strict=True))
    return _Accuracies(epoch, old, new) if np.isfinite(old) and np.isfinite(new) else None


def _sample(before: Picture, after: Picture) -> Message:
    """Return on how many examples the accuracies of both were read."""
    old, new = before.samples.validation, after.samples.validation
    if old == new:
        return Message(N_("1 example")) if new == 1 else Message(N_("{count} examples"), {"count": new})
    return Message(N_("{count} and {other} examples"), {"count": new, "other": old})


def _steps(steps: int) -> Message:
    return Message(N_("1 step")) if steps == 1 else Message(N_("{steps} steps"), {"steps": steps})


def _divergence(picture: Picture) -> Mark | None:
    return next((mark for mark in picture.marks if mark.kind == "diverged"), None)


def _epoch(picture: Picture, step: int) -> float:
    """Return the passes over the training set made after `step` updates, with fraction."""
    steps, epochs = _moments(picture)
    if step >= steps[-1]:
        return float(epochs[-1] + (step - steps[-1]) / picture.steps_per_epoch)
    return float(np.interp(step, steps, epochs))


def _step(picture: Picture, epoch: float) -> int:
    """Return the newest step that `epoch` passes have reached."""
    steps, epochs = _moments(picture)
    if epoch >= epochs[-1]:
        return int(steps[-1] + (epoch - epochs[-1]) * picture.steps_per_epoch + 1e-6)
    return int(np.interp(epoch, epochs, steps) + 1e-6)


def _moments(picture: Picture) -> tuple[np.ndarray, np.ndarray]:
    """Return the steps, rising, whose epoch is known, and their epochs: readings and recorded frames."""
    steps = np.concatenate([[0], picture.readings.step, picture.track.step])
    epochs = np.concatenate([[0.0], picture.readings.epoch, picture.track.epoch])
    steps, first = np.unique(steps, return_index=True)
    return steps, epochs[first]


def _over(step: int) -> int:
    """Return how many steps the loss after `step` of them is a mean of."""
    return min(step, max(step // SHARE, FEWEST))


def _span(old: int, new: int) -> Message:
    """Say what the losses are means of."""
    if old != new:
        return Message(N_("means of the last {new} and {old} steps"), {"new": new, "old": old})
    if new == 1:
        return Message(N_("of the last step"))
    return Message(N_("means of the last {new} steps"), {"new": new})


def _loss(picture: Picture, step: int) -> float:
    """Return the mean data loss of the last steps up to `step`."""
    curve = picture.data_losses
    begin = step - _over(step)
    inside = (curve.step > begin) & (curve.step <= step)
    if not inside.any() and curve.step.size:  # a bucket wider than the stretch
        inside = np.arange(curve.step.size) == min(np.searchsorted(curve.step, step), curve.step.size - 1)
    means = curve.mean[inside]
    means = means[np.isfinite(means)]
    return float(means.mean()) if means.size else np.nan


def _number(loss: float) -> str:
    return f"{loss:.2f}" if 0.1 <= loss < 1000 else f"{loss:.3g}"

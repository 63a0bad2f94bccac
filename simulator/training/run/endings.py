"""How a run ends by itself, and the sentence that says so."""

from dataclasses import dataclass
from typing import Literal

from simulator.experiment.experiment import Training
from simulator.machine.loop import BAD_LOSS, BAD_PARAMETER
from simulator.message import N_, Message, counted
from simulator.training.run.history import ReadingLog
from simulator.training.run.rule import RuleMemory


@dataclass(frozen=True)
class Ending:
    """`kind` is "finished", "stopped" (early) or "diverged"; `message` names the rule, the step and the number."""

    kind: Literal["finished", "stopped", "diverged"]
    message: Message


def finished(epochs: int, steps: int) -> Ending:
    """All epochs asked for are done."""
    passes = counted("{count} epoch", "{count} epochs", epochs)
    updates = counted("{count} step", "{count} steps", steps)
    return Ending("finished", Message(N_("Finished: {epochs}, {steps}."), {"epochs": passes, "steps": updates}))


def out_of_patience(readings: ReadingLog, patience: int) -> Ending | None:
    """Early stopping: the validation loss, read at epoch ends, has not fallen for `patience` epochs; else None."""
    best = readings.best_validation_loss()
    if best is None or readings.last is None:
        return None
    epoch, loss = best
    if readings.last[1] < epoch + patience:
        return None
    message = counted(
        "Stopped early: the validation loss has not fallen for {count} epoch. "
        "Its least was {loss:.4g}, after epoch {epoch}.",
        "Stopped early: the validation loss has not fallen for {count} epochs. "
        "Its least was {loss:.4g}, after epoch {epoch}.",
        patience,
        {"loss": loss, "epoch": round(epoch)},
    )
    return Ending("stopped", message)


def end_of(training: Training, epochs: int, steps: int, readings: ReadingLog) -> Ending | None:
    """Return how a run that stands there has ended: all epochs done, or out of patience; else None."""
    if training.epochs is not None and epochs >= training.epochs:
        return finished(epochs, steps)
    return None if training.patience is None else out_of_patience(readings, training.patience)


def diverged(reason: int, step: int, training: Training, loss: float, memory: RuleMemory) -> Ending:
    """Return the ending for a reason of `machine.loop` other than GOING."""
    values: dict[str, object] = {"step": step, "rate": training.learning_rate}
    if reason == BAD_LOSS and step == 1:
        text = N_(
            "Diverged: the loss of the first mini-batch is {loss}, before any update, so the learning rate has no part "
            "in it. The inputs or the first weights are too large: standardise the data, or begin with smaller weights."
        )
        values["loss"] = loss
    elif reason == BAD_LOSS:
        text = N_(
            "Diverged: the loss of step {step} is {loss}, and nothing can be learned from that. "
            "The learning rate {rate:.3g} is probably too large: try a smaller one."
        )
        values["loss"] = loss
    elif reason == BAD_PARAMETER:
        text = N_(
            "Diverged: by step {step} a weight is no longer a finite number. "
            "The learning rate {rate:.3g} is probably too large: try a smaller one."
        )
    else:
        text = N_(
            "Diverged: at step {step} the mean loss of the last {window} steps is {mean:.3g}, over {factor:.6g} times "
            "the initial loss, {initial:.3g}. The learning rate {rate:.3g} is probably too large: try a smaller one."
        )
        if training.divergence.judged == "epoch":
            text = N_(
                "Diverged: at step {step} the mean loss of the epoch is {mean:.3g}, over {factor:.6g} times the "
                "initial loss, {initial:.3g}. The learning rate {rate:.3g} is probably too large: try a smaller one."
            )
        values |= {"factor": training.divergence.factor, "window": memory.recent.size}
        values |= {"mean": memory.mean, "initial": memory.initial_loss}
    return Ending("diverged", Message(text, values))

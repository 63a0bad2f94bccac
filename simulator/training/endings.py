"""How a run ends by itself, and the sentence that says so."""

from dataclasses import dataclass
from typing import Literal

from simulator.experiment.experiment import Training
from simulator.machine.loop import BAD_LOSS, BAD_PARAMETER
from simulator.message import N_, Message
from simulator.training.history import ReadingLog


@dataclass(frozen=True)
class Ending:
    """`kind` is "finished", "stopped" (early) or "diverged"; `message` names the rule, the step and the number."""

    kind: Literal["finished", "stopped", "diverged"]
    message: Message


def finished(epochs: int, steps: int) -> Ending:
    """All epochs asked for are done."""
    text = N_("Finished: {epochs} epochs, {steps} steps.")
    return Ending("finished", Message(text, {"epochs": epochs, "steps": steps}))


def out_of_patience(readings: ReadingLog, patience: int) -> Ending | None:
    """Early stopping: the validation loss, read at epoch ends, has not fallen for `patience` epochs; else None."""
    best = readings.best_validation_loss()
    if best is None or readings.last is None:
        return None
    epoch, loss = best
    if readings.last[1] < epoch + patience:
        return None
    text = N_(
        "Stopped early: the validation loss has not fallen for {patience} epochs. "
        "Its least was {loss}, after epoch {epoch}."
    )
    return Ending("stopped", Message(text, {"patience": patience, "loss": f"{loss:.4g}", "epoch": f"{epoch:.0f}"}))


def end_of(training: Training, epochs: int, steps: int, readings: ReadingLog) -> Ending | None:
    """Return how a run that stands there has ended: all epochs done, or out of patience; else None."""
    if training.epochs is not None and epochs >= training.epochs:
        return finished(epochs, steps)
    return None if training.patience is None else out_of_patience(readings, training.patience)


def diverged(reason: int, step: int, rate: float, loss: float, factor: float, first_loss: float) -> Ending:
    """Return the ending for a reason of `machine.loop` other than GOING."""
    values: dict[str, object] = {"step": step, "rate": f"{rate:.3g}"}
    if reason == BAD_LOSS:
        text = N_(
            "Diverged: the loss of step {step} is {loss}, no longer a number to learn from. "
            "The learning rate {rate} is probably too large: try a smaller one."
        )
        values["loss"] = f"{loss}"
    elif reason == BAD_PARAMETER:
        text = N_(
            "Diverged: by step {step} a weight is no longer a finite number. "
            "The learning rate {rate} is probably too large: try a smaller one."
        )
    else:
        text = N_(
            "Diverged: at step {step} the mean loss is over {factor} times the first loss, {first_loss}. "
            "The learning rate {rate} is probably too large: try a smaller one."
        )
        values |= {"factor": f"{factor:.6g}", "first_loss": f"{first_loss:.3g}"}
    return Ending("diverged", Message(text, values))

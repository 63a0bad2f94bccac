"""What numbers are asked of: a run, trained as far as each of them needs, and what its labs find."""

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.run import Run
from simulator.message import N_, Message
from simulator.quantities.name import Step

if TYPE_CHECKING:
    from simulator.training.frames.frame import Frame
    from simulator.training.run.trainer import Trainer

T = TypeVar("T")


class Subject:
    """A run that is trained when a number asks for it. Belongs to one thread at a time.

    Steps asked for in rising order cost one training; an earlier one trains anew from the start.

    Parameters
    ----------
    steps
        What "end" means; None is the run's own end.
    """

    def __init__(self, run: Run, steps: int | None = None) -> None:
        self.run = run
        self._steps = steps
        self._trainer: Trainer | None = None
        self._epoch_losses: list[float] = []
        self._found: dict[Hashable, Any] = {}

    @property
    def experiment(self) -> Experiment:
        """The experiment as it begins."""
        return self.run.experiment

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returned when `key` was first asked for."""
        if key not in self._found:
            self._found[key] = make()
        found: T = self._found[key]
        return found

    def trainer(self, step: Step) -> "Trainer":
        """Return the run after `step` updates; it is the caller's only until the next question.

        Raises
        ------
        ExperimentError
            If the run ends before that step, or has no end and "end" is asked for.
        """
        trainer = self._at_most(self._goal(step))
        goal = self._goal(step)
        while trainer.ending is None and (goal is None or trainer.step < goal):
            self._advance(trainer, goal)
        if step != "end" and trainer.step < step:
            text = N_("this run ends at step {end:,}, so nothing can be measured at step {step:,}")
            raise ExperimentError(Message(text, {"end": trainer.step, "step": step}))
        return trainer

    def frame(self, step: Step) -> "Frame":
        """Return the frame of a step."""
        from simulator.training.measuring.framing import frame_of

        trainer = self.trainer(step)
        return self.once(("frame", trainer.step), lambda: frame_of(trainer))

    def epoch_losses(self) -> list[float]:
        """Return the mean data loss of the whole training set, at the start and after every epoch up to the end."""
        self.trainer("end")
        return self._epoch_losses

    def _goal(self, step: Step) -> int | None:
        if step != "end":
            return step
        if self._steps is None and not self.experiment.ends:
            raise ExperimentError(Message(N_("this experiment has no end: say how many steps to train")))
        return self._steps

    def _at_most(self, step: int | None) -> "Trainer":
        """Return the trainer at hand, or a fresh one where it has gone beyond `step`."""
        from simulator.training.run.trainer import Trainer

        trainer = self._trainer
        if trainer is None or (step is not None and trainer.step > step):
            trainer = self._trainer = Trainer(self.run)
            self._epoch_losses = [trainer.evaluate(trainer.setting.training)[0]]
        return trainer

    def _advance(self, trainer: "Trainer", goal: int | None) -> None:
        """Train to the end of the epoch or to `goal`; the last step keeps what a frame needs of it."""
        left = trainer.steps_per_epoch if goal is None else goal - trainer.step
        beyond = self._steps is not None
        trainer.advance(left, to_epoch_end=True, beyond=beyond, measure=True)
        if trainer.position.offset == 0 and trainer.position.epoch == len(self._epoch_losses):
            self._epoch_losses.append(trainer.evaluate(trainer.setting.training)[0])

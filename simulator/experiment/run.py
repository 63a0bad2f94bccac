"""A run: a starting experiment and the edits made while it trained."""

from bisect import bisect_right
from typing import Any

import msgspec

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.fork import check_fork
from simulator.experiment.patch import apply
from simulator.message import N_, Message

# Whether an edit moves a parameter shows for data of any width: a file is checked before its data are there.
SOME_WIDTH, SOME_CLASSES = 7, 3


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A change made while the run trained, live or by a fork: it takes effect after `step` updates.

    Attributes
    ----------
    joined
        It goes on with the gesture of the edit before it, such as the drag of a slider: the two are shown as one.
    """

    step: int
    patch: dict[str, Any]
    joined: bool = False


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What replay, fork, file and report start from."""

    experiment: Experiment
    edits: tuple[Edit, ...] = ()

    def with_edit(self, step: int, patch: dict[str, Any], *, joined: bool = False) -> "Run":
        """Return the run with one more edit in its log; `joined` where it goes on with the gesture of the last."""
        return self._with_edits((*self.edits, Edit(step, patch, joined)))

    def upto(self, step: int) -> "Run":
        """Return the run without the edits made after `step`."""
        return self._with_edits(self.edits[: self.made_by(step)])

    def first(self, number: int) -> "Run":
        """Return the run with its first `number` edits alone."""
        return self._with_edits(self.edits[:number])

    def made_by(self, step: int) -> int:
        """Return how many edits are in force for the update after `step`."""
        return bisect_right(self.edits, step, key=lambda edit: edit.step)

    def after(self, number: int) -> Experiment:
        """Return the experiment in force once `number` edits were made."""
        known = self._known
        if number >= len(known):
            found = list(known)
            for edit in self.edits[len(known) - 1 : number]:
                found.append(apply(found[-1], edit.patch))
            # put in its place as a whole: any thread may ask
            known = self.__dict__["_found"] = tuple(found)
        return known[number]

    def at(self, step: int) -> Experiment:
        """Return the experiment in force for the update after `step`."""
        return self.after(self.made_by(step))

    def check_log(self, width: int = SOME_WIDTH, classes: int = SOME_CLASSES) -> None:
        """Raise `ExperimentError` unless the edits stand in the order of their steps and each may fork."""
        step = 0
        for number, edit in enumerate(self.edits):
            if edit.step < step:
                text = N_("the edit log is not in the order of its steps: {later} stands before {step}")
                raise ExperimentError(Message(text, {"later": step, "step": edit.step}))
            check_fork(self.after(number), self.after(number + 1), width, classes)
            step = edit.step

    @property
    def _known(self) -> tuple[Experiment, ...]:
        """The experiments after 0, 1, 2... edits, as far as somebody has asked for them."""
        found: tuple[Experiment, ...] = self.__dict__.get("_found", (self.experiment,))
        return found

    def _with_edits(self, edits: tuple[Edit, ...]) -> "Run":
        """Return a run with other edits after, or without the last of, the same ones."""
        run = Run(self.experiment, edits)
        run.__dict__["_found"] = self._known[: len(edits) + 1]
        return run

"""A run: a starting experiment and the edits made while it trained."""

from typing import Any

import msgspec

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.fork import forked
from simulator.experiment.patch import apply
from simulator.message import N_, Message

# Whether an edit moves a parameter shows for data of any width: a file is checked before its data are there.
SOME_WIDTH, SOME_CLASSES = 7, 3


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change made while the run trained, live or by a fork: it takes effect after `step` updates."""

    step: int
    patch: dict[str, Any]


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What replay, fork, file and report start from."""

    experiment: Experiment
    edits: tuple[Edit, ...] = ()

    def with_edit(self, step: int, patch: dict[str, Any]) -> "Run":
        """Return the run with one more edit in its log."""
        return Run(self.experiment, (*self.edits, Edit(step, patch)))

    def check_log(self, width: int = SOME_WIDTH, classes: int = SOME_CLASSES) -> None:
        """Raise `ExperimentError` unless the edits stand in the order of their steps and each may fork."""
        experiment, step = self.experiment, 0
        for edit in self.edits:
            if edit.step < step:
                text = N_("the edit log is not in the order of its steps: {later} stands before {step}")
                raise ExperimentError(Message(text, {"later": step, "step": edit.step}))
            experiment, step = forked(experiment, edit.patch, width, classes), edit.step

    def at(self, step: int) -> Experiment:
        """Return the experiment in force for the update after `step`."""
        experiment = self.experiment
        for edit in self.edits:
            if edit.step <= step:
                experiment = apply(experiment, edit.patch)
        return experiment

"""A run: a starting experiment and the edits made while it trained."""

from typing import Any

import msgspec

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.patch import apply, live_change
from simulator.message import N_, Message


class Edit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One live edit: it takes effect after `step` updates."""

    step: int
    patch: dict[str, Any]


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What replay, fork, file and report start from."""

    experiment: Experiment
    edits: tuple[Edit, ...] = ()

    def with_edit(self, step: int, patch: dict[str, Any]) -> "Run":
        """Return the run with one more edit in its log."""
        return Run(self.experiment, (*self.edits, Edit(step, patch)))

    def check_log(self) -> None:
        """Raise `ExperimentError` unless the edits stand in the order of their steps and each is a live one."""
        experiment, step = self.experiment, 0
        for edit in self.edits:
            if edit.step < step:
                text = N_("the edit log is not in the order of its steps: {later} stands before {step}")
                raise ExperimentError(Message(text, {"later": step, "step": edit.step}))
            experiment, step = live_change(experiment, edit.patch), edit.step

    def at(self, step: int) -> Experiment:
        """Return the experiment in force for the update after `step`."""
        experiment = self.experiment
        for edit in self.edits:
            if edit.step <= step:
                experiment = apply(experiment, edit.patch)
        return experiment

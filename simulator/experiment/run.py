"""A run: a starting experiment and the log of what was changed while it trained."""

from bisect import bisect_right
from typing import Any

import msgspec

from simulator.errors import ExperimentError
from simulator.experiment.experiment import Experiment
from simulator.experiment.fork import check_fork, may_fork
from simulator.experiment.patch import apply
from simulator.experiment.weights import ANY, block_at, blocks_of, check_value
from simulator.message import N_, Message

# Whether an edit moves a parameter shows for data of any width: a file is checked before its data are there.
SOME_WIDTH, SOME_CLASSES = 7, 3


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="kind"):
    """Something changed while the run trained: it takes effect after `step` updates."""

    step: int

    def made_in(self, experiment: Experiment) -> Experiment:
        """Return the experiment in force afterwards."""
        return experiment

    def check(self, before: Experiment, after: Experiment, width: int | None, classes: int | None) -> None:
        """Raise `ExperimentError` where it cannot be made in the middle of a run; data not known yet are None."""


class Edit(Entry, frozen=True, tag="change"):
    """Fields of the experiment, changed live or by a fork.

    Attributes
    ----------
    joined
        It goes on with the gesture of the edit before it, such as the drag of a slider: the two are shown as one.
    """

    patch: dict[str, Any]
    joined: bool = False

    @property
    def rearranges(self) -> bool:
        """Whether layers may stand elsewhere afterwards."""
        return any(path.split(".")[0] == "network" for path in self.patch)

    def made_in(self, experiment: Experiment) -> Experiment:
        return apply(experiment, self.patch)

    def check(self, before: Experiment, after: Experiment, width: int | None, classes: int | None) -> None:
        check_fork(before, after, width or SOME_WIDTH, classes or SOME_CLASSES)


class WeightEdit(Entry, frozen=True, tag="weight"):
    """One parameter, set by hand between two updates. What the update rule keeps of it stays.

    Attributes
    ----------
    block
        What `blocks_of` calls its block in the experiment in force: "network.0.W", "output.b".
    index
        Its place in the block: (input, unit), or (unit,).
    old, new
        Its values before and after. A replay puts in `new`, whatever it finds.
    """

    block: str
    index: tuple[int, ...]
    old: float
    new: float

    @property
    def parameter(self) -> tuple[str, tuple[int, ...]]:
        """Which one it is."""
        return self.block, self.index

    def check(self, before: Experiment, after: Experiment, width: int | None, classes: int | None) -> None:
        block_at(before, self.block, self.index, width or ANY, classes or ANY)
        for value in (self.old, self.new):
            check_value(value)


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What replay, fork, file and report start from."""

    experiment: Experiment
    edits: tuple[Edit | WeightEdit, ...] = ()

    def with_edit(self, step: int, patch: dict[str, Any], *, joined: bool = False) -> "Run":
        """Return the run with one more edit in its log; `joined` where it goes on with the gesture of the last."""
        return self._with_edits((*self.edits, Edit(step, patch, joined)))

    def with_weight(self, edit: WeightEdit) -> "Run":
        """Return the run with a parameter set by hand, after its last update.

        Of one parameter at one step there is one entry, with the value of before the first: it leaves the log where
        the parameter has that again.
        """
        at = self.place_of(edit.step, *edit.parameter)
        if at is None:
            return self._with_edits((*self.edits, edit))
        old = self.edits[at]
        assert isinstance(old, WeightEdit)
        kept = () if edit.new == old.old else (msgspec.structs.replace(old, new=edit.new),)
        return self._with_edits((*self.edits[:at], *kept, *self.edits[at + 1 :]), unchanged=at)

    def place_of(self, step: int, block: str, index: tuple[int, ...]) -> int | None:
        """Return which entry of the log has set this parameter after so many updates, as long as it is called so."""
        for at in reversed(range(len(self.edits))):
            edit = self.edits[at]
            if edit.step != step or (isinstance(edit, Edit) and edit.rearranges):
                return None
            if isinstance(edit, WeightEdit) and edit.parameter == (block, index):
                return at
        return None

    def begun_anew(self, after: Experiment, width: int, classes: int) -> "Run":
        """Return a run that begins with `after`, which this one's start was changed to.

        Weights set by hand at step 0 are set there too, as long as every parameter keeps its place.
        """
        kept: list[WeightEdit] = []
        if may_fork(self.at(0), after, width, classes):
            paths = list(blocks_of(after, width, classes))
            for number, edit in enumerate(self.upto(0).edits):
                if isinstance(edit, WeightEdit):
                    at = list(blocks_of(self.after(number), width, classes)).index(edit.block)
                    kept.append(msgspec.structs.replace(edit, block=paths[at]))
        return Run(after, tuple(kept))

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
                found.append(edit.made_in(found[-1]))
            # put in its place as a whole: any thread may ask
            known = self.__dict__["_found"] = tuple(found)
        return known[number]

    def at(self, step: int) -> Experiment:
        """Return the experiment in force for the update after `step`."""
        return self.after(self.made_by(step))

    def check_log(self, width: int | None = None, classes: int | None = None) -> None:
        """Raise `ExperimentError` unless the edits stand in the order of their steps and each can be made there."""
        step = 0
        for number, edit in enumerate(self.edits):
            if edit.step < step:
                text = N_("the edit log is not in the order of its steps: {later} stands before {step}")
                raise ExperimentError(Message(text, {"later": step, "step": edit.step}))
            edit.check(self.after(number), self.after(number + 1), width, classes)
            step = edit.step

    @property
    def _known(self) -> tuple[Experiment, ...]:
        """The experiments after 0, 1, 2... edits, as far as somebody has asked for them."""
        found: tuple[Experiment, ...] = self.__dict__.get("_found", (self.experiment,))
        return found

    def _with_edits(self, edits: tuple[Edit | WeightEdit, ...], unchanged: int | None = None) -> "Run":
        """Return a run with other edits, of which the first are the same: so many, or all that both have."""
        run = Run(self.experiment, edits)
        run.__dict__["_found"] = self._known[: (len(edits) if unchanged is None else unchanged) + 1]
        return run

"""What is on the table: up to four lanes, each an experiment and the run that it trains in. Values only, no Qt."""

from dataclasses import dataclass, replace
from typing import Final

from simulator.experiment import Experiment, WeightEdit
from simulator.training import MOST_LANES

LETTERS: Final = "ABCD"


@dataclass(frozen=True)
class Lane:
    """One run of those that are shown together.

    Attributes
    ----------
    place
        0 to 3: its letter, colour and dash, for as long as it is there.
    experiment
        The values in force at its newest step.
    name
        What a person calls it; empty for what the letter says.
    pinned
        It stands still as something to compare with, while the others train.
    weights
        Weights of the run that were set by hand here, in the order of their steps: one entry a weight and step.
    """

    place: int
    run_id: int
    experiment: Experiment
    name: str = ""
    pinned: bool = False
    weights: tuple[WeightEdit, ...] = ()

    @property
    def letter(self) -> str:
        """A to D."""
        return LETTERS[self.place]

    def weights_upto(self, step: int | None) -> tuple[WeightEdit, ...]:
        """Return the weights set by hand up to a step; None is the present."""
        return tuple(edit for edit in self.weights if step is None or edit.step <= step)


@dataclass(frozen=True)
class Origin:
    """Where a run comes from: the history of run `source` up to `step` (None: all of it)."""

    source: int
    step: int | None


@dataclass(frozen=True)
class State:
    """What is on the table.

    Attributes
    ----------
    lanes
        One to four, in the order of their places.
    selected
        The place of the lane that forms edit and plots put first.
    kept
        Runs put aside; each may be laid over the others again.
    built_in
        Id of the built-in experiment that was opened, whatever has become of it; empty if it was none.
    """

    lanes: tuple[Lane, ...]
    selected: int = 0
    kept: tuple[Lane, ...] = ()
    built_in: str = ""

    @property
    def lane(self) -> Lane:
        """The selected lane."""
        return self.at(self.selected)

    @property
    def experiment(self) -> Experiment:
        """The experiment of the selected lane."""
        return self.lane.experiment

    @property
    def run_id(self) -> int:
        """The run of the selected lane."""
        return self.lane.run_id

    @property
    def run_ids(self) -> tuple[int, ...]:
        """The runs of all lanes."""
        return tuple(lane.run_id for lane in self.lanes)

    @property
    def free_place(self) -> int | None:
        """The first letter that is not in use; None with four lanes."""
        used = {lane.place for lane in self.lanes}
        return next((place for place in range(MOST_LANES) if place not in used), None)

    def at(self, place: int) -> Lane:
        """Return the lane at a place."""
        return next(lane for lane in self.lanes if lane.place == place)

    def with_lane(self, lane: Lane) -> "State":
        """Return the state with a lane at its place, new or in the place of what was there."""
        others = [each for each in self.lanes if each.place != lane.place]
        return replace(self, lanes=tuple(sorted((*others, lane), key=lambda each: each.place)))

    def without(self, place: int) -> "State":
        """Return the state without the lane at `place`; where that was selected, the first one is."""
        lanes = tuple(lane for lane in self.lanes if lane.place != place)
        selected = lanes[0].place if place == self.selected else self.selected
        return replace(self, lanes=lanes, selected=selected)

    def edited(self, experiment: Experiment, run_id: int, weights: tuple[WeightEdit, ...] = ()) -> "State":
        """Return the state with another experiment in the selected lane, and another run with the weights set in it."""
        weights = self.lane.weights if run_id == self.run_id else weights
        return self.with_lane(replace(self.lane, experiment=experiment, run_id=run_id, weights=weights))

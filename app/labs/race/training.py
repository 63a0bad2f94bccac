"""Trains the racers one after the other, in a worker's thread."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.running.worker import Task
from simulator.analysis import activations
from simulator.analysis.activations import RaceField, RaceRun
from simulator.experiment import Experiment


@dataclass(frozen=True, eq=False)
class Race:
    """What there is of the race: one run an activation, those that were trained before included."""

    base: RaceField
    runs: dict[str, RaceRun] = field(default_factory=dict)

    @property
    def epochs(self) -> int:
        """Passes over the training set that each has."""
        return self.base.experiment.training.epochs or 1

    def done(self, kinds: Iterable[str]) -> tuple[RaceRun, ...]:
        """Return those of these activations that are trained to the end."""
        return tuple(self.runs[kind] for kind in kinds if kind in self.runs and self.runs[kind].complete)


def run_race(task: Task, mine: Experiment, known: Race | None, kinds: tuple[str, ...]) -> Race:
    """Train those of these activations that are not yet trained on this network.

    Parameters
    ----------
    mine
        The user's experiment, as `race_ready` returned it.
    known
        A race that was run before; of another network, nothing of it counts.
    """
    found = activations.race_field(mine)
    same = known is not None and known.base.experiment == found.experiment
    race = Race(found, {run.kind: run for run in known.runs.values() if run.complete} if known and same else {})
    task.show(race)
    missing = [kind for kind in kinds if kind not in race.runs]
    for place, kind in enumerate(missing):

        def tell(share: float, place: int = place) -> None:
            task.report((place + share) / len(missing))

        def show(run: RaceRun, race: Race = race) -> None:
            task.show(with_run(race, run))

        run = activations.race_run(race.base.experiment, kind, stop=task.stop, progress=tell, show=show)
        if run is None:
            break
        race = with_run(race, run)
        task.show(race)
    return race


def with_run(race: Race, run: RaceRun) -> Race:
    """Return the race with a run that is new, or further than before."""
    return replace(race, runs={**race.runs, run.kind: run})

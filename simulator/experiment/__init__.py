"""The experiment: a frozen tree built from the kinds, patches, runs and their files."""

from simulator.experiment.cards import Card, cards, parameter_count, with_keys
from simulator.experiment.comparison import alike, what_differs
from simulator.experiment.data_paths import anchored
from simulator.experiment.experiment import Experiment, Seeds, Training
from simulator.experiment.files import decode, encode, read, write
from simulator.experiment.fork import may_fork
from simulator.experiment.library import counterpart, find, known_as, load, names, promise, shows, title
from simulator.experiment.patch import Patch, apply, declared_at, difference, from_plain, is_live, to_plain
from simulator.experiment.replacing import replace_file
from simulator.experiment.run import Run, WeightEdit
from simulator.experiment.weights import check_weight, weight_name

__all__ = [
    "Card",
    "Experiment",
    "Patch",
    "Run",
    "Seeds",
    "Training",
    "WeightEdit",
    "alike",
    "anchored",
    "apply",
    "cards",
    "check_weight",
    "counterpart",
    "declared_at",
    "decode",
    "difference",
    "encode",
    "find",
    "from_plain",
    "is_live",
    "known_as",
    "load",
    "may_fork",
    "names",
    "parameter_count",
    "promise",
    "read",
    "replace_file",
    "shows",
    "title",
    "to_plain",
    "weight_name",
    "what_differs",
    "with_keys",
    "write",
]

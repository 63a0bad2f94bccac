"""How much comes from the seed: repeats, ensembles, and what came of a change."""

from typing import TYPE_CHECKING

from simulator.analysis.spread.outcome import what_came
from simulator.analysis.spread.seed_spread import SEEDS as REPEAT_SEEDS
from simulator.analysis.spread.seed_spread import SeedSpread
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.spread.seed_repeat import repeat_seeds
else:
    __getattr__ = late(__name__, seed_repeat=("repeat_seeds",))

__all__ = ["REPEAT_SEEDS", "SeedSpread", "repeat_seeds", "what_came"]

"""The signal through a deep network before training, and its theory."""

from typing import TYPE_CHECKING

from simulator.analysis.signal.layer_signal import ROW_BINS, LayerSignal, Reading, Signal, Spread
from simulator.analysis.signal.recipe import MOST_LAYERS, MOST_UNITS, Recipe
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.signal.bench import Bench
    from simulator.analysis.signal.signal import measure_signal
else:
    __getattr__ = late(__name__, bench=("Bench",), signal=("measure_signal",))

__all__ = [
    "MOST_LAYERS",
    "MOST_UNITS",
    "ROW_BINS",
    "Bench",
    "LayerSignal",
    "Reading",
    "Recipe",
    "Signal",
    "Spread",
    "measure_signal",
]

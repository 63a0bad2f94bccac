"""The looks of the activation functions."""

from typing import Final

from app.look.looks import Look
from simulator.analysis.activations import SCALAR_FUNCTIONS

LOOKS: Final = {kind: Look(index) for index, kind in enumerate(SCALAR_FUNCTIONS)}
"""The look of every function, the same in all plots."""

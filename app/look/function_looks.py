"""The looks of the activation functions."""

from typing import Final

from app.look.looks import Look
from simulator.analysis.activations import SCALAR_FUNCTIONS

_FIRST: Final = ("sigmoid", "tanh", "relu")
"""Those that are compared most have the colours that differ most."""
LOOKS: Final = {
    kind: Look(index)
    for index, kind in enumerate((*_FIRST, *(kind for kind in SCALAR_FUNCTIONS if kind not in _FIRST)))
}
"""The look of every function, the same in all plots."""

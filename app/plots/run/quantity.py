"""A number of each layer that lanes are compared by."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from app.look.numbers import number
from app.system.i18n import _
from simulator.training import Frame, LayerFrame


@dataclass(frozen=True)
class Quantity:
    """A number of each layer.

    Attributes
    ----------
    key, text, tip
        Its id, the word for it among the options, and a sentence about it.
    subtitle
        What it is, in grey after the title.
    value
        Returns it; None where a layer has none.
    logarithmic
        Whether it is shown on a logarithmic axis.
    inputs
        Whether the input has it too.
    band
        Exponents between which it is healthy, or None; they are always in view.
    """

    key: str
    text: str
    tip: str
    subtitle: str
    value: Callable[[LayerFrame], float | None]
    logarithmic: bool = True
    inputs: bool = False
    band: tuple[float, float] | None = None

    def of(self, layer: LayerFrame) -> float:
        """Return the number, NaN where there is none."""
        value = self.value(layer)
        return math.nan if value is None else value

    def layers(self, frame: Frame) -> tuple[LayerFrame, ...]:
        """Return the layers of a frame that have it."""
        return frame.layers if self.inputs else frame.layers[1:]

    def words(self, layer: LayerFrame) -> str:
        """Return the number in words."""
        value = self.value(layer)
        if value is None:
            return _("none")
        if value == 0:
            return _("exactly 0")
        return number(value)

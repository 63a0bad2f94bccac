"""Loss curves and their names: by learning rate, and the gallery of odd ones."""

from typing import TYPE_CHECKING

from simulator.analysis.curves.curve_shapes import NEAR_THE_BEST, RATE_NAMES, RateCurve, RateCurves
from simulator.analysis.curves.gallery import GALLERY, ExhibitCurve
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.curves.exhibits import exhibit_curve
    from simulator.analysis.curves.rates import rate_curves
else:
    __getattr__ = late(__name__, exhibits=("exhibit_curve",), rates=("rate_curves",))

__all__ = [
    "GALLERY",
    "NEAR_THE_BEST",
    "RATE_NAMES",
    "ExhibitCurve",
    "RateCurve",
    "RateCurves",
    "exhibit_curve",
    "rate_curves",
]

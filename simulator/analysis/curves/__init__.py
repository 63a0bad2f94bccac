"""Loss curves and their names: by learning rate, and the gallery of odd ones."""

from typing import TYPE_CHECKING

from simulator.analysis.curves.curve_shapes import NEAR_THE_BEST, RATE_NAMES, RateCurve, RateCurves
from simulator.analysis.curves.gallery import GALLERY, Exhibit, ExhibitCurve
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.curves.exhibit_curve import exhibit_curve
    from simulator.analysis.curves.rate_curves import rate_curves
else:
    __getattr__ = late(__name__, exhibit_curve=("exhibit_curve",), rate_curves=("rate_curves",))

__all__ = [
    "GALLERY",
    "NEAR_THE_BEST",
    "RATE_NAMES",
    "Exhibit",
    "ExhibitCurve",
    "RateCurve",
    "RateCurves",
    "exhibit_curve",
    "rate_curves",
]

"""The band round an update : weight ratio of a thousandth (slide H4)."""

from typing import Final

HEALTHY: Final = (-3.5, -2.5)
"""Exponents of the band drawn round 10⁻³."""
AROUND: Final = (-4.0, -2.0)
"""Always in view."""
BAND_ALPHA: Final = 46

"""Inter in two weights, and the sizes of type."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from app.system.missing import note_missing
from app.system.paths import resource_path

FAMILY: Final = "Inter"
FILES: Final = ("Inter-Regular.otf", "Inter-SemiBold.otf")
REGULAR: Final = 400
SEMIBOLD: Final = 600
LINE_HEIGHT_PERCENT: Final = 136
HEADLINE_PERCENT: Final = 128

SMALLEST_SCALE: Final = 1.0
LARGEST_SCALE: Final = 1.6


@dataclass(frozen=True)
class TypeStyle:
    """Size in pixels at text scale 1, and weight."""

    size: float
    weight: int = REGULAR


TYPE: Final = MappingProxyType(
    {
        "figure": TypeStyle(44, SEMIBOLD),
        "figure_compact": TypeStyle(40, SEMIBOLD),
        "figure_small": TypeStyle(28, SEMIBOLD),
        "name": TypeStyle(20, SEMIBOLD),
        "headline": TypeStyle(19, SEMIBOLD),
        "title": TypeStyle(16, SEMIBOLD),
        "subtitle": TypeStyle(15, SEMIBOLD),
        "body": TypeStyle(15),
        "control": TypeStyle(14),
        "value": TypeStyle(14, SEMIBOLD),
        "curve_end": TypeStyle(13.5, SEMIBOLD),
        "tick": TypeStyle(13),
        "table_head": TypeStyle(13),
        "badge": TypeStyle(13, SEMIBOLD),
    }
)
"""The type styles by their task; none is under 13 px."""


def load_fonts() -> None:
    """Make Inter known to Qt; without it Qt draws another font."""
    for name in FILES:
        path = resource_path("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            note_missing(name, f"Qt takes no font from {path}")


def scaled(pixels: float, scale: float) -> int:
    """Return a length at a text scale, in whole pixels and never zero."""
    return max(1, int(pixels * scale + 0.5))


def make_font(style: str, scale: float) -> QFont:
    """Return the font of a type style; digits have one width, so that running numbers stand still."""
    wanted = TYPE[style]
    font = QFont(FAMILY)
    font.setPixelSize(scaled(wanted.size, scale))
    font.setWeight(QFont.Weight(wanted.weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font

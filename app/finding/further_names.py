"""What people call things besides their titles, and typed words that mean nothing by themselves. Data only."""

from typing import Final

from app.finding.entry import Kind
from simulator.message import N_

_START: Final = N_("Initialisation of the weights at the start")
_AGAINST: Final = N_("Initialisation: He against Xavier")

NAMES: Final[dict[tuple[Kind, str], tuple[str, ...]]] = {
    ("command", "tab_initialise"): (
        N_("Initialisation"),
        N_("Initialization"),
        N_("Weights at the start"),
        N_("He against Xavier"),
    ),
    ("command", "experiments"): (N_("Page of experiments"), N_("Slides of the lecture")),
    **{("slide", slide): (_START,) for slide in ("D1", "D2", "D3", "D4", "D8")},
    **{("slide", slide): (_AGAINST,) for slide in ("D5", "D6", "D7")},
}
"""Marked names by kind and id of an entry."""

STOP: Final = N_("a against and or the versus vs with")
"""Marked words, with blanks between them, that are left out where others are typed too."""

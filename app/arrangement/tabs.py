"""The window's tabs, as data: the presets of the stage, the bench, and the other labs."""

from dataclasses import dataclass
from typing import Final

from app.arrangement.presets import PRESETS
from simulator.message import N_

BENCH: Final = "initialise"
EXPLORE: Final = "explore"


@dataclass(frozen=True)
class Tab:
    """One tab: its id, marked words, and a marked sentence."""

    id: str
    title: str
    tip: str


_WATCH, *_OTHERS = (Tab(preset.id, preset.title, preset.tip) for preset in PRESETS)

TABS: Final[tuple[Tab, ...]] = (
    _WATCH,
    Tab(BENCH, N_("Initialise"), N_("Before any training: what the weights at the start do to the signal")),
    *_OTHERS,
    Tab(EXPLORE, N_("Explore"), N_("One idea of the lecture at a time, under a magnifying glass")),
)

"""Presets: which views stand where, for one kind of question. Data only."""

from dataclasses import dataclass
from typing import Final

from simulator.message import N_


@dataclass(frozen=True)
class Row:
    """Views side by side; `share` is the row's part of the height, against the other rows'."""

    views: tuple[str, ...]
    share: int
    least: int
    """Pixels that the row needs, at text scale 1; with less the stage scrolls."""


@dataclass(frozen=True)
class Preset:
    """One arrangement of the stage.

    Attributes
    ----------
    id
        What settings and the window's tabs know it by.
    title
        Marked words of its tab.
    tip
        Marked sentence: what it is for.
    rows
        From the top; at most a few views at once. None where one view is large: see `app.arrangement.hierarchy`.
    beside
        The view in the right column; empty for the story of the run.
    """

    id: str
    title: str
    tip: str
    rows: tuple[Row, ...] = ()
    beside: str = ""


COMPARE: Final = "compare"

PRESETS: Final[tuple[Preset, ...]] = (
    Preset(
        "watch",
        N_("Watch"),
        N_("Train one network and see what happens in its layers"),
    ),
    Preset(
        COMPARE,
        N_("Compare"),
        N_("Change one thing and train the twins side by side"),
        (Row(("loss", "accuracy"), 1, 220), Row(("activations", "gradient_flow"), 1, 220)),
    ),
    Preset(
        "diagnose",
        N_("Diagnose"),
        N_("Find out why a network does not learn"),
        (Row(("loss", "meters"), 1, 220), Row(("update_ratio_time", "checklist"), 1, 220)),
        beside="doctor",
    ),
)

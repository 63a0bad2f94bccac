"""Which headline is told, and how long it stays."""

from typing import Final

from app.panels.beside.headlines.beginnings import BROKEN, PROMISED, UNTRAINED
from app.panels.beside.headlines.headline import Headline, Told
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.headlines.progress import BENDS, FAR_BELOW, GUESSES, LEARNS, STRAIGHT
from app.panels.beside.headlines.troubles import CAUSE, CLIMBS_ALONE, OVERFITS, OVERFLOWED
from app.running.run_state import RunState

HEADLINES: Final[tuple[Headline, ...]] = (
    BROKEN,
    PROMISED,
    OVERFLOWED,
    CLIMBS_ALONE,
    STRAIGHT,
    CAUSE,
    UNTRAINED,
    OVERFITS,
    BENDS,
    FAR_BELOW,
    LEARNS,
    GUESSES,
)
"""The first that holds is told."""
HELD: Final = 2
"""Looks in a row, while the run plays, after which another headline takes the place of the present one."""


def choose(moment: Moment) -> Headline:
    """Return the first headline that holds; a moment of which nothing is known is untrained."""
    return next((headline for headline in HEADLINES if headline.holds(moment)), UNTRAINED)


class Teller:
    """Tells one headline after the other, and not to and fro.

    While the run plays, another headline is told only after it held at several looks in a row; until then the last one
    stays with the number it had. At rest, and of another run, it is told at once.
    """

    def __init__(self) -> None:
        self._told: Told | None = None
        self._id = ""
        self._run_id: int | None = None
        self._next = ("", 0)

    def look(self, moment: Moment) -> Told:
        """Return what is told at this moment."""
        headline = choose(moment)
        run_id = moment.loaded.run_id
        held = self._next[1] + 1 if self._next[0] == headline.id else 1
        self._next = headline.id, held
        known = self._told is not None and run_id == self._run_id and moment.state is RunState.PLAYING
        if self._told is None or not known or headline.id == self._id or held >= HELD:
            self._told, self._id, self._run_id = headline.tell(moment), headline.id, run_id
        return self._told

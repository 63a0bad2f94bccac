"""How the lanes of the document are drawn."""

from app.document.lanes import State
from app.look.lane_look import LaneLook


def looks_of(state: State) -> tuple[LaneLook, ...]:
    """Return how plots draw the lanes."""
    return tuple(LaneLook(lane.run_id, lane.letter, lane.name, lane.place) for lane in state.lanes)

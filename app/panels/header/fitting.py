"""What gives way in a row that is too narrow. Numbers only, no Qt."""

from collections.abc import Sequence


def room_for(width: int, needed: int, optional: Sequence[int]) -> int:
    """Return how many of the optional parts fit, the most important first, beside what is needed at all.

    Parameters
    ----------
    width, needed
        Pixels there are, and pixels of what never gives way.
    optional
        Pixels of each part, gap included.
    """
    shown = 0
    for part in optional:
        needed += part
        if needed > width:
            break
        shown += 1
    return shown

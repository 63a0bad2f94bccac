"""Sections side by side: which stand in which column of a page."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from app.lecture.slides import Section

HEADING: tuple[float, float] = (1.0, 0.4)
"""Heights of a section's heading and of the gap above it, in rows; the first of a column has no gap."""


def height(sections: Sequence[Section]) -> float:
    """Return the height of sections under each other, in rows."""
    heading, gap = HEADING
    return sum(len(section.slides) + heading for section in sections) + gap * max(0, len(sections) - 1)


def in_columns(sections: Sequence[Section], count: int) -> tuple[tuple[Section, ...], ...]:
    """Return the sections in their order, in at most `count` columns of which the highest is as low as can be."""
    count = min(count, len(sections))
    inner = combinations(range(1, len(sections)), count - 1)
    cuts = [(0, *each, len(sections)) for each in inner]
    parted = [tuple(tuple(sections[a:b]) for a, b in pairwise(each)) for each in cuts]
    return min(parted, key=lambda columns: max(map(height, columns)))

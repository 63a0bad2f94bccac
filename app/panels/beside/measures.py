"""Lengths that the panels at the right share."""

from typing import Final

from app.widgets.page import SCROLL_BAR

PADDING: Final = {False: 16, True: 12}
"""Of a panel, by whether room is saved."""
RISE: Final = 5
"""What a button in the title's row is taller than the title, above and below."""
BAR: Final = SCROLL_BAR
"""What a page keeps at the right for its scroll bar: the panel's own padding is so much less there."""

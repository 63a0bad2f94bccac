"""What every subject of the microscope is: parts for the four places of a lab, shown and hidden together."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.theme import Theme


class Subject(QObject):
    """Fills `left`, `middle`, `right` and `bottom`; costs nothing until it is shown.

    Attributes
    ----------
    left, middle, right, bottom
        Widgets that the lab puts in its places.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.left, self._left = _stack()
        self.middle, self._middle = _stack()
        self.right, self._right = _stack()
        self.bottom, self._bottom = _stack()

    def set_shown(self, shown: bool) -> None:
        """Come into view or go out of it."""
        for place in (self.left, self.middle, self.right, self.bottom):
            place.setVisible(shown)

    def set_compact(self, compact: bool) -> None:
        """Save room."""

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""

    def wake(self) -> None:
        """Come into view: measure what is to be shown."""

    def rest(self) -> None:
        """Give up what is being measured."""

    def close_down(self) -> None:
        """End all threads."""


def _stack() -> tuple[QWidget, QVBoxLayout]:
    """Return an empty widget and its column."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return place, column

"""One large number, which grows smaller where it is long."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.theme import set_role


class Figure(QLabel):
    """Wears the first of its roles in which its number has room; the last one where there is none.

    Parameters
    ----------
    roles
        Roles of the style sheet, the largest first.
    """

    def __init__(self, roles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = roles
        set_role(self, roles[0])

    def set_roles(self, roles: tuple[str, ...]) -> None:
        """Take other roles."""
        self._roles = roles
        self._fit()

    def show_number(self, text: str) -> None:
        """Show a number as it is written."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for role in self._roles:
            set_role(self, role)
            if self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
                return

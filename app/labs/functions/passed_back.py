"""The chain rule at one gate, with its numbers filled in: what arrives, times the local gradient, is passed back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.look.numbers import number
from app.system.i18n import _
from app.theme import set_role


class PassedBack(QFrame):
    """Three lines: words at the left, numbers at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "warning")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setVerticalSpacing(4)
        self._numbers = [QLabel() for _row in range(3)]
        words = (_("arrives from above"), _("local gradient"), _("passed back"))
        for row, (word, value) in enumerate(zip(words, self._numbers, strict=True)):
            label = QLabel(word)
            set_role(label, "muted")
            set_role(value, "warn" if row == 2 else "value")
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        self.setAccessibleName(_("What passes back"))

    @property
    def texts(self) -> tuple[str, ...]:
        """The three numbers as written."""
        return tuple(label.text() for label in self._numbers)

    def show_numbers(self, arriving: float, slope: float) -> None:
        """Show a gradient that arrives and the local gradient it meets."""
        times = _("× {number}").format(number=number(slope))
        equals = _("= {number}").format(number=number(arriving * slope))
        for label, text in zip(self._numbers, (number(arriving), times, equals), strict=True):
            label.setText(text)
        self.setAccessibleDescription(" ".join(self.texts))

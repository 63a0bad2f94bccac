"""A label of one line that gives up its last parts, or ends in "…", where it has too little room."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

BETWEEN: Final = " · "
"""Stands between parts of which the first ones make sense without the last ones."""


class ElidedLabel(QLabel):
    """Takes the room it gets and asks for none; the whole text is read aloud and in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown_text(self) -> str:
        """What there is room for: whole parts, where the first of them fits."""
        parts, metrics = self.text().split(BETWEEN), self.fontMetrics()
        for number in range(len(parts), 0, -1):
            text = BETWEEN.join(parts[:number])
            if metrics.horizontalAdvance(text) <= self.width():
                return text
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown_text)

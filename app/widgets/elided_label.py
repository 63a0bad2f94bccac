"""A label of one line that gives up its last parts, or ends in "…", where it has too little room."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

BETWEEN: Final = " · "
"""Stands between parts of which the first ones make sense without the last ones."""


def fitted(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return as many whole parts of a text as there is room for; where the first is too long, its beginning."""
    parts = text.split(BETWEEN)
    for number in range(len(parts), 0, -1):
        shown = BETWEEN.join(parts[:number])
        if metrics.horizontalAdvance(shown) <= width:
            return shown
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class ElidedLabel(QLabel):
    """Takes the room it gets and asks for none; the whole text is read aloud and in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown_text(self) -> str:
        """What there is room for."""
        return fitted(self.text(), self.fontMetrics(), self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown_text)

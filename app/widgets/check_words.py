"""A check box whose words are a label of their own, because Qt's own words cannot take two lines."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QLabel

_SHEET = "QCheckBox { spacing: 0; padding-right: 0; }"


class _Toggler(QObject):
    def __init__(self, box: QCheckBox) -> None:
        super().__init__(box)
        self._box = box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        released = event.type() == QEvent.Type.MouseButtonRelease
        if released and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            self._box.click()
            return True
        return False


def make_wordless_box(words: QLabel) -> QCheckBox:
    """Return a check box without words of its own; a click on `words` ticks it too."""
    box = QCheckBox()
    box.setStyleSheet(_SHEET)
    words.installEventFilter(_Toggler(box))
    return box

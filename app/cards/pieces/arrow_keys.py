"""Arrows that choose something in a table or a grid of tiles, where the window has arrows of its own."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


def take_arrow(event: QEvent) -> bool:
    """Keep a plain arrow from the window's shortcuts, which ask first; tell whether it was one."""
    taken = (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in ARROWS
        and event.modifiers() == Qt.KeyboardModifier.NoModifier
    )
    if taken:
        event.accept()
    return taken

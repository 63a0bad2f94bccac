"""The wheel scrolls a form; it does not change what happens to lie under it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _WheelGuard(QObject):
    """Hands the wheel on to whatever scrolls, unless the control has the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def guard_wheel(control: QWidget) -> None:
    """Let `control` take the wheel only while it has the focus, and no focus from the mouse."""
    control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    control.installEventFilter(_WheelGuard(control))

"""Which keys a control keeps for itself, so that a shortcut of the window does not take them away.

A control keeps keys only while it was reached by the keyboard: a click gives the focus to what one types in and to
lists, and to nothing else (`app.theme.template`), and what goes away or is opened leaves it to nobody (`MainWindow`).
"""

from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QScrollArea,
    QWidget,
)

_PAGES: Final = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_KEPT: Final[tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...]] = (
    (QAbstractButton, frozenset({Qt.Key.Key_Space})),
    (QComboBox, frozenset({Qt.Key.Key_Space, Qt.Key.Key_Home}) | _PAGES),
    (QAbstractSlider, frozenset({Qt.Key.Key_Right, Qt.Key.Key_Home}) | _PAGES),
    (QAbstractSpinBox, _PAGES),
    (QAbstractScrollArea, _PAGES),
    (QScrollArea, frozenset({Qt.Key.Key_Home})),
)


def keeps_key(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Tell whether `widget`, which has the focus, wants this key. Fields for text say so by themselves."""
    if event.modifiers() & Qt.KeyboardModifier.AltModifier:
        return False
    if isinstance(widget, QAbstractButton) and _is_one_of_several(widget) and event.key() == Qt.Key.Key_Right:
        return True
    return any(isinstance(widget, kind) and event.key() in keys for kind, keys in _KEPT)


def _is_one_of_several(button: QAbstractButton) -> bool:
    group = cast("QButtonGroup | None", button.group())  # the stubs forget the None
    return button.autoExclusive() or (group is not None and group.exclusive())

"""The menus for the size of the text and for light and dark."""

from typing import Final

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.look import numbers
from app.system.i18n import _
from app.theme import THEME_NAMES, Theme
from simulator.message import N_

TEXT_SCALES: Final = (1.0, 1.15, 1.3, 1.45, 1.6)
THEME_WORDS: Final = {"light": N_("Light"), "dark": N_("Dark"), "system": N_("As the system has it")}


class TextSizeMenu(QMenu):
    """Chooses the text scale."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Text size"), parent)
        self._theme = theme
        group = QActionGroup(self)
        for scale in TEXT_SCALES:
            action = self.addAction(numbers.percent(scale))
            action.setCheckable(True)
            action.setData(scale)
            action.triggered.connect(lambda _checked=False, scale=scale: theme.set_text_scale(scale))
            group.addAction(action)
        self.aboutToShow.connect(self._tick)

    def _tick(self) -> None:
        for action in self.actions():
            action.setChecked(abs(action.data() - self._theme.text_scale) < 0.01)


class ThemeMenu(QMenu):
    """Chooses light, dark, or what the system has."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Theme"), parent)
        self._theme = theme
        group = QActionGroup(self)
        for name in THEME_NAMES:
            action = self.addAction(_(THEME_WORDS[name]))
            action.setCheckable(True)
            action.setData(name)
            action.triggered.connect(lambda _checked=False, name=name: theme.set_name(name))
            group.addAction(action)
        self.aboutToShow.connect(self._tick)

    def _tick(self) -> None:
        for action in self.actions():
            action.setChecked(action.data() == self._theme.name)


def next_scale(present: float, direction: int) -> float:
    """Return the next larger (1) or smaller (-1) text scale of the menu."""
    nearest = min(range(len(TEXT_SCALES)), key=lambda index: abs(TEXT_SCALES[index] - present))
    return TEXT_SCALES[min(max(nearest + direction, 0), len(TEXT_SCALES) - 1)]

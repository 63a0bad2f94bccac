"""The menu bar, built from what is declared."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.actions.actions import MENUS, SPECS, Actions
from app.actions.mnemonics import mark_letters
from app.system.i18n import _


class MenuBar:
    """Fills a window's menu bar: every declared action stands in its menu, and below it the lists that belong there.

    Parameters
    ----------
    lists
        Submenus, by the menu they stand in; a None is a line.

    Attributes
    ----------
    menus
        The menus by their marked titles, see `app.actions.actions.MENUS`.
    """

    def __init__(self, bar: QMenuBar, actions: Actions, lists: Mapping[str, Sequence[QMenu]]) -> None:
        self._bar = bar
        self.menus = {title: self._fill(title, actions, lists.get(title, ())) for title in MENUS}
        mark_letters(bar.actions())

    def _fill(self, title: str, actions: Actions, lists: Sequence[QMenu]) -> QMenu:
        menu = self._bar.addMenu(_(title))
        menu.setAccessibleName(_(title))
        menu.setToolTipsVisible(True)
        declared = sorted((spec for spec in SPECS if spec.menu == title), key=lambda spec: spec.section)
        for number, (_section, specs) in enumerate(groupby(declared, key=lambda spec: spec.section)):
            if number:
                menu.addSeparator()
            menu.addActions([actions[spec.id] for spec in specs])
        if lists:
            menu.addSeparator()
        for submenu in lists:
            menu.addMenu(submenu)
            submenu.setAccessibleName(submenu.title())
            _keep_letters(submenu)
        _keep_letters(menu)
        return menu

    def entries(self, title: str) -> list[QAction]:
        """Return the entries of a menu, lines left out."""
        return [action for action in self.menus[title].actions() if not action.isSeparator()]


def _keep_letters(menu: QMenu) -> None:
    """Underline a letter of every entry, now and whenever the words may have changed."""
    mark_letters(menu.actions())
    menu.aboutToShow.connect(lambda: mark_letters(menu.actions()))

"""Which lists stand in which menu of the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QMainWindow, QMenu

from app.actions.actions import FILE, VIEW, Actions
from app.actions.file_actions import left_from_last_time
from app.stage.stage import Stage
from app.theme import Theme
from app.window.menus.labs_menu import LabsMenu
from app.window.menus.look_menus import TextSizeMenu, ThemeMenu
from app.window.menus.menu_bar import MenuBar
from app.window.menus.views_menu import ViewsMenu


class WindowMenus:
    """The menu bar of the window.

    Attributes
    ----------
    bar
        Its menus.
    views
        The list of views.
    """

    def __init__(
        self,
        window: QMainWindow,
        actions: Actions,
        theme: Theme,
        stage: Stage,
        show_lab: Callable[[str], None],
    ) -> None:
        self.views = ViewsMenu(stage, window)
        looks = (TextSizeMenu(theme, window), ThemeMenu(theme, window))
        lists: dict[str, list[QMenu]] = {VIEW: [self.views, LabsMenu(show_lab, window), *looks]}
        self.bar = MenuBar(window.menuBar(), actions, lists)
        left = actions["open_left"]
        self.bar.menus[FILE].aboutToShow.connect(lambda: left.setEnabled(left_from_last_time().exists()))

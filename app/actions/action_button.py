"""A button that shows an action: its words, its icon, whether it may be pressed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.actions.actions import spec_of, words_of
from app.theme import Theme, set_role, set_state


class ActionButton(QPushButton):
    """Follows a `QAction` made by `app.actions.actions`.

    Parameters
    ----------
    role
        A role of the style sheet.
    colour
        The token that the icon is drawn in.
    words
        What stands on it in the place of the action's words, which stay its accessible name.
    """

    def __init__(
        self,
        action: QAction,
        theme: Theme,
        *,
        role: str = "",
        colour: str = "text",
        words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._theme = theme
        self._colour = colour
        self._words = words
        self._drawing = spec_of(action).drawing
        self._bare = False
        # A click of the mouse leaves the focus where it is, so that Space goes on meaning "play".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if role:
            set_role(self, role)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        theme.theme_changed.connect(self._dress)
        self._follow()
        self._dress()

    def set_bare(self, bare: bool) -> None:
        """Show the icon alone; words stay as tooltip and accessible name."""
        self._bare = bare
        set_state(self, "bare", bare)
        self._follow()

    def set_words(self, words: str) -> None:
        """Show other words in the place of the action's own."""
        self._words = words
        self._follow()

    def set_drawing(self, drawing: str) -> None:
        """Show another icon."""
        if drawing != self._drawing:
            self._drawing = drawing
            self._dress()

    def _follow(self) -> None:
        words = words_of(self._action)
        self.setText("" if self._bare else self._words or words)
        self.setAccessibleName(words)
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())

    def _dress(self) -> None:
        if self._drawing:
            self.setIcon(self._theme.icon(self._drawing, self._colour))
            side = self._theme.px(18)
            self.setIconSize(QSize(side, side))

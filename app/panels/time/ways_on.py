"""What one can do at a past step: go on from there, go back to the present, or stop the way there."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.system.i18n import _
from app.theme import Theme, set_role, set_state


class WaysOn(QWidget):
    """Three buttons, of which those that make sense are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bare = False
        self._words = {"fork": _("Continue here"), "epoch": _("Present"), "close": _("Cancel")}
        self.continue_button = self._button(
            "fork",
            _("Continue from here"),
            _("Train on from this step; what came after it is left behind, and Undo brings it back"),
        )
        set_role(self.continue_button, "outline")
        self.now_button = self._button("epoch", _("Back to the present"), _("Show the newest step again"))
        self.cancel_button = self._button(
            "close", _("Cancel"), _("Stop rebuilding; the nearest recorded step stays on display")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for button in self._all:
            layout.addWidget(button)
        layout.addStretch(1)
        theme.theme_changed.connect(self._dress)
        self._dress()

    def set_bare(self, bare: bool) -> None:
        """Show icons without words; names and tooltips stay."""
        self._bare = bare
        self._dress()

    def offer(self, *, past: bool, back: bool, cancel: bool) -> None:
        """Show the ways there are: on from a past step, back to the present, no further on the way there."""
        self.cancel_button.setVisible(cancel)
        self.continue_button.setVisible(past and not cancel)
        self.now_button.setVisible(back)

    @property
    def _all(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        return self.cancel_button, self.continue_button, self.now_button

    def _button(self, drawing: str, name: str, tip: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(drawing)
        button.setToolTip(tip)
        button.setAccessibleName(name)
        # a click of the mouse leaves the focus where it is, so that Space goes on meaning "play"
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # local: a row of two has less room than a row of one
        button.setStyleSheet("QPushButton { padding-left: 10px; padding-right: 10px; }")
        return button

    def _dress(self) -> None:
        side = self._theme.px(18)
        for button in self._all:
            set_state(button, "bare", self._bare)
            button.setText("" if self._bare else self._words[button.objectName()])
            colour = "accent" if button is self.continue_button else "text"
            button.setIcon(self._theme.icon(button.objectName(), colour) if self._bare else QIcon())
            button.setIconSize(QSize(side, side))

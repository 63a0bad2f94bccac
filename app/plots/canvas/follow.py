"""The small button on a plot that is zoomed: it leads back to the whole."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.plots.canvas.canvas import Canvas
from app.plots.canvas.zoom import Zoom
from app.system.i18n import _

_GAP: Final = 6
_SHEET: Final = "QPushButton { padding: 1px 9px; min-height: 0; } QPushButton:focus { padding: 0px 8px; }"


class FollowButton(QPushButton):
    """Lies on a canvas, in the upper right corner of its data; hidden while nothing is zoomed."""

    def __init__(self, canvas: Canvas, title: str) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setStyleSheet(_SHEET)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(_("Show the whole plot again (Ctrl+0)"))
        self.clicked.connect(lambda: canvas.set_zoom(Zoom()))
        canvas.zoom_changed.connect(self.place)
        canvas.resized.connect(self.place)
        self.name(_("Follow"), title)
        self.hide()

    def name(self, words: str, title: str) -> None:
        """Bear these words, and say which plot it belongs to."""
        self.setText(words)
        self.setAccessibleName(_("{button}: {view}").format(button=words, view=title))

    def place(self) -> None:
        """Show or hide it, and put it in its corner."""
        self.setVisible(bool(self._canvas.zoom))
        if self._canvas.zoom:
            self.adjustSize()
            area = self._canvas.area
            self.move(round(area.right() - self.width() - _GAP), round(area.top() + _GAP))
            self.raise_()

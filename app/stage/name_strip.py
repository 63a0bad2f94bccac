"""The names of the views that are out of view, in one row; those without room are in a menu at its end."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from app.system.i18n import _
from app.theme import Theme, set_role
from app.views.catalogue import views

GAP: Final = 8
# the application's buttons are too tall for the strip
_SHEET: Final = """
QPushButton { padding: 0 11px; min-height: 0; }
QPushButton:focus { padding: 0 10px; }
QPushButton::menu-indicator { image: none; }
"""


class NameStrip(QWidget):
    """A button a view, checked while that view is on show.

    Signals
    -------
    toggled(str, bool)
        The view of that id is to be shown, or to go.
    """

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[str, bool], ...] = ()
        self._buttons: list[QPushButton] = []
        self._label = QLabel(_("More views"), self)
        set_role(self._label, "muted")
        self._rest = QPushButton("…", self)
        self._rest.setStyleSheet(_SHEET)
        self._rest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rest.setAccessibleName(_("Other views"))
        self._rest.setToolTip(_("Other views"))
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(self._fill)
        self._rest.setMenu(self._menu)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The names, in order, also those without room."""
        return tuple(self._buttons)

    @property
    def rest(self) -> QPushButton:
        """What opens the menu of the names without room."""
        return self._rest

    def set_names(self, names: Sequence[str], shown: Collection[str]) -> None:
        """Offer these views; those `shown` go by a click."""
        wanted = tuple((view, view in shown) for view in names)
        if wanted == self._shown:
            return
        if [view for view, _on in wanted] != [view for view, _on in self._shown]:
            self._make(names)
        self._shown = wanted
        for button, (_view, on) in zip(self._buttons, wanted, strict=True):
            button.setChecked(on)
        self.lay_out()

    def lay_out(self) -> None:
        """Place as many names as there is room for; the words at the left give way first."""
        height, room = self.height(), self.width()
        wide = [button.sizeHint().width() for button in self._buttons]
        label = self._label.sizeHint().width() + GAP
        rest = max(self._rest.sizeHint().width(), self._theme.px(32))
        whole = sum(wide) + GAP * max(0, len(wide) - 1)
        with_label = whole + label <= room or (len(wide) > 4 and label < room / 4)
        x = label if with_label else 0
        self._label.setVisible(with_label)
        self._label.setGeometry(4, 0, label, height)
        fits = whole + x <= room
        shown = 0
        for button, width in zip(self._buttons, wide, strict=True):
            if not fits and x + width + GAP + rest > room:
                break
            button.setGeometry(x, 0, width, height)
            x += width + GAP
            shown += 1
        for number, button in enumerate(self._buttons):
            button.setVisible(number < shown)
        self._rest.setVisible(shown < len(self._buttons))
        self._rest.setGeometry(x, 0, rest, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def _make(self, names: Sequence[str]) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        for view in names:
            spec = views()[view]
            button = QPushButton(_(spec.title), self)
            button.setStyleSheet(_SHEET)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCheckable(True)
            button.setToolTip(_(spec.tip))
            button.clicked.connect(lambda checked, view=view: self.toggled.emit(view, checked))
            self._buttons.append(button)

    def _fill(self) -> None:
        self._menu.clear()
        for button, (view, on) in zip(self._buttons, self._shown, strict=True):
            if button.isHidden():
                action = self._menu.addAction(button.text())
                action.setToolTip(button.toolTip())
                action.setCheckable(True)
                action.setChecked(on)
                action.triggered.connect(lambda checked, view=view: self.toggled.emit(view, checked))

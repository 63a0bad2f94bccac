"""All keys on one card, over the window."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.actions.actions import EDIT, EXPERIMENT, FILE, HELP, RUN, SPECS, VIEW, ActionSpec, keys_text
from app.system.i18n import _
from app.theme import Theme, set_role

COLUMNS: Final = ((FILE, EDIT, EXPERIMENT), (VIEW, RUN, HELP))
"""Headings of the list, as they stand beside and under each other."""
BESIDE: Final = 200
"""Pixels of each half that keys and gaps take."""


class KeyOverlay(QFrame):
    """Hidden until `toggle`; Escape, the button or the same key again close it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._focus_before: QWidget | None = None
        set_role(self, "card")
        self.setAccessibleName(_("Keys"))
        self._rows: list[tuple[QLabel, ActionSpec]] = []
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close the list of keys"))
        self._close.setToolTip(_("Close the list of keys"))
        self._close.clicked.connect(self.leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 18)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addLayout(self._tables())
        parent.installEventFilter(self)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.hide()

    def toggle(self) -> None:
        """Show the keys, or hide them."""
        if self.isVisible():
            self.leave()
            return
        self._focus_before = self.window().focusWidget()
        self._centre()
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide, and give the focus back."""
        before, self._focus_before = self._focus_before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._centre()
        return super().eventFilter(watched, event)

    def _head(self) -> QHBoxLayout:
        title = QLabel(_("Keys"))
        set_role(title, "title")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._close)
        return head

    def _tables(self) -> QHBoxLayout:
        tables = QHBoxLayout()
        tables.setSpacing(40)
        for headings in COLUMNS:
            column = QVBoxLayout()
            column.addLayout(self._table(headings))
            column.addStretch(1)
            tables.addLayout(column)
        return tables

    def _centre(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self._write(parent.width() // 2 - self._theme.px(BESIDE))
        self.move((parent.width() - self.width()) // 2, max(0, (parent.height() - self.height()) // 2))

    def _write(self, room: int) -> None:
        """Write what every command is called and, where there is room in its line, what it does."""
        for label, spec in self._rows:
            whole = _words(spec)
            fits = label.fontMetrics().horizontalAdvance(whole) <= room
            label.setText(whole if fits else _name(spec))
        self.adjustSize()

    def _dress(self) -> None:
        self._close.setIcon(self._theme.icon("close", "muted"))
        if self.isVisible():
            self._centre()

    def _table(self, headings: tuple[str, ...]) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(24)
        table.setVerticalSpacing(6)
        row = 0
        for menu in headings:
            heading = QLabel(_(menu))
            set_role(heading, "subtitle")
            table.addWidget(heading, row, 0, 1, 2)
            row += 1
            for spec in SPECS:
                if spec.menu == menu and spec.keys:
                    self._fill_row(table, row, spec)
                    row += 1
        return table

    def _fill_row(self, table: QGridLayout, row: int, spec: ActionSpec) -> None:
        keys, words = QLabel(keys_text(spec)), QLabel(_words(spec))
        set_role(keys, "value")
        self._rows.append((words, spec))
        table.addWidget(keys, row, 0)
        table.addWidget(words, row, 1)


def _name(spec: ActionSpec) -> str:
    return _(spec.text).rstrip("…")


def _words(spec: ActionSpec) -> str:
    """Return the name of a command, and what it does where the name does not say it all."""
    return _("{command}: {what}").format(command=_name(spec), what=_(spec.tip)) if spec.tip else _name(spec)

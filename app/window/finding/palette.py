"""Find anything: a field over the window and what it finds."""

from collections.abc import Callable, Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.finding.entry import Entry
from app.system.i18n import _
from app.theme import Theme, set_role
from app.window.finding.index import meant
from app.window.finding.results import HEIGHT, ResultDelegate, ResultModel

WIDTH: Final = 680
MOST_ROWS: Final = 10
"""Rows in sight; the others scroll."""
MOST_FOUND: Final = 60
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QFrame):
    """Hidden until `open_up`. Arrows choose, Enter goes there, Escape closes; the field keeps the focus.

    Parameters
    ----------
    entries
        Gives what can be found; asked whenever it opens.

    Signals
    -------
    chosen(Entry)
        The person wants to go there.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, entries: Callable[[], Sequence[Entry]], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ask_for_entries = entries
        self._entries: Sequence[Entry] = ()
        self._focus_before: QWidget | None = None
        set_role(self, "palette")
        self.setAccessibleName(_("Find anything"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("A slide, an experiment, a view, a field, a command"))
        self.field.setAccessibleName(_("Find anything"))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.model = ResultModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ResultDelegate(theme, self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("What was found"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda _index: self.choose())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(8, 8, 8, 8)
        rows.setSpacing(8)
        rows.addWidget(self.field)
        rows.addWidget(self.list)
        self.nothing = QLabel(_("Nothing found. Fewer letters find more; a slide's letter such as F4 is enough."))
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(8, 4, 8, 8)
        set_role(self.nothing, "body")
        rows.addWidget(self.nothing)
        parent.installEventFilter(self)
        theme.theme_changed.connect(self._place)
        self.hide()

    @property
    def found(self) -> tuple[Entry, ...]:
        """What the typed words mean, the best first."""
        return self.model.entries

    def toggle(self) -> None:
        """Open, or close."""
        if self.isVisible():
            self.leave()
        else:
            self.open_up()

    def open_up(self) -> None:
        """Show an empty field, and everything below it."""
        self._focus_before = self.window().focusWidget()
        self._entries = self._ask_for_entries()
        self.field.clear()
        self._find()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide, and give the focus back."""
        before, self._focus_before = self._focus_before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self) -> None:
        """Close, and go to the row that is chosen."""
        row = self.list.currentIndex().row()
        if 0 <= row < len(self.found):
            entry = self.found[row]
            self.leave()
            self.chosen.emit(entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() == QEvent.Type.Resize:
            self._place()
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if watched is self.field and overrides and cast(QKeyEvent, event).key() in _MOVES:
            event.accept()  # else slides would take some of these keys
            return True
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            return self._take_key(cast(QKeyEvent, event))
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            by = (-1, 1, -MOST_ROWS, MOST_ROWS)[_MOVES.index(key)]
            row = min(max(self.list.currentIndex().row() + by, 0), len(self.found) - 1)
            self.list.setCurrentIndex(self.model.index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _find(self) -> None:
        self.model.show_entries(meant(self._entries, self.field.text())[:MOST_FOUND])
        self.list.setVisible(bool(self.found))
        self.nothing.setHidden(bool(self.found))
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.scrollToTop()
        self._place()

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(self._theme.px(WIDTH), parent.width() - 16)
        row = self._theme.px(HEIGHT)
        shown = min(row * min(max(len(self.found), 1), MOST_ROWS), parent.height() - row - 48)
        self.list.setFixedHeight(shown)
        if not self.found:
            shown = self.nothing.heightForWidth(width - 16)
        self.setGeometry((parent.width() - width) // 2, 8, width, shown + self.field.sizeHint().height() + 26)

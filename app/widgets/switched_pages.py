"""Several pages in one place, one on show, chosen above them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.segmented import Choice, Segmented


class SwitchedPages(QWidget):
    """A segmented control over a stack of pages.

    Signals
    -------
    page_changed(str)
        Another page is on show: its id.
    """

    page_changed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: dict[str, Choice] = {}
        self._pages: dict[str, QWidget] = {}
        self._offered: set[str] = set()
        self.switch = Segmented()
        self.switch.setAccessibleName(name)
        self.switch.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        above = QHBoxLayout()
        above.addWidget(self.switch)
        above.addStretch(1)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(above)
        self._rows.addWidget(self._stack, 1)

    @property
    def page(self) -> str:
        """The id of the page on show."""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "")

    def add_page(self, choice: Choice, page: QWidget) -> None:
        """Add a page; the first is on show."""
        self._choices[choice.id] = choice
        self._pages[choice.id] = page
        self._offered.add(choice.id)
        self._stack.addWidget(page)
        self._fill()

    def offer(self, name: str, offered: bool) -> None:
        """Let a page be chosen, or not; if it is on show, the first takes its place."""
        if offered == (name in self._offered):
            return
        (self._offered.add if offered else self._offered.discard)(name)
        if not offered and self.page == name:
            self.show_page(next(iter(self._pages)))
        self._fill()

    def show_page(self, name: str) -> None:
        """Show the page of that id."""
        before = self.page
        self._stack.setCurrentWidget(self._pages[name])
        self.switch.set_value(name)
        if name != before:
            self.page_changed.emit(name)

    def set_gap(self, gap: int) -> None:
        """Choose the room between the control and the page."""
        self._rows.setSpacing(gap)

    def _fill(self) -> None:
        self.switch.set_choices([choice for name, choice in self._choices.items() if name in self._offered])
        self.switch.set_value(self.page)
        self.switch.setAccessibleName(self.switch.accessibleName())

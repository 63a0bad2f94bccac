"""The babysitting list as a table: mark, words, measured, expected; one row is chosen."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QPushButton, QWidget

from app.look import numbers
from app.system.i18n import _
from app.telling.measured_words import plain
from app.theme import Theme, set_role
from simulator.analysis.checks import CheckItem, CheckResult
from simulator.message import Message

_ICONS: Final = {
    "pass": ("check", "good"),
    "fail": ("close", "warn"),
    "unsure": ("", "text"),
    "skipped": ("minus", "muted"),
}
_ROLES: Final = {"pass": "", "fail": "warn", "unsure": "", "skipped": "muted"}
_SHEET: Final = """
QPushButton {{ text-align: left; padding: {down}px 5px; min-height: {line}px; color: palette(text); }}
QPushButton:focus {{ padding: {down}px 5px; }}
"""
_PADDING: Final = {False: 2, True: 0}
MARK: Final = 16
LINE: Final = 20
"""Pixels of a line of words with what hangs below it, at text scale 1."""
LARGE: Final = 1e-3
"""A loss from here on has its point in the fourth figure; an error below needs its power alone."""


class CheckRow:
    """The widgets of one line."""

    def __init__(self, theme: Theme, item: CheckItem) -> None:
        self._theme = theme
        self._compact = False
        self.item = item
        self.mark = QLabel()
        self.mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = QPushButton(_(item.title))
        self.title.setCheckable(True)
        self.title.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_compact(False)
        set_role(self.title, "quiet")
        self.measured = QLabel()
        self.expected = QLabel()
        self.expected.setWordWrap(True)  # a range may be long, and a window narrow
        set_role(self.expected, "muted")

    def set_compact(self, compact: bool) -> None:
        """Save height."""
        self._compact = compact
        self.apply_theme()

    def apply_theme(self) -> None:
        """Be as high as the words, whatever room there is."""
        self.title.setStyleSheet(_SHEET.format(down=_PADDING[self._compact], line=self._theme.px(LINE)))

    @property
    def widgets(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.mark, self.title, self.measured, self.expected


class CheckTable(QWidget):
    """Rows for items of the list; results fill them in as they come.

    Signals
    -------
    chosen(str)
        A row was chosen: the item's id.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, items: tuple[CheckItem, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._results: dict[str, CheckResult] = {}
        self._busy: str | None = None
        self.rows = {item.id: CheckRow(theme, item) for item in items}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(1)
        grid.setColumnMinimumWidth(0, MARK + 4)
        grid.setColumnStretch(1, 1)
        self._heads = [QLabel(words) for words in (_("check"), _("measured"), _("expected"))]
        for column, head in enumerate(self._heads, start=1):
            set_role(head, "small")
            head.setIndent(7 if column == 1 else 0)
            grid.addWidget(head, 0, column)
        self._group = QButtonGroup(self)
        for place, row in enumerate(self.rows.values(), start=1):
            for column, widget in enumerate(row.widgets):
                grid.addWidget(widget, place, column)
            self._group.addButton(row.title)
            row.title.clicked.connect(lambda _checked=False, name=row.item.id: self.chosen.emit(name))
            self._fill(row)
        self.choose(next(iter(self.rows)))

    def choose(self, name: str) -> None:
        """Make a row the chosen one."""
        self.rows[name].title.setChecked(True)

    def show_results(self, results: dict[str, CheckResult], busy: str | None) -> None:
        """Fill the rows; `busy` is the item that is being measured, or None."""
        self._results, self._busy = results, busy
        for row in self.rows.values():
            self._fill(row)

    def set_compact(self, compact: bool) -> None:
        """Save height: the words that stand in the rows say what they are."""
        for head in self._heads:
            head.setVisible(not compact)
        for row in self.rows.values():
            row.set_compact(compact)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for row in self.rows.values():
            row.apply_theme()
            self._fill(row)

    def _fill(self, row: CheckRow) -> None:
        result = self._results.get(row.item.id)
        if row.item.id == self._busy:
            result = None
        self._mark(row, result)
        measured = "…" if row.item.id == self._busy else ""
        expected = ""
        if result is not None:
            measured, expected = written(row.item, result.measured), written(row.item, result.expected)
        row.measured.setText(measured)
        row.expected.setText(expected)
        role = "muted" if result is None else _ROLES[result.verdict] or "value"
        set_role(row.measured, role)
        row.title.setAccessibleName(self._spoken(row, result, measured, expected))

    def _mark(self, row: CheckRow, result: CheckResult | None) -> None:
        name, colour = ("", "muted") if result is None else _ICONS[result.verdict]
        size = self._theme.px(MARK)
        row.mark.clear()  # an empty text alone leaves the picture where it is
        if name:
            row.mark.setPixmap(self._theme.icon(name, colour).pixmap(size, size))
        elif result is not None:
            row.mark.setText("?")

    def _spoken(self, row: CheckRow, result: CheckResult | None, measured: str, expected: str) -> str:
        title = _(row.item.title)
        if result is None:
            return title
        words = {"pass": _("passed"), "fail": _("failed"), "unsure": _("not sure"), "skipped": _("skipped")}
        text = _("{title}: {verdict}. Measured {measured}, expected {expected}.")
        return text.format(title=title, verdict=words[result.verdict], measured=measured, expected=expected)


def written(item: CheckItem, value: float | Message | None) -> str:
    """Return a measured or expected value as it stands in the table."""
    if value is None:
        return "–"
    if isinstance(value, Message):
        return plain(value)
    if item.form == "share":
        return numbers.percent(value)
    if item.id == "good_rate":
        return numbers.short(value)
    return numbers.number(value, 4 if value >= LARGE else 2)

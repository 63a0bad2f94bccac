"""Views in rows of docks, that can be dragged, moved by menus, hidden and brought back."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget

from app.arrangement.presets import Preset, Row
from app.arrangement.rows import LEAST_HEIGHT, Rows, in_one_column, moved, sized, with_view, without_view
from app.cards.view_card import LARGE
from app.stage.cards import Cards
from app.stage.dock import Dock
from app.system.i18n import _
from app.theme import Theme
from app.views.catalogue import views

ROOMY: Final = (900, 700)
"""Width and height, at text scale 1, under which room is saved."""
TWO_COLUMNS: Final = 750
"""Width at text scale 1 under which views that nobody moved stand in one column."""
LEAST_WIDTH: Final = 360
GAPS: Final = {True: 16, False: 8}
"""By whether the window is roomy."""


class DockRows(QMainWindow):
    """The ground of presets with rows. It holds cards only while it is open.

    Signals
    -------
    arranged()
        A view was moved, hidden or shown, or another preset is on show.
    """

    arranged = Signal()

    def __init__(self, cards: Cards, theme: Theme, preset: Preset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setAnimated(False)
        self._cards = cards
        self._theme = theme
        self._docks: dict[str, Dock] = {}
        self._preset = preset
        self._rows: tuple[Row, ...] = ()
        self._kept: dict[str, tuple[Row, ...]] = {}
        self._touched = False
        self._laying = False
        self._size = QSize()
        self._compact = False
        self._narrow = False

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the views in sight, row by row, as they stand now."""
        shown = [dock for dock in self._docks.values() if not dock.isHidden()]
        found: list[list[Dock]] = []
        for dock in sorted(shown, key=lambda dock: (dock.y(), dock.x())):
            if not found or dock.y() > found[-1][0].y() + found[-1][0].height() // 2:
                found.append([])
            found[-1].append(dock)
        return tuple(tuple(dock.view for dock in sorted(row, key=lambda dock: dock.x())) for row in found)

    @property
    def is_default(self) -> bool:
        """Whether the preset stands as it came."""
        return not self._touched

    def open(self, preset: Preset) -> None:
        """Take the cards of a preset, and show it as it was left, or as it comes."""
        self._preset = preset
        kept = self._kept.get(preset.id)
        self._arrange(kept or self._as_it_comes)
        self._touched = kept is not None
        self.arranged.emit()

    def give_up(self) -> None:
        """Give all cards away: another ground is on show."""
        self._keep()
        for view in tuple(self._docks):
            self._undock(view)

    def reset(self) -> None:
        """Show the preset as it comes."""
        self._kept.pop(self._preset.id, None)
        self._arrange(self._as_it_comes)
        self.arranged.emit()

    def set_shown(self, view: str, shown: bool) -> None:
        """Show a view below the others, or hide it."""
        self._rearrange(with_view(self.rows, view) if shown else without_view(self.rows, view))

    def move_view(self, view: str, across: int, down: int) -> None:
        """Move a view by so many places in its row, or to a row above or below."""
        self._rearrange(moved(self.rows, view, across, down))

    def ring(self, view: str) -> QWidget:
        """Point at a view for a second, show it if it is hidden, and return where it is."""
        if view not in self._docks:
            self.set_shown(view, True)
        dock = self._docks[view]
        dock.ring()
        return dock

    def kept(self) -> dict[str, tuple[Row, ...]]:
        """Return what was moved, by preset."""
        self._keep()
        return dict(self._kept)

    def keep(self, arrangements: dict[str, tuple[Row, ...]]) -> None:
        """Know how presets were left at the last start; a view that is no more is left out."""
        known = views()
        for preset, rows in arrangements.items():
            there = [replace(row, views=tuple(view for view in row.views if view in known)) for row in rows]
            kept = tuple(row for row in there if row.views)
            if kept:
                self._kept[preset] = kept

    def fit(self, size: QSize, *, roomy: bool) -> QSize:
        """Share a room of this size among the rows, and return the room that they need."""
        scale = self._theme.text_scale
        self._size = size
        self._narrow = size.width() < TWO_COLUMNS * scale
        if self._rows and not self._touched and self._rows != self._as_it_comes:
            self._arrange(self._as_it_comes)
        self._compact = size.width() < ROOMY[0] * scale or size.height() < ROOMY[1] * scale
        gap = GAPS[roomy]
        self.setStyleSheet(
            f"QMainWindow::separator {{ width: {gap}px; height: {gap}px; background: transparent; image: none; }}"
        )
        for dock in self._docks.values():
            dock.card.set_compact(self._compact)
            dock.update()
        gaps = gap * (len(self._rows) - 1)
        least = sum(self._theme.px(row.least) for row in self._rows) + gaps
        if not self._touched or self._rows != self._as_it_comes:
            self._share(max(size.height(), least) - gaps)
        return QSize(self._theme.px(LEAST_WIDTH) if self._rows else 0, least)

    @property
    def _as_it_comes(self) -> tuple[Row, ...]:
        return in_one_column(self._preset.rows) if self._narrow else self._preset.rows

    def _rearrange(self, rows: Rows) -> None:
        made = sized(rows, self._preset.rows)
        if made:
            self._arrange(made)
            self._touched = True
            self.arranged.emit()

    def _arrange(self, rows: tuple[Row, ...]) -> None:
        """Put the views of `rows` into docks, and give all others away."""
        self._laying = True
        self._rows = rows
        self._touched = False
        wanted = {view for row in rows for view in row.views}
        for view in tuple(self._docks):
            if view in wanted:
                self.removeDockWidget(self._docks[view])
            else:
                self._undock(view)
        above: Dock | None = None
        for row in rows:
            first = self._dock(row.views[0])
            if above is None:
                self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first)
            else:
                self.splitDockWidget(above, first, Qt.Orientation.Vertical)
            above = first
        for row in rows:
            before = self._dock(row.views[0])
            for view in row.views[1:]:
                self.splitDockWidget(before, self._dock(view), Qt.Orientation.Horizontal)
                before = self._dock(view)
        for row in rows:
            for view in row.views:
                self._dock(view).show()
        self._laying = False
        self._cards.ask_for_parts()

    def _dock(self, view: str) -> Dock:
        if view not in self._docks:
            card = self._cards.card(view)
            card.set_form(LARGE)
            card.title_label.set_promotes(False)
            dock = Dock(view, card, self._theme, self)
            self._docks[view] = dock
            card.set_stage_actions(self._actions_of(view, dock))
            card.set_compact(self._compact)
            card.show()
            dock.moved.connect(self._on_moved)
            dock.hide()
            self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
            dock.hide()
        return self._docks[view]

    def _undock(self, view: str) -> None:
        dock = self._docks.pop(view)
        self.removeDockWidget(dock)
        dock.give_card()
        self._cards.put_away(view)
        dock.deleteLater()

    def _actions_of(self, view: str, dock: Dock) -> list[QAction]:
        """Return what is offered in a card's menu."""
        offered = (
            (_("Move left"), partial(self.move_view, view, -1, 0)),
            (_("Move right"), partial(self.move_view, view, 1, 0)),
            (_("Move up"), partial(self.move_view, view, 0, -1)),
            (_("Move down"), partial(self.move_view, view, 0, 1)),
            (_("Hide"), partial(self.set_shown, view, False)),
        )
        actions = []
        for words, act in offered:
            action = QAction(words, dock)
            action.triggered.connect(lambda _checked=False, act=act: act())
            actions.append(action)
        return actions

    def _share(self, height: int) -> None:
        whole = sum(row.share for row in self._rows)
        firsts = [self._docks[row.views[0]] for row in self._rows]
        sizes = [max(self._theme.px(row.least), height * row.share // whole) for row in self._rows]
        self.resizeDocks(firsts, sizes, Qt.Orientation.Vertical)
        for row in self._rows:
            docks = [self._docks[view] for view in row.views]
            self.resizeDocks(docks, [self._size.width() // len(docks)] * len(docks), Qt.Orientation.Horizontal)

    def _on_moved(self) -> None:
        if not self._laying and not self._touched:
            self._touched = True
            self.arranged.emit()

    def _keep(self) -> None:
        if self._touched and self._docks:
            heights = {dock.view: dock.height() for dock in self._docks.values()}
            self._kept[self._preset.id] = tuple(Row(row, heights[row[0]], LEAST_HEIGHT) for row in self.rows)

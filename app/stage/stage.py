"""The middle of the window: views as cards that can be moved, hidden and brought back."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QWidget

from app.arrangement.presets import Preset, Row
from app.arrangement.rows import LEAST_HEIGHT, Rows, moved, sized, with_view, without_view
from app.cards.view_card import ViewCard
from app.look.lane_look import LaneLook
from app.running.context import Context
from app.stage.dock import Dock
from app.system.i18n import _
from app.views.catalogue import views
from simulator.training import Part, Picture, RunFacts

ROOMY: Final = (900, 700)
"""Width and height, at text scale 1, under which room is saved."""
LEAST_WIDTH: Final = 650
GAPS: Final = {False: 12, True: 9}


class Stage(QScrollArea):
    """Shows a preset's views in docks. A view is made when it is first shown, and costs nothing while hidden.

    Signals
    -------
    parts_wanted(frozenset)
        Which optional parts of frames the views in sight need.
    layer_clicked(int)
        A layer was clicked in a view: its index in `Frame.layers`.
    arrangement_changed()
        A view was moved, hidden or shown, or another preset is on show.
    """

    parts_wanted = Signal(object)
    layer_clicked = Signal(int)
    arrangement_changed = Signal()

    def __init__(self, context: Context, preset: Preset, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = context.theme
        self._docks: dict[str, Dock] = {}
        self._preset = preset
        self._rows: tuple[Row, ...] = preset.rows
        self._kept: dict[str, tuple[Row, ...]] = {}
        self._touched = False
        self._laying = False
        self._compact = False
        self._picture: Picture | None = None
        self._facts: RunFacts | None = None
        self._looks: tuple[LaneLook, ...] = ()
        self._selected: int | None = None
        self._parts: frozenset[Part] = frozenset()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = QMainWindow()
        self._ground.setWindowFlag(Qt.WindowType.Widget)
        self._ground.setDockNestingEnabled(True)
        self._ground.setAnimated(False)
        self.setWidget(self._ground)
        self._theme.theme_changed.connect(self.apply_theme)
        self._arrange(preset.rows)
        self._fit()

    # what it holds ---------------------------------------------------------------------------------------------------

    @property
    def preset(self) -> Preset:
        """The preset on show."""
        return self._preset

    @property
    def cards(self) -> tuple[ViewCard, ...]:
        """The views in sight, in the order of reading."""
        return tuple(self._docks[view].card for row in self.rows for view in row)

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

    def card(self, view: str) -> ViewCard:
        """Return the card of a view, made if need be."""
        return self._dock(view).card

    # what the window says --------------------------------------------------------------------------------------------

    def show_picture(self, picture: Picture) -> None:
        """Draw a moment of the run."""
        self._picture = picture
        for dock in self._docks.values():
            dock.card.show_picture(picture)

    def set_facts(self, facts: RunFacts) -> None:
        """Learn what does not change while a run trains."""
        self._facts = facts
        for dock in self._docks.values():
            dock.card.set_facts(facts)
        self._ask_for_parts()

    def clear(self) -> None:
        """Show no run."""
        self._picture = None
        for dock in self._docks.values():
            dock.card.clear()

    def set_selected_layer(self, layer: int | None) -> None:
        """Make a layer stand out in every view: its index in `Frame.layers`, or None."""
        self._selected = layer
        for dock in self._docks.values():
            dock.card.set_selected_layer(layer)

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Show several runs beside each other in every view."""
        self._looks = looks
        for dock in self._docks.values():
            dock.card.set_lanes(looks)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for dock in self._docks.values():
            dock.card.apply_theme(self._theme)
            dock.update()
        self._fit()

    # arranging -------------------------------------------------------------------------------------------------------

    def show_preset(self, preset: Preset) -> None:
        """Show another preset as it was left, or as it comes."""
        if preset is self._preset:
            return
        self._keep()
        self._preset = preset
        self._stand_as_left()

    def reset(self) -> None:
        """Show the preset as it comes."""
        self._kept.pop(self._preset.id, None)
        self._arrange(self._preset.rows)
        self._fit()

    def set_shown(self, view: str, shown: bool) -> None:
        """Show a view below the others, or hide it."""
        self._rearrange(with_view(self.rows, view) if shown else without_view(self.rows, view))

    def move_view(self, view: str, across: int, down: int) -> None:
        """Move a view by so many places in its row, or to a row above or below."""
        self._rearrange(moved(self.rows, view, across, down))

    def ring(self, view: str) -> None:
        """Point at a view for a second; show it if it is hidden."""
        if self._dock(view).isHidden():
            self.set_shown(view, True)
        self._dock(view).ring()
        self.ensureWidgetVisible(self._dock(view))

    def close_down(self) -> None:
        """End what the views have started; the window closes."""
        for dock in self._docks.values():
            dock.card.close_down()

    def save_arrangements(self) -> dict[str, tuple[Row, ...]]:
        """Return what was moved, by preset, for the next start."""
        self._keep()
        return dict(self._kept)

    def load_arrangements(self, arrangements: dict[str, tuple[Row, ...]]) -> None:
        """Stand as the presets were left at the last start; a view that is no more is left out."""
        known = views()
        for preset, rows in arrangements.items():
            there = [replace(row, views=tuple(view for view in row.views if view in known)) for row in rows]
            kept = tuple(row for row in there if row.views)
            if kept:
                self._kept[preset] = kept
        self._stand_as_left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _dock(self, view: str) -> Dock:
        if view not in self._docks:
            dock = Dock(view, views()[view].make(self._context), self._theme)
            self._docks[view] = dock
            dock.card.layer_clicked.connect(self.layer_clicked)
            dock.card.parts_changed.connect(self._ask_for_parts)
            dock.card.view_wanted.connect(self.ring)
            dock.card.step_pointed.connect(partial(self._mark_step, view))
            dock.card.set_stage_actions(self._actions_of(view, dock))
            dock.card.set_lanes(self._looks)
            dock.card.proof_asked.connect(self.ring)
            dock.moved.connect(self._on_moved)
            dock.card.set_compact(self._compact)
            dock.hide()
            self._ground.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
            dock.hide()
            if self._facts is not None:
                dock.card.set_facts(self._facts)
            if self._picture is not None:
                dock.card.show_picture(self._picture)
            dock.card.set_selected_layer(self._selected)
        return self._docks[view]

    def _actions_of(self, view: str, dock: Dock) -> list[QAction]:
        """Return what the stage offers in a card's menu."""
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

    def _mark_step(self, pointing: str, step: int | None) -> None:
        """Mark in all other views the step that is read in one."""
        for view, dock in self._docks.items():
            if view != pointing:
                dock.card.mark_step(step)

    def _rearrange(self, rows: Rows) -> None:
        made = sized(rows, self._preset.rows)
        if made:
            self._arrange(made)
            self._touched = True
            self._fit()
            self.arrangement_changed.emit()

    def _arrange(self, rows: tuple[Row, ...]) -> None:
        """Put the views of `rows` into the docks, and hide all others."""
        self._laying = True
        self._rows = rows
        self._touched = False
        for dock in self._docks.values():
            self._ground.removeDockWidget(dock)
        above: Dock | None = None
        for row in rows:
            first = self._dock(row.views[0])
            if above is None:
                self._ground.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, first)
            else:
                self._ground.splitDockWidget(above, first, Qt.Orientation.Vertical)
            above = first
        for row in rows:
            before = self._dock(row.views[0])
            for view in row.views[1:]:
                self._ground.splitDockWidget(before, self._dock(view), Qt.Orientation.Horizontal)
                before = self._dock(view)
        for row in rows:
            for view in row.views:
                self._dock(view).show()
        self._laying = False
        self._ask_for_parts()
        self.arrangement_changed.emit()

    def _fit(self) -> None:
        """Give way where the stage is small or the text large, and share the room among the rows."""
        scale = self._theme.text_scale
        compact = self.width() < ROOMY[0] * scale or self.height() < ROOMY[1] * scale
        gap = GAPS[compact]
        self._ground.setStyleSheet(
            f"QMainWindow::separator {{ width: {gap}px; height: {gap}px; background: transparent; image: none; }}"
        )
        if compact != self._compact:
            self._compact = compact
            for dock in self._docks.values():
                dock.card.set_compact(compact)
        least = sum(self._theme.px(row.least) for row in self._rows) + gap * (len(self._rows) - 1)
        self._ground.setMinimumSize(self._theme.px(LEAST_WIDTH) if self._rows else 0, least)
        if not self._touched or self._rows != self._preset.rows:
            self._share(max(self.height(), least) - gap * (len(self._rows) - 1))

    def _share(self, height: int) -> None:
        whole = sum(row.share for row in self._rows)
        firsts = [self._docks[row.views[0]] for row in self._rows]
        sizes = [max(self._theme.px(row.least), height * row.share // whole) for row in self._rows]
        self._ground.resizeDocks(firsts, sizes, Qt.Orientation.Vertical)
        for row in self._rows:
            docks = [self._docks[view] for view in row.views]
            self._ground.resizeDocks(docks, [self.width() // len(docks)] * len(docks), Qt.Orientation.Horizontal)

    def _on_moved(self) -> None:
        if not self._laying and not self._touched:
            self._touched = True
            self.arrangement_changed.emit()

    def _keep(self) -> None:
        if self._touched:
            heights = {dock.view: dock.height() for dock in self._docks.values()}
            self._kept[self._preset.id] = tuple(Row(row, heights[row[0]], LEAST_HEIGHT) for row in self.rows)

    def _stand_as_left(self) -> None:
        """Arrange the preset as it was left, or as it comes."""
        kept = self._kept.get(self._preset.id)
        self._arrange(kept or self._preset.rows)
        self._touched = kept is not None
        self._fit()
        self.arrangement_changed.emit()

    def _ask_for_parts(self) -> None:
        parts = frozenset[Part]().union(*(dock.card.wanted_parts for dock in self._docks.values()))
        if parts != self._parts:
            self._parts = parts
            self.parts_wanted.emit(parts)

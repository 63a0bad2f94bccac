"""The left column: what is built or drafted, the list of lanes below it, and where the form of a layer goes."""

from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.arrangement.columns import PINNED_FROM, Columns, drawer_place
from app.document.document import Document
from app.document.undo import UndoGroup
from app.panels.build.build_column import BuildColumn
from app.panels.build.what_if_panel import WhatIfPanel
from app.panels.lanes.lanes_panel import LanesPanel
from app.theme import Theme
from simulator.training import RunFacts

ROOM_FOR_LANES: Final = 640
"""Height at text scale 1 under which runs have one line each."""


class Building(QWidget):
    """Shows the forms of the document, or those of a draft.

    Signals
    -------
    drawer_moved(object)
        The form of a layer wants room beside the stage; None where it wants none.

    Attributes
    ----------
    column, what_if, lanes
        The forms of the document, the draft of a twin, the runs.
    """

    drawer_moved = Signal(object)

    def __init__(self, theme: Theme, document: Document, undo_group: UndoGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._undo_group = undo_group
        self._facts: RunFacts | None = None
        self._width = 0.0
        self._wanted: bool | None = None
        self._pinned = False
        self._compact = False
        self._lanes_wanted = False
        self.column = BuildColumn(document, theme)
        self.what_if = WhatIfPanel(theme, document)
        self.lanes = LanesPanel(theme, document)
        self._stack = QStackedWidget()
        for panel in (self.column, self.what_if):
            self._stack.addWidget(panel)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self._stack, 1)
        self._rows.addWidget(self.lanes)
        self._connect(self.column)
        self.lanes.what_if_asked.connect(self.begin_draft)
        self.what_if.begun.connect(self._begin_draft)
        self.what_if.closed.connect(self._leave_draft)
        document.opened.connect(self.let_go)
        document.changed.connect(self._offer_twins)
        self._offer_twins()

    @property
    def present(self) -> BuildColumn:
        """The forms on show: the document's, or the draft's."""
        return self.what_if.column or self.column

    @property
    def drawer_is_open(self) -> bool:
        """Whether the form of a layer is on show."""
        return drawer_place(self._width, self._wanted) != "closed"

    def arrange(self, width: float, columns: Columns, *, compact: bool) -> None:
        """Give way in a window so wide at text scale 1."""
        if (width >= PINNED_FROM) != (self._width >= PINNED_FROM):
            self._wanted = None if width >= PINNED_FROM or not self._pinned else True
        self._width = width
        self._compact = compact
        self._rows.setSpacing(columns.gap)
        for column in (self.column, self.present):
            column.set_compact(compact)
        self._place()

    def show_facts(self, facts: RunFacts) -> None:
        """Take note of what is known of the run on display; its functions can be computed now."""
        self._facts = facts
        self.column.network.show_facts(facts)
        self.column.data.show_facts(facts)
        self.present.drawer.form.activation.draw_curves()

    def show_lanes(self, shown: bool) -> None:
        """Show the list of lanes, unless a draft or a form needs its room."""
        self._lanes_wanted = shown
        over = drawer_place(self._width, self._wanted) == "over"
        self.lanes.setVisible(shown and self.what_if.column is None and not over)
        self._offer_twins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lanes.set_compact(self.height() < self._theme.px(ROOM_FOR_LANES))

    def open_form(self, by_key: bool) -> None:
        """Show the form of the selected layer; a key takes the focus there."""
        self._wanted = True
        self._place()
        if by_key:
            self.present.drawer.take_focus()

    def close_form(self) -> None:
        """Close the form; the focus it had goes back to the list."""
        drawer = self.present.drawer
        focused = cast("QWidget | None", self.window().focusWidget())  # the stubs forget the None
        had = focused is not None and drawer.isAncestorOf(focused)
        self._wanted = False
        self._place()
        if had:
            self.present.network.layers.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """Close the form, unless it is pinned: something else is looked at."""
        if not self._pinned and self._width < PINNED_FROM:
            self._wanted = False
            self._place()

    def begin_draft(self) -> None:
        """Open a draft of the run and step on display, with the same layer chosen."""
        if self.what_if.column is not None:
            return
        chosen = self.column.network.selected
        self.what_if.open_draft(self._facts)
        self.present.network.select_layer(chosen)

    def close_down(self) -> None:
        """End what computes."""
        for column in {self.column, self.present}:
            column.close_down()

    def _connect(self, column: BuildColumn) -> None:
        column.what_if_asked.connect(self.begin_draft)
        column.network.form_asked.connect(self.open_form)
        column.drawer.close_asked.connect(self.close_form)
        column.drawer.pin_asked.connect(self._pin)

    def _pin(self, pinned: bool) -> None:
        self._pinned = pinned

    def _begin_draft(self) -> None:
        column = self.present
        self._connect(column)
        column.set_compact(self._compact)
        column.drawer.pin.setChecked(self._pinned)
        if self.what_if.undo_stack is not None:
            self._undo_group.activate(self.what_if.undo_stack)
        self._stack.setCurrentWidget(self.what_if)
        if self._facts is not None:
            column.drawer.form.activation.draw_curves()
        self._place()

    def _leave_draft(self) -> None:
        self._undo_group.activate(self._document.undo_stack)
        self._stack.setCurrentWidget(self.column)
        self.column.drawer.pin.setChecked(self._pinned)
        self._place()

    def _place(self) -> None:
        """Show the form of the selected layer where there is room for it, and no other."""
        place = drawer_place(self._width, self._wanted)
        column = self.present
        if column is not self.column:
            self.column.drawer.hide()
        drawer = column.drawer
        drawer.set_place(place, may_pin=place == "beside" and self._width < PINNED_FROM)
        column.set_covered(place == "over")
        self.what_if.set_covered(place == "over")
        self.drawer_moved.emit(drawer if place == "beside" else None)
        drawer.setVisible(place != "closed")
        self.show_lanes(self._lanes_wanted)

    def _offer_twins(self, *_states: object) -> None:
        free = self._document.state.free_place is not None
        self.column.set_twinnable(free, here=self.lanes.isHidden())

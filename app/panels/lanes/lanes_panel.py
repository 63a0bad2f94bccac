"""The lanes: up to four runs side by side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import Lane, State
from app.look import numbers
from app.panels.lanes.lane_row import LaneRow
from app.system.i18n import _, ngettext, translate_message
from app.theme import Theme, set_role
from simulator.experiment import what_differs
from simulator.training import MOST_LANES


class LanesPanel(QFrame):
    """Lists the lanes; each has a menu to rename, pin, keep and drop it.

    Signals
    -------
    what_if_asked()
        A twin is wanted.
    """

    what_if_asked = Signal()

    def __init__(self, theme: Theme, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        set_role(self, "card")
        title = QLabel(_("Runs"))
        set_role(title, "title")
        title.setToolTip(_("All see the same examples in the same order"))
        self.what_if = QPushButton(_("What if…"))
        set_role(self.what_if, "flat")
        self.what_if.setAccessibleName(_("What if: open a twin with something changed"))
        self.what_if.setToolTip(_("Change one thing, and train both side by side"))
        self.what_if.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.what_if.clicked.connect(self.what_if_asked)
        self.rows: list[LaneRow] = [LaneRow(theme) for _place in range(MOST_LANES)]
        self.overlay = QPushButton()
        set_role(self.overlay, "quiet")
        self.overlay.setToolTip(_("Lay a run that was put aside over the others"))
        head = QHBoxLayout()
        head.addWidget(title)
        head.setSpacing(8)
        head.addStretch(1)
        head.addWidget(self.overlay)
        head.addWidget(self.what_if)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(4)
        layout.addLayout(head)
        for place, row in enumerate(self.rows):
            layout.addWidget(row)
            row.chosen.connect(lambda place=place: document.viewpoint.select(place))
            row.menu_asked.connect(lambda place=place: self.open_menu(place))
            row.named.connect(lambda name, place=place: document.lanes.rename(place, name))
        self.overlay.clicked.connect(self.open_kept)
        document.changed.connect(self._follow)
        self._follow(document.state, document.state)

    def set_compact(self, compact: bool) -> None:
        """Have one line a run, where there is little height."""
        for row in self.rows:
            row.set_compact(compact)

    def open_menu(self, place: int) -> None:
        """Offer what can be done with a lane."""
        state, lanes = self._document.state, self._document.lanes
        lane = state.at(place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Rename")).triggered.connect(self.rows[place].ask_name)
        pin = menu.addAction(_("Pin: stands still while the others train"))
        pin.setCheckable(True)
        pin.setChecked(lane.pinned)
        pin.triggered.connect(lambda pinned: lanes.pin(place, pinned))
        several = len(state.lanes) > 1
        for words, act in ((_("Put aside"), lanes.keep), (_("Close"), lanes.drop)):
            action = menu.addAction(words)
            action.setEnabled(several)
            action.triggered.connect(lambda _checked=False, act=act: act(place))
        more = self.rows[place].more
        menu.popup(more.mapToGlobal(more.rect().bottomLeft()))

    def open_kept(self) -> None:
        """Offer the runs that were put aside."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget = menu.addMenu(_("Forget"))
        for lane in self._document.state.kept:
            words = _name_of(lane, self._document.state)
            menu.addAction(words).triggered.connect(
                lambda _checked=False, run=lane.run_id: self._document.lanes.overlay(run)
            )
            forget.addAction(words).triggered.connect(
                lambda _checked=False, run=lane.run_id: self._document.lanes.forget_kept(run)
            )
        menu.popup(self.overlay.mapToGlobal(self.overlay.rect().bottomLeft()))

    def _follow(self, _before: State, after: State) -> None:
        lanes = {lane.place: lane for lane in after.lanes}
        for place, row in enumerate(self.rows):
            row.setVisible(place in lanes)
            if place in lanes:
                detail = self._detail(lanes[place], after)
                row.show_lane(lanes[place], detail, selected=place == after.selected)
        self.what_if.setVisible(after.free_place is not None)
        kept = len(after.kept)
        words = ngettext("{count} run put aside", "{count} runs put aside", kept).format(count=numbers.count(kept))
        self.overlay.setText(words)
        self.overlay.setAccessibleName(words)
        self.overlay.setVisible(kept > 0)

    def _detail(self, lane: Lane, state: State) -> str:
        if lane.place == state.lanes[0].place:
            return _("for comparison") if len(state.lanes) > 1 else _("alone")
        return differences(state.lanes[0], lane)


def differences(one: Lane, other: Lane) -> str:
    """Return what differs between two lanes, in a line."""
    found = [translate_message(message) for message in what_differs(one.experiment, other.experiment)]
    if not found:
        return _("no difference")
    if len(found) == 1:
        return found[0]
    text = ngettext("{first} and {count} more change", "{first} and {count} more changes", len(found) - 1)
    return text.format(first=found[0], count=numbers.count(len(found) - 1))


def _name_of(lane: Lane, state: State) -> str:
    return lane.name or differences(state.lanes[0], lane)

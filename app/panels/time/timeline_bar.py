"""The history of the lanes: which step is on display, and what one can do from there."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from app.document.document import Document
from app.document.lanes import Lane, State
from app.look import numbers
from app.look.marks import CIRCLE, DIAMOND, SQUARE
from app.panels.time.timeline import LaneTrack, Timeline, TrackMark
from app.panels.time.ways_on import WaysOn
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _, translate_message
from app.theme import Theme, set_role
from simulator.experiment import what_differs
from simulator.training import Mark, Picture

PACE: Final = 100
"""Milliseconds between two drawings of the tracks while the lanes train: the eye asks for no more."""
_SHAPES: Final = {"fork": CIRCLE, "edit": DIAMOND, "diverged": "cross"}


class TimelineBar(QWidget):
    """The tracks, and at a past step the ways on from there.

    Signals
    -------
    looking_back(bool)
        Whether a past step is on display.

    Attributes
    ----------
    ways
        The ways on; whoever places things gives them their room.
    """

    looking_back = Signal(bool)

    def __init__(
        self, theme: Theme, document: Document, controller: RunController, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = document
        self._controller = controller
        self._picture: Picture | None = None
        self._clock = QElapsedTimer()
        self._title = QLabel(_("History"))
        set_role(self._title, "muted")
        self.timeline = Timeline(theme)
        self._title.setBuddy(self.timeline)
        self.ways = WaysOn(theme)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self.timeline, 1)
        self._connect()
        self._offer()

    def set_compact(self, compact: bool, *, tight: bool) -> None:
        """Leave out what the tooltips say, where space is short."""
        self._title.setVisible(not tight)
        self.ways.set_bare(tight)

    def show_picture(self, picture: Picture) -> None:
        """Show how far the lanes are."""
        self._picture = picture
        playing = self._controller.state is RunState.PLAYING
        if not playing or not self._clock.isValid() or self._clock.elapsed() >= PACE:
            self._clock.start()
            self._show_tracks()
        self._offer()

    def ask_where(self, anchor: QWidget) -> None:
        """Offer the ways on from a past step, at the button that was pressed."""
        step = self._document.viewpoint.at
        if step is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = numbers.count(step)
        menu.addAction(_("Continue from step {step}").format(step=words)).triggered.connect(self._continue)
        twin = menu.addAction(_("Open a twin at step {step}").format(step=words))
        twin.setEnabled(self._document.state.free_place is not None)
        twin.triggered.connect(self._twin)
        newest = numbers.count(self._controller.newest)
        menu.addAction(_("Train on from step {step}").format(step=newest)).triggered.connect(self._go_on)
        menu.popup(anchor.mapToGlobal(anchor.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    def _connect(self) -> None:
        self.timeline.scrubbed.connect(lambda step: self._controller.scrub(step, exact=False))
        self.timeline.settled.connect(lambda step: self._controller.scrub(step, exact=True))
        self.ways.continue_button.clicked.connect(self._document.continue_here)
        self.ways.now_button.clicked.connect(lambda: self._controller.scrub(None, exact=True))
        self.ways.cancel_button.clicked.connect(self._controller.stop_rebuilding)
        self._controller.picture_changed.connect(self.show_picture)
        self._controller.state_changed.connect(self._show_tracks)
        self._document.changed.connect(self._follow)
        self._document.viewpoint.changed.connect(self._offer)

    def _follow(self, _before: State, _after: State) -> None:
        self._show_tracks()
        self._offer()

    def _continue(self) -> None:
        self._document.continue_here()
        self._controller.play()

    def _twin(self) -> None:
        if self._document.open_twin(self._document.viewpoint.experiment, ""):
            self._controller.play()

    def _go_on(self) -> None:
        self._controller.scrub(None, exact=False)
        self._controller.play()

    def _show_tracks(self, _state: object = None) -> None:
        picture = self._picture
        if picture is None:
            return
        found = {each.run_id: each for each in (picture, *picture.beside)}
        tracks = []
        for lane in self._document.state.lanes:
            if lane.run_id in found:
                each = found[lane.run_id]
                begin = max((mark.step for mark in each.marks if mark.kind == "fork"), default=0)
                marks = (*self._restart(lane), *(_mark(mark) for mark in each.marks))
                tracks.append(LaneTrack(lane.place, lane.letter, lane.name, begin, each.newest, marks))
        at = picture.newest if self._document.viewpoint.at is None else self._document.viewpoint.at
        self.timeline.show_tracks(tracks, at, picture.steps_per_epoch)

    def _restart(self, lane: Lane) -> tuple[TrackMark, ...]:
        """Return the mark of a run that an edit began anew."""
        record = self._document.runs[lane.run_id]
        if record.instead_of is None:
            return ()
        started = record.run.experiment if record.run is not None else lane.experiment
        changes = "; ".join(translate_message(message) for message in what_differs(record.instead_of, started))
        text = _("Step 0: begun again. {changes}") if changes else _("Step 0: begun again.")
        return (TrackMark(0, SQUARE, text.format(changes=changes)),)

    def _offer(self) -> None:
        at, picture = self._document.viewpoint.at, self._picture
        past = at is not None and picture is not None and at < self._controller.newest
        rebuilding = picture is not None and picture.rebuilding is not None
        # a run that is forked or trained again is taken back by Undo
        self.ways.offer(past=past, back=at is not None, cancel=rebuilding and at is not None)
        self.looking_back.emit(at is not None)


def _mark(mark: Mark) -> TrackMark:
    words = _("Step {step}: {what}").format(step=numbers.count(mark.step), what=translate_message(mark.message))
    return TrackMark(mark.step, _SHAPES.get(mark.kind, DIAMOND), words)

"""The tracks of the lanes over time, with a handle one can drag to any step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from app.look import numbers
from app.look.dashes import curve_pen
from app.look.seam import paint_mark
from app.system.i18n import _
from app.theme import Theme
from app.theme.prose import as_tip
from app.widgets.wheel import guard_wheel

PITCH: Final = 18
"""Pixels from track to track at text scale 1."""
FOOT: Final = 8
"""Pixels of the epoch ticks below the tracks, and as many above: the tracks stand in the middle."""
SIDE: Final = 9
"""Pixels kept free at either end, so that the handle is whole there."""
LETTER: Final = 20
LEAST_TICK: Final = 5
"""Epoch ends nearer than so many pixels are not drawn."""
MARK: Final = 11
NEAR: Final = 7
"""A press within so many pixels of a mark goes to the mark."""


@dataclass(frozen=True)
class TrackMark:
    """Something that happened on a track: a shape of `app.look.marks`, and its words."""

    step: int
    shape: str
    text: str


@dataclass(frozen=True)
class LaneTrack:
    """One lane: its place decides letter, colour and dash."""

    place: int
    letter: str
    name: str
    begin: int
    end: int
    marks: tuple[TrackMark, ...] = ()


class Timeline(QAbstractSlider):
    """A slider over all steps of the lanes. It paints the tracks, marks, epoch ends and the handle.

    Signals
    -------
    scrubbed(int)
        The user moved the handle to this step and may move it on.
    settled(int)
        The user let go of it, or chose the step with a key or the wheel.
    """

    scrubbed = Signal(int)
    settled = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tracks: tuple[LaneTrack, ...] = ()
        self._epoch = 0
        self._dragging = False
        self.setOrientation(Qt.Orientation.Horizontal)
        guard_wheel(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(_("History: the step on display"))
        theme.theme_changed.connect(self.updateGeometry)

    @property
    def tracks(self) -> tuple[LaneTrack, ...]:
        """The tracks on show."""
        return self._tracks

    @property
    def is_dragged(self) -> bool:
        """Whether a hand holds the handle."""
        return self._dragging

    def show_tracks(self, tracks: Sequence[LaneTrack], step: int, steps_per_epoch: int) -> None:
        """Show the lanes with the handle at `step`, unless a hand holds it."""
        taller = len(tracks) != len(self._tracks)
        self._tracks = tuple(tracks)
        self._epoch = steps_per_epoch
        last = max((track.end for track in tracks), default=0)
        with QSignalBlocker(self):
            self.setRange(0, last)
            self.setSingleStep(1)
            self.setPageStep(max(1, steps_per_epoch))
            if not self._dragging:
                self.setValue(step)
        self.setAccessibleDescription(
            _("Step {step} of {last}").format(step=numbers.count(self.value()), last=numbers.count(last))
        )
        if taller:
            self.updateGeometry()
        self.update()

    def x_of(self, step: int) -> float:
        """Return the pixel column of a step."""
        room = self.width() - self._left - SIDE
        return self._left + room * step / max(1, self.maximum())

    def sizeHint(self) -> QSize:
        return QSize(160, self._theme.px(PITCH) * max(1, len(self._tracks)) + 2 * FOOT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_epochs(painter)
        for row, track in enumerate(self._tracks):
            self._paint_track(painter, row, track)
        if self._tracks:
            self._paint_handle(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = True
            mark = self._mark_at(event.position())
            self._drag_to(self._step_at(event.position().x()) if mark is None else mark.step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._drag_to(self._step_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._dragging:
            self._dragging = False
            self.settled.emit(self.value())
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        super().keyPressEvent(event)
        if self.value() != before:
            self.settled.emit(self.value())
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        before = self.value()
        super().wheelEvent(event)
        if self.value() != before:
            self.settled.emit(self.value())
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self._mark_at(QPointF(event.pos()))
            step = numbers.count(self._step_at(event.pos().x()))
            words = mark.text if mark else _("Step {step}").format(step=step)
            QToolTip.showText(event.globalPos(), as_tip(words), self)
            return True
        return super().event(event)

    @property
    def _left(self) -> float:
        return SIDE + (self._theme.px(LETTER) if len(self._tracks) > 1 else 0)

    def _row_y(self, row: int) -> float:
        return FOOT + self._theme.px(PITCH) * (row + 0.5)

    def _step_at(self, x: float) -> int:
        room = max(1.0, self.width() - self._left - SIDE)
        share = min(1.0, max(0.0, (x - self._left) / room))
        return round(share * self.maximum())

    def _mark_at(self, place: QPointF) -> TrackMark | None:
        for row, track in enumerate(self._tracks):
            if abs(place.y() - self._row_y(row)) > self._theme.px(PITCH) / 2:
                continue
            near = [mark for mark in track.marks if abs(self.x_of(mark.step) - place.x()) <= NEAR]
            if near:
                return min(near, key=lambda mark: abs(self.x_of(mark.step) - place.x()))
        return None

    def _drag_to(self, step: int) -> None:
        if step != self.value() or not self.isSliderDown():
            self.setValue(step)
            self.scrubbed.emit(step)
            self.update()

    def _paint_epochs(self, painter: QPainter) -> None:
        if self._epoch <= 0 or not self.maximum():
            return
        pitch = (self.x_of(self.maximum()) - self.x_of(0)) * self._epoch / self.maximum()
        stride = 1
        while pitch * stride < LEAST_TICK:
            stride *= 10
        painter.setPen(QPen(QColor(self._theme.tokens.track), 1))
        bottom = self.height() - 2
        for step in range(0, self.maximum() + 1, self._epoch * stride):
            x = round(self.x_of(step)) + 0.5
            painter.drawLine(QPointF(x, bottom - FOOT + 3), QPointF(x, bottom))

    def _paint_track(self, painter: QPainter, row: int, track: LaneTrack) -> None:
        tokens, y = self._theme.tokens, self._row_y(row)
        colour = QColor(tokens.lanes[track.place])
        if len(self._tracks) > 1:
            painter.setPen(QColor(tokens.text))
            painter.setFont(self._theme.font("value"))
            room = QRectF(0, y - PITCH, self._left - 6, 2 * PITCH)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, track.letter)
        painter.setPen(QPen(QColor(tokens.track), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        # a run that has not begun has its way before it
        painter.drawLine(QPointF(self.x_of(0), y), QPointF(self.width() - SIDE, y))
        pen = curve_pen(tokens.lanes[track.place], 4, track.place)
        if pen.style() == Qt.PenStyle.CustomDashLine:
            painter.setPen(QPen(QColor(tokens.card), 4))
            painter.drawLine(QPointF(self.x_of(track.begin), y), QPointF(self.x_of(track.end), y))
        painter.setPen(pen)
        painter.drawLine(QPointF(self.x_of(track.begin), y), QPointF(self.x_of(track.end), y))
        for mark in track.marks:
            paint_mark(painter, mark.shape, QPointF(self.x_of(mark.step), y), MARK, colour, QColor(tokens.card))

    def _paint_handle(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        x = self.x_of(self.value())
        top, bottom = self._row_y(0), self._row_y(len(self._tracks) - 1)
        painter.setPen(QPen(QColor(tokens.text), 2))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.card), 2))
        painter.setBrush(QColor(tokens.text))
        painter.drawEllipse(QPointF(x, top), 7, 7)

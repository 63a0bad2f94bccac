"""Where one stands on the way forward and back: one dot a step, to click, or to go along with the arrow keys."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.system.i18n import _
from app.theme import Theme
from app.widgets.wheel import guard_wheel

DOT: Final = 11
HERE: Final = 19
PITCH: Final = 24
"""Least pixels from dot to dot."""


class StepsBar(QSlider):
    """A slider over 0 (nothing done) to the number of steps, painted as dots: first those forward, then those back.

    Signals
    -------
    gone(int)
        The user went to that position; never sent by `show_position`.
    """

    gone = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._forward: tuple[str, ...] = ()
        self._backward: tuple[str, ...] = ()
        self._caption = ""
        self.setRange(0, 0)
        self.setPageStep(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(_("Steps"))
        guard_wheel(self)
        self.valueChanged.connect(self.gone)

    def set_steps(self, forward: Sequence[str], backward: Sequence[str] = (), caption: str = "") -> None:
        """Offer these steps, by the words under their dots; one stands before the first.

        Parameters
        ----------
        caption
            What the first way is called; "Forward" where there is a way back.
        """
        self._forward, self._backward = tuple(forward), tuple(backward)
        self._caption = caption or _("Forward")
        with QSignalBlocker(self):
            self.setRange(0, len(self._forward) + len(self._backward))
        self.updateGeometry()
        self.update()

    def show_position(self, position: int, words: str) -> None:
        """Stand at a step; `words` say which."""
        with QSignalBlocker(self):
            self.setValue(position)
        self.setAccessibleDescription(words)
        self.update()

    def place_of(self, position: int) -> QPointF:
        """Return the middle of the dot of a step from 1 on."""
        return self._places()[position - 1]

    def _places(self) -> list[QPointF]:
        left, right = self._ends()
        forward, row = len(self._forward), self._row()
        pitch = (right - left) / max(1, self.maximum())
        # one pitch parts the two ways
        return [QPointF(left + pitch * (step + (step >= forward)), row) for step in range(self.maximum())]

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("tick"))
        return QSize(
            self._theme.px(PITCH) * (self.maximum() + 1) + 2 * self._theme.px(70),
            metrics.height() + self._theme.px(HERE) + 8,
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # up and down would go the wrong way along a line that is read from left to right
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_near(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_near(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go_near(self, event: QMouseEvent) -> None:
        away = [abs(place.x() - event.position().x()) for place in self._places()]
        if away:
            self.setValue(1 + away.index(min(away)))

    # painting --------------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        if self.hasFocus():
            self._paint_ring(painter)
        painter.setFont(self._theme.font("control"))
        painter.setPen(QColor(tokens.muted))
        middle = QRectF(8, self._row() - 12, self.width() - 16, 24)
        painter.drawText(middle, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._captions()[0])
        painter.drawText(middle, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._captions()[1])
        self._paint_way(painter, 1, len(self._forward), tokens.accent)
        self._paint_way(painter, len(self._forward) + 1, self.maximum(), tokens.warn)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        """Show that the keys lead here: round the dot, or round the caption before the first."""
        painter.setPen(QPen(QColor(self._theme.tokens.text), 2))
        if self.value():
            size = self._theme.px(HERE) / 2 + 2
            painter.drawEllipse(self.place_of(self.value()), size, size)
        else:
            width = QFontMetrics(self._theme.font("control")).horizontalAdvance(self._captions()[0])
            painter.drawRoundedRect(QRectF(3, self._row() - 11, width + 10, 22), 6, 6)

    def _captions(self) -> tuple[str, str]:
        return self._caption, (_("Backward") if self._backward else "")

    def _paint_way(self, painter: QPainter, first: int, last: int, colour: str) -> None:
        track, places = QColor(self._theme.tokens.track), self._places()
        for step in range(first + 1, last + 1):
            painter.setPen(QPen(QColor(colour) if step <= self.value() else track, 3))
            painter.drawLine(places[step - 2], places[step - 1])
        for step in range(first, last + 1):
            reached, here = step <= self.value(), step == self.value()
            size = self._theme.px(HERE if here else DOT) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour) if reached else track)
            painter.drawEllipse(places[step - 1], size, size)
        self._paint_names(painter, places, first, last, colour)

    def _paint_names(self, painter: QPainter, places: list[QPointF], first: int, last: int, colour: str) -> None:
        """Write the names under the dots: all of them where there is room, else that of the present step."""
        names = (*self._forward, *self._backward)
        small, strong = self._theme.font("tick"), self._theme.font("badge")
        metrics = QFontMetrics(strong)
        pitch = places[first].x() - places[first - 1].x() if last > first else self.width()
        roomy = all(metrics.horizontalAdvance(name) + 6 < pitch for name in names)
        for step in range(first, last + 1):
            here = step == self.value()
            if not roomy and not here:
                continue
            painter.setFont(strong if here else small)
            painter.setPen(QColor(colour if here else self._theme.tokens.muted))
            place = places[step - 1]
            width = metrics.horizontalAdvance(names[step - 1]) + 4
            left = min(max(0.0, place.x() - width / 2), self.width() - width)
            top = place.y() + self._theme.px(HERE) / 2 + 3
            painter.drawText(QRectF(left, top, width, metrics.height()), Qt.AlignmentFlag.AlignCenter, names[step - 1])

    def _row(self) -> float:
        return self._theme.px(HERE) / 2 + 4

    def _ends(self) -> tuple[float, float]:
        metrics = QFontMetrics(self._theme.font("control"))
        before, after = (metrics.horizontalAdvance(caption) for caption in self._captions())
        air = self._theme.px(HERE)
        return 8 + before + air, self.width() - 8 - after - air

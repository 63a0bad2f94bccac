"""Draws the small curve of a slide."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from app.lecture.thumbnails import Thumbnail
from app.look.dashes import curve_pen
from app.theme import Theme


def paint_thumbnail(painter: QPainter, box: QRectF, made: Thumbnail, theme: Theme, width: float) -> None:
    """Paint lines or bars into a box, without axes and words; `width` is that of a line."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if made.drawn == "bars":
        _bars(painter, box, made.rows[0], theme)
    else:
        most = max((len(row) for row in made.rows), default=0)
        # the first is what the slide is about, and lies over the others
        for lane in reversed(range(len(made.rows))):
            colour = theme.tokens.accent if lane == 0 else theme.tokens.lanes[lane]
            painter.setPen(curve_pen(colour, width, lane))
            painter.drawPolyline(_line(box, made.rows[lane], most))
    painter.restore()


class ThumbnailView(QWidget):
    """A curve in a widget of its own."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made: Thumbnail | None = None

    def show_curve(self, made: Thumbnail | None) -> None:
        """Draw another curve, or none."""
        self._made = made
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._made is not None:
            painter = QPainter(self)
            box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            paint_thumbnail(painter, box, self._made, self._theme, 2.4)


def _line(box: QRectF, row: tuple[float, ...], most: int) -> QPolygonF:
    step = box.width() / max(most - 1, 1)
    points = [QPointF(box.left() + at * step, box.bottom() - value * box.height()) for at, value in enumerate(row)]
    return QPolygonF(points)


def _bars(painter: QPainter, box: QRectF, row: tuple[float, ...], theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tokens.accent)
    pitch = box.width() / len(row)
    for at, value in enumerate(row):
        # an exact 0 is a line on the ground, so that the bar is not taken for missing
        tall = max(1.0, value * box.height())
        painter.drawRect(QRectF(box.left() + at * pitch, box.bottom() - tall, 0.66 * pitch, tall))

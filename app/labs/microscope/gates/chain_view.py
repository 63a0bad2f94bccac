"""The layers of a network in a row: the size of what goes up above the line, of what comes back under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.labs.microscope.arrows import paint_arrow
from app.labs.microscope.texts import value_text
from app.look.ink import Ink
from app.plots.canvas.notes import CENTRE, Note, paint_notes
from app.system.i18n import _
from app.theme import Theme

HEIGHT: Final = 34
GAP: Final = 46
"""Least pixels between two boxes."""
AIR: Final = 22
"""Between two boxes, besides the numbers."""
PADDING: Final = 9
LIFT: Final = 5


@dataclass(frozen=True)
class Link:
    """A layer, and what goes into it.

    Attributes
    ----------
    name
        What stands in its box.
    units
        How many numbers go in.
    size, gradient
        Norms of those numbers and of what goes back for them.
    forward, backward
        Whether the one and the other are known yet.
    """

    name: str
    units: int
    size: float
    gradient: float
    forward: bool
    backward: bool


class ChainView(QWidget):
    """Boxes from left to right, arrows between them; the gradient turns the arrows round.

    Signals
    -------
    layer_clicked(int)
        A box was clicked.
    """

    layer_clicked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink(theme)
        self._links: tuple[Link, ...] = ()
        self._here = -1
        self._backward = False
        self.setAccessibleName(_("The layers"))

    def show_links(self, links: Sequence[Link], here: int, *, backward: bool) -> None:
        """Draw these layers; `here` has just done its work, -1 for none."""
        self._links, self._here, self._backward = tuple(links), here, backward
        self.setMinimumSize(self._least())
        self.setAccessibleDescription(self.describe())
        self.update()

    def describe(self) -> str:
        """Return the sizes in words."""
        text = _("{units} numbers into {name}: size {size}")
        known = [link for link in self._links if link.forward]
        return ". ".join(text.format(units=link.units, name=link.name, size=value_text(link.size)) for link in known)

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._ink.forget()
        self.setMinimumSize(self._least())
        self.update()

    def box_of(self, place: int) -> QRectF:
        """Return where the box of a layer is."""
        row, spare = self._row(), max(0.0, self.width() - self._least().width())
        stretch = spare / max(1, len(self._links))
        left = 0.0
        for number, width in enumerate(self._widths()):
            left += self._gap() + stretch
            if number == place:
                return QRectF(left, row - self._height() / 2, width, self._height())
            left += width
        return QRectF()

    def sizeHint(self) -> QSize:
        return self._least()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._links)):
            if self.box_of(place).contains(event.position()):
                self.layer_clicked.emit(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start = QPointF(0.0, self._row())
        for place, link in enumerate(self._links):
            box = self.box_of(place)
            self._paint_link(painter, start, QPointF(box.left(), self._row()), link)
            self._paint_box(painter, box, place, link)
            start = QPointF(box.right(), self._row())
        painter.end()

    def _paint_link(self, painter: QPainter, start: QPointF, end: QPointF, link: Link) -> None:
        back = link.backward
        colour = self._ink.colour("warn" if back else "edge" if link.forward else "track")
        painter.setPen(QPen(colour, 2.6 if back else 1.6))
        painter.drawLine(start, end)
        paint_arrow(painter, *((end, start) if back else (start, end)), colour, self._ink.px(9))
        middle, line = (start + end) / 2, self._ink.height("value")
        notes = []
        if link.forward:
            notes.append(
                Note(value_text(link.size), middle.x(), middle.y() - LIFT - line / 2, "accent", "value", CENTRE)
            )
        if link.backward:
            notes.append(
                Note(value_text(link.gradient), middle.x(), middle.y() + LIFT + line / 2, "warn", "value", CENTRE)
            )
        paint_notes(painter, notes, self._ink)

    def _paint_box(self, painter: QPainter, box: QRectF, place: int, link: Link) -> None:
        here = place == self._here
        gone_back = link.backward
        known = link.forward
        outline = (
            "warn" if gone_back or (here and self._backward) else "accent" if here else "muted" if known else "track"
        )
        painter.setPen(QPen(self._ink.colour(outline), 2.6 if here else 1.6))
        painter.setBrush(self._ink.colour(("warn_soft" if self._backward else "soft") if here else "card"))
        painter.drawRoundedRect(box, 7, 7)
        colour = "text" if known else "muted"
        paint_notes(
            painter, [Note(link.name, box.center().x(), box.center().y(), colour, "control", CENTRE)], self._ink
        )

    def _row(self) -> float:
        return self.height() / 2

    def _height(self) -> float:
        return float(self._ink.px(HEIGHT))

    def _gap(self) -> float:
        """Return the pixels from box to box: as wide as the widest numbers, known or not, so that nothing moves."""
        numbers = [number for link in self._links for number in (link.size, link.gradient)]
        widths = [self._ink.width(value_text(number), "value") for number in numbers]
        return max([float(self._ink.px(GAP)), *(width + self._ink.px(AIR) for width in widths)])

    def _widths(self) -> list[float]:
        return [self._ink.width(link.name, "control") + 2 * self._ink.px(PADDING) for link in self._links]

    def _least(self) -> QSize:
        line = self._ink.height("value")
        width = sum(self._widths()) + self._gap() * len(self._links) + 2
        return QSize(round(width), round(max(self._height(), 2 * line + 2 * LIFT) + 6))

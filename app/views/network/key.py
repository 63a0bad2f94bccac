"""What the lines and squares of the network picture mean."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.ink import Ink
from app.system.i18n import _
from app.theme import Theme

_LINE: Final = 20
_BOX: Final = 13
_GAP: Final = 8
_BETWEEN: Final = 18
_STYLE: Final = "control"


@dataclass(frozen=True)
class KeyEntry:
    """A mark ("line", "dashes", "ribbon" or "box") in a token's colour, and its words."""

    mark: str
    colour: str
    words: str


class PictureKey(QWidget):
    """Marks with words; where room is short the last ones are left out, and the tooltip has them all."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._ink = theme, Ink(theme)
        self._entries: tuple[KeyEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Legend"))

    @property
    def entries(self) -> tuple[KeyEntry, ...]:
        """What is explained."""
        return self._entries

    def show_what_is_drawn(self, *, signs: bool, ribbons: bool, dead: bool) -> None:
        """Explain connections with a sign, ribbons, dead units: those that there are."""
        entries = []
        if signs:
            entries += [KeyEntry("line", "accent", _("positive")), KeyEntry("dashes", "", _("negative"))]
        if dead:
            entries.append(KeyEntry("box", "warn", _("dead")))
        if ribbons:
            entries.append(KeyEntry("ribbon", "edge", _("all inputs, by their size")))
        if tuple(entries) != self._entries:
            self._entries = tuple(entries)
            words = ", ".join(entry.words for entry in entries)
            self.setAccessibleDescription(words)
            self.setToolTip(words)
            self.updateGeometry()
            self.update()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._ink.forget()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = sum(self._width(entry) for entry in self._entries) + _BETWEEN * max(0, len(self._entries) - 1)
        return QSize(round(width) + 1, round(self._ink.height(_STYLE)) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        left, middle = 0.0, self.height() / 2
        for entry in self._entries:
            if left + self._width(entry) > self.width() + 1:
                break
            self._paint_mark(painter, entry, left, middle)
            painter.setPen(self._ink.colour("muted"))
            painter.setFont(self._ink.font(_STYLE))
            text = QPointF(left + self._mark(entry) + _GAP, middle - self._ink.height(_STYLE) / 2)
            painter.drawStaticText(text, self._ink.written(entry.words, _STYLE))
            left += self._width(entry) + _BETWEEN

    def _paint_mark(self, painter: QPainter, entry: KeyEntry, left: float, middle: float) -> None:
        # negative ones have the colour of the second class, which no token names
        colour = self._ink.colour(entry.colour or self._theme.tokens.lanes[1])
        pen = QPen(QColor(colour), 3)
        if entry.mark == "box":
            pen = QPen(QColor(colour), 1.8)
            pen.setDashPattern((2.6, 1.7))
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(left + 1, middle - _BOX / 2, _BOX, _BOX), 3, 3)
            return
        if entry.mark == "dashes":
            pen.setDashPattern((2.0, 1.2))
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle), QPointF(left + _LINE, middle))

    def _mark(self, entry: KeyEntry) -> int:
        return _BOX + 2 if entry.mark == "box" else _LINE

    def _width(self, entry: KeyEntry) -> float:
        return self._mark(entry) + _GAP + self._ink.width(entry.words, _STYLE)

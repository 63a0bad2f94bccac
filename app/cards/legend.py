"""What colours and marks mean; a click on a line hides or shows what it stands for."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QSizePolicy, QWidget

from app.look.marks import LegendEntry
from app.plots.canvas.legend_paint import paint_sample
from app.system.i18n import _
from app.theme import Theme

_MARK: Final = 13
_GAP: Final = 6
_RING: Final = 3
_SPACING: Final = 8
_TIGHT: Final = 1


class LegendButton(QAbstractButton):
    """A mark and its words, painted; checked while the thing is shown."""

    def __init__(self, entry: LegendEntry, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._theme = theme
        self._pitch = 0
        self.setText(entry.text)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._say)
        self._say(True)

    def set_shown(self, shown: bool) -> None:
        """Say that the thing is shown or hidden; nobody is told."""
        if shown != self.isChecked():
            self.blockSignals(True)
            self.setChecked(shown)
            self.blockSignals(False)
            self._say(shown)
            self.update()

    def set_pitch(self, pitch: int) -> None:
        """Take so many pixels at least, with the words at the right."""
        if pitch != self._pitch:
            self._pitch = pitch
            self.updateGeometry()

    @property
    def needed(self) -> int:
        """The pixels it takes."""
        return max(self._own_width(), self._pitch)

    def _own_width(self) -> int:
        words = QFontMetrics(self._theme.font("control")).horizontalAdvance(self.text()) + 1
        return self._theme.px(_MARK) + _GAP + words + 2 * _RING

    def sizeHint(self) -> QSize:
        height = QFontMetrics(self._theme.font("control")).height() + 2 * _RING
        return QSize(self.needed, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, size = self._theme.tokens, self._theme.px(_MARK)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        colour = QColor(getattr(tokens, self.entry.colour, self.entry.colour))
        left = max(0, self.width() - self._own_width()) if self._pitch else 0
        middle = QPointF(left + _RING + size / 2, self.height() / 2)
        paint_sample(painter, self.entry, middle, size, colour, filled=self.isChecked())
        font = self._theme.font("control")
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(tokens.text if self.underMouse() else tokens.muted))
        words = self.rect().adjusted(left + _RING + size + _GAP, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())

    def _say(self, shown: bool) -> None:
        words = _("{name}, shown") if shown else _("{name}, hidden")
        self.setAccessibleName(words.format(name=self.entry.text))
        hide = self.entry.tip or _("Click to hide")
        self.setToolTip(hide if shown else _("Click to show"))


class Legend(QWidget):
    """Lines side by side.

    Signals
    -------
    toggled(str, bool)
        The thing of this key is to be shown or hidden.
    """

    toggled = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[LegendEntry, ...] = ()
        self._vertical = False
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_SPACING)
        self.setAccessibleName(_("Legend"))

    @property
    def buttons(self) -> tuple[LegendButton, ...]:
        """The lines, from the left."""
        return tuple(self.findChildren(LegendButton, options=Qt.FindChildOption.FindDirectChildrenOnly))

    def set_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these lines; what was hidden stays hidden where its key stays."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        hidden = {button.entry.key for button in self.buttons if not button.isChecked()}
        for button in self.buttons:
            self._layout.removeWidget(button)
            # a layout shows its new widgets later: by then this one would be a window of its own
            button.hide()
            button.setParent(None)
            button.deleteLater()
        for entry in entries:
            button = LegendButton(entry, self._theme, self)
            button.setChecked(entry.key not in hidden)
            button.toggled.connect(lambda shown, key=entry.key: self.toggled.emit(key, shown))
            self._layout.addWidget(button)

    def show_series(self, is_shown: Callable[[str], bool]) -> None:
        """Check the lines of what is shown; nobody is told."""
        for button in self.buttons:
            button.set_shown(is_shown(button.entry.key))

    def set_vertical(self, vertical: bool) -> None:
        """Put the lines under each other, or side by side."""
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.TopToBottom if vertical else directions.LeftToRight)
        self._layout.setSpacing(_TIGHT if vertical else _SPACING)
        self._vertical = vertical

    def set_pitch(self, pitch: int) -> None:
        """Let each line take so many pixels at least, its words at the right: they head columns."""
        for button in self.buttons:
            button.set_pitch(pitch)

    @property
    def needed(self) -> int:
        """The pixels that all lines take with their words."""
        wide = [button.needed for button in self.buttons]
        if self._vertical:
            return max(wide, default=0)
        return sum(wide) + _SPACING * max(0, len(wide) - 1)

    def fit(self, room: int) -> None:
        """Take at most `room` pixels, with all words or not at all: marks alone would be a riddle."""
        self.setVisible(bool(self._entries) and self.needed <= room)

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and type."""
        self._theme = theme
        for button in self.buttons:
            button.updateGeometry()
            button.update()

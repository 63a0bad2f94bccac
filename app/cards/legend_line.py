"""A legend to read, without buttons, for a plot in large type."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.look.marks import LegendEntry
from app.plots.canvas.legend_paint import legend_width, paint_legend
from app.theme import Theme


class LegendLine(QWidget):
    """Words and marks in one line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries: tuple[LegendEntry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entries(self, entries: Sequence[LegendEntry], theme: Theme) -> None:
        """Show these lines in a theme."""
        self._entries, self._theme = tuple(entries), theme
        self.setAccessibleName(", ".join(entry.text for entry in entries))
        self.setVisible(bool(entries))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = QFontMetricsF(self._theme.font("tick")).height()
        return QSize(round(legend_width(self._entries, self._theme)) + 2, round(height) + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_legend(painter, self._entries, 0, self.height() / 2, self._theme)

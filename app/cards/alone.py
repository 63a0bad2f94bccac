"""One plot over the whole window, in large type, with no control but the way back."""

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.cards.legend_line import LegendLine
from app.plots.canvas.plot import Plot
from app.system.i18n import _
from app.theme import Theme
from app.theme.large import LargeTheme
from app.widgets.elided_label import ElidedLabel

MARGIN: Final = 40
"""Pixels on every side; at the top, a little less: the title has air of its own."""
TOP: Final = 22
TOLD: Final = 5000
"""Milliseconds that a sentence stays."""


class Alone(QWidget):
    """Lies over a window, follows its size, and borrows the plot from its place.

    Parameters
    ----------
    left
        Called when the plot is back in its place.
    """

    def __init__(self, theme: Theme, window: QWidget, plot: Plot, left: Callable[[], None]) -> None:
        super().__init__(window)
        self.plot = plot
        self._theme = theme
        self._left = left
        self._place = plot.parentWidget()
        self._focus_before = cast("QWidget | None", window.focusWidget())  # the stubs forget the None
        self._was_full = window.isFullScreen()
        self._title = QLabel(plot.title)
        self._subtitle = ElidedLabel(plot.subtitle)
        self._legend = LegendLine(theme)
        self.back = QPushButton(_("Back   Esc"))
        self.back.setAccessibleName(_("Back"))
        self.back.setToolTip(_("Show everything again (Esc)"))
        self.back.clicked.connect(self.leave)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(TOLD)
        self._clock.timeout.connect(lambda: self._subtitle.setText(self.plot.subtitle))
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(theme.px(16))
        head.addWidget(self._subtitle, 1)
        head.addWidget(self._legend)
        head.addSpacing(theme.px(24))
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, TOP, MARGIN, MARGIN - 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(plot, 1)
        self.setAccessibleName(plot.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        plot.subtitle_changed.connect(self._subtitle.setText)
        plot.legend_changed.connect(self._show_legend)
        plot.set_large(True)
        plot.show()
        theme.theme_changed.connect(self._dress)
        window.installEventFilter(self)
        self._dress()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        by_key = self._focus_before is plot.canvas
        (plot.canvas if by_key else self).setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Put the plot back, and let everything be seen again."""
        plot, window = self.plot, self.window()
        window.removeEventFilter(self)
        self._theme.theme_changed.disconnect(self._dress)
        plot.subtitle_changed.disconnect(self._subtitle.setText)
        plot.legend_changed.disconnect(self._show_legend)
        reading = plot.canvas.hasFocus()
        self.hide()
        layout = self._place.layout() if self._place is not None and isValid(self._place) else None
        if layout is not None:
            layout.addWidget(plot)
            plot.show()
        plot.set_large(False)
        if window.isFullScreen() and not self._was_full:
            window.showNormal()
        before = plot.canvas if reading else self._focus_before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()
        self._left()

    def say(self, words: str) -> None:
        """Say what was done in the place of the grey words, for a moment."""
        self._subtitle.setText(words)
        self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.window().rect())
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        # asked before the window's own F1: here there is one plot, and it explains itself
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F1
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_F1:
            self.plot.canvas.explanation_asked.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # what lies beneath is not to be pressed
        event.accept()

    def _show_legend(self) -> None:
        self._legend.show_entries(self.plot.legend(), LargeTheme(self._theme))

    def _dress(self) -> None:
        tokens = self._theme.tokens
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(tokens.bg))
        self.setPalette(palette)
        large = LargeTheme(self._theme)
        self._title.setStyleSheet(f"font-size: {large.font('title').pixelSize()}px; font-weight: 600;")
        self._subtitle.setStyleSheet(f"font-size: {large.font('tick').pixelSize()}px; color: {tokens.muted};")
        self.back.setStyleSheet(f"font-size: {large.font('control').pixelSize() - 4}px;")
        self._show_legend()

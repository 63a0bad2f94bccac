"""The button with the dots at the right end of a card's header, and the menu under it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.system.i18n import _
from app.theme import Theme

_WIDTH: Final = 10
_HEIGHT: Final = 20
"""Pixels: the button stands in the padding of its card."""


class CardMenuButton(QToolButton):
    """Keeps its place always and is reached by Tab, but is seen only under the mouse or with the focus.

    Parameters
    ----------
    fill
        Puts the entries into the menu, each time it opens.
    watched
        The mouse over one of these shows the button.
    """

    def __init__(self, theme: Theme, fill: Callable[[QMenu], None], watched: Sequence[QWidget]) -> None:
        super().__init__()
        self._watched = tuple(watched)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.aboutToShow.connect(lambda: self._open(fill))
        self._menu.aboutToHide.connect(self.update)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for widget in self._watched:
            widget.installEventFilter(self)
        self.apply_theme(theme)

    @property
    def is_lit(self) -> bool:
        """Whether it is seen now."""
        return self.hasFocus() or self._menu.isVisible() or any(widget.underMouse() for widget in self._watched)

    def name_after(self, title: str) -> None:
        """Say which card it belongs to."""
        self.setAccessibleName(_("Menu of {card}").format(card=title))
        self.setToolTip(_("More about this card"))

    def apply_theme(self, theme: Theme) -> None:
        """Wear the theme's present colours and size."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.is_lit:
            return
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.pressed) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.muted))
        middle, radius = QRectF(self.rect()).center(), self._theme.px(3) / 2
        for dot in (-1, 0, 1):
            painter.drawEllipse(middle + QPointF(0, dot * 3.2 * radius), radius, radius)

    def _open(self, fill: Callable[[QMenu], None]) -> None:
        self._menu.clear()
        fill(self._menu)

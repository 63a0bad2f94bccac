"""One odd curve as a thumbnail that can be pressed."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.labs.curves.exhibit_sketch import paint_exhibit
from app.look.ink import Ink
from app.system.i18n import _
from app.theme import Theme
from simulator.analysis.curves import ExhibitCurve

PADDING: Final = 10
RADIUS: Final = 10
LEAST: Final = 118
"""Pixels that a tile is high at the least."""


class ExhibitTile(QAbstractButton):
    """Title, and the curve as soon as it is trained.

    Signals
    -------
    pointed(str)
        The mouse or the focus has come to the exhibit of that name.
    """

    pointed = Signal(str)

    def __init__(
        self, theme: Theme, name: str, title: str, *, validation: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.name = name
        self._theme = theme
        self._title = title
        self._validation = validation
        self._ink = Ink(theme)
        self._curve: ExhibitCurve | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(_("{title}: open in Watch").format(title=title))
        self.setToolTip(_("Opens the experiment in Watch, ready to play"))

    @property
    def curve(self) -> ExhibitCurve | None:
        """What is drawn; None while it is not trained."""
        return self._curve

    def show_curve(self, curve: ExhibitCurve) -> None:
        """Draw the trained curve."""
        if curve is not self._curve:
            self._curve = curve
            self.update()

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        self._ink.forget()
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(LEAST))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.pointed.emit(self.name)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.pointed.emit(self.name)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave, QEvent.Type.FocusOut):
            self.update()
        return handled

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(self._ink.colour("accent" if lit else "line"), 2 if lit else 1))
        painter.setBrush(self._ink.colour(tokens.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        inside = QRectF(self.rect()).adjusted(PADDING, 6, -PADDING, -5)
        painter.setFont(self._ink.font("value"))
        painter.setPen(self._ink.colour("text"))
        words = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        head = painter.drawText(inside, words, self._title)
        below = inside.adjusted(0, head.height() + 2, 0, 0)
        if self._curve is None:
            painter.setFont(self._ink.font("tick"))
            painter.setPen(self._ink.colour("muted"))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, _("not trained yet"))
        else:
            paint_exhibit(painter, self._curve, below, self._ink, validation=self._validation)

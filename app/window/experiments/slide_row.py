"""One slide in the list: letter, title, and its curve."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from app.lecture.slides import Slide
from app.lecture.thumbnails import thumbnails
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.window.experiments.thumbnail import paint_thumbnail

THUMBNAIL: Final = (52, 22)
LETTER: Final = 32
PADDING: Final = 8
_VERTICAL: Final = Qt.AlignmentFlag.AlignVCenter


class SlideRow(QPushButton):
    """Chosen by a click, opened by a double click or Enter. It is marked where the typed words mean it.

    Parameters
    ----------
    opens
        Whether there is something to open.
    """

    def __init__(self, slide: Slide, theme: Theme, *, opens: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.slide = slide
        self.opens = opens
        self._found = False
        self._first = False
        set_role(self, "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("{letter}: {title}").format(letter=slide.id, title=_(slide.title)))
        self.setAccessibleDescription(_(slide.line))
        self.setToolTip(as_tip(_(slide.line)))

    @property
    def is_found(self) -> bool:
        """Whether the typed words mean it."""
        return self._found

    def mark(self, found: bool, first: bool) -> None:
        """Say whether the typed words mean it, and whether it is what is shown large."""
        if (found, first) != (self._found, self._first):
            self._found, self._first = found, first
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, px = self._theme.tokens, self._theme.px
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = tokens.soft if self._found or self._first else tokens.hover if self.underMouse() else ""
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        focus = self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent), 2) if focus else Qt.PenStyle.NoPen)
        if ground or focus:
            painter.drawRoundedRect(box, 6, 6)
        inner = QRectF(self.rect()).adjusted(px(PADDING), 0, -px(PADDING), 0)
        strong = self._theme.font("value")
        self._write(painter, inner, self.slide.id, strong, tokens.text if self._first else tokens.muted)
        width, height = px(THUMBNAIL[0]), min(px(THUMBNAIL[1]), self.height() - 4)
        made = thumbnails().get(self.slide.id)
        words = inner.adjusted(px(LETTER), 0, 0 if made is None else -width - px(PADDING), 0)
        colour = tokens.text if self.opens else tokens.muted
        self._write(painter, words, _(self.slide.title), strong if self._first else self._theme.font("control"), colour)
        if made is not None:
            where = QRectF(inner.right() - width, (self.height() - height) / 2, width, height)
            paint_thumbnail(painter, where, made, self._theme, 1.6)

    def _write(self, painter: QPainter, box: QRectF, text: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | _VERTICAL, shown)

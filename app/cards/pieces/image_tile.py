"""A small picture with its pixels as squares, and words under it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.theme.prose import as_tip

_GAP = 8


class ImageTile(QWidget):
    """Shows numbers (height, width) as greys or (height, width, 3) as colours, or words where there is no picture."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(60, 60)

    @property
    def words(self) -> str:
        """What is written under the picture, or in its place."""
        return self._words

    def show_values(self, values: NDArray[np.float64] | None, low: float, high: float, words: str) -> None:
        """Show `values`, `low` being black and `high` white; None shows the words alone."""
        self._words = words
        self._image = None if values is None else image_of(values, low, high)
        self.setAccessibleName(words)
        self.setToolTip(as_tip(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._theme.font("control"))
        painter.setPen(QColor(self._theme.tokens.muted))
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        whole = QRectF(self.rect())
        if self._image is None:
            painter.drawText(whole, Qt.AlignmentFlag.AlignVCenter | centre, self._words)
            return
        needed = painter.boundingRect(whole, centre, self._words)
        room = whole.adjusted(0, 0, 0, -needed.height() - _GAP)
        scale = min(room.width() / self._image.width(), room.height() / self._image.height())
        # whole pixels a pixel, so that all squares are of one size
        scale = max(1.0, float(int(scale)))
        size = QRectF(0, 0, scale * self._image.width(), scale * self._image.height())
        size.moveCenter(room.center())
        painter.drawImage(size, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
        painter.drawRect(size.adjusted(-1, -1, 0, 0))
        painter.setPen(QColor(self._theme.tokens.muted))
        under = QRectF(whole.left(), size.bottom() + _GAP, whole.width(), needed.height())
        painter.drawText(under, centre, self._words)


def image_of(values: NDArray[np.float64], low: float, high: float) -> QImage:
    """Return numbers (height, width) as greys or (height, width, 3) as colours, `low` being black and `high` white."""
    shares = (values - low) / max(high - low, 1e-12)
    pixels = (np.clip(shares, 0, 1) * 255).round().astype(np.uint8)
    colours = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)
    colours = np.ascontiguousarray(colours)
    height, width = colours.shape[:2]
    # Qt keeps no copy of the bytes it is given
    return QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()

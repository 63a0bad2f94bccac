"""Maps of units as pictures: all of a layer in one image, looked up in a table of colours."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from app.theme import Tokens

LEVELS = 127


@lru_cache(maxsize=4)
def _table(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the colour of every level, by its byte."""
    level = np.arange(256, dtype=np.uint8).view(np.int8).astype(np.float64)
    share = np.clip(level / LEVELS, -1, 1)[:, None]
    low, middle, high = (_rgb(colour) for colour in (tokens.lanes[1], tokens.card, tokens.accent))
    mixed = np.rint(middle + np.abs(share) * (np.where(share > 0, high, low) - middle)).astype(np.uint32)
    return np.asarray(0xFF000000 | mixed[:, 0] << 16 | mixed[:, 1] << 8 | mixed[:, 2], np.uint32)


def sprite(maps: NDArray[np.int8], tokens: Tokens) -> QImage:
    """Return maps (units, rows, columns) over each other in one image; the highest row comes first."""
    pixels = np.ascontiguousarray(_table(tokens)[maps[:, ::-1].view(np.uint8)])
    _units, _rows, wide = pixels.shape
    # Qt keeps no copy of the bytes it is given
    return QImage(pixels.data, wide, pixels.size // wide, 4 * wide, QImage.Format.Format_RGB32).copy()


def picture_of(pixels: NDArray[np.uint8]) -> QImage:
    """Return greys (height, width) or colours (height, width, 3) as an image."""
    colours = pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)
    colours = np.ascontiguousarray(colours)
    height, wide = colours.shape[:2]
    return QImage(colours.data, wide, height, 3 * wide, QImage.Format.Format_RGB888).copy()


def shade(share: float, tokens: Tokens) -> QColor:
    """Return the colour of a value that is this share, -1 to 1, of the largest."""
    level = 0 if share != share else round(LEVELS * min(1.0, max(-1.0, share)))
    return QColor.fromRgb(int(_table(tokens)[level & 0xFF]))


@lru_cache(maxsize=8)
def dead_stamp(side: float, tokens: Tokens, ratio: float) -> QPixmap:
    """Return a hollow square with a dashed edge: dashes round corners are the dearest thing of the picture."""
    made = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(QColor(tokens.warn), 1.8)
    pen.setDashPattern((2.6, 1.7))
    painter.setPen(pen)
    painter.setBrush(QColor(tokens.card))
    painter.drawRoundedRect(QRectF(1, 1, side - 2, side - 2), min(4.0, side / 6), min(4.0, side / 6))
    painter.end()
    return made


def _rgb(colour: str) -> NDArray[np.float64]:
    made = QColor(colour)
    return np.array([made.red(), made.green(), made.blue()], np.float64)

"""Maps of units as pictures: all of a layer in one image, looked up in a table of colours."""

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPixmap

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


def shade(share: float, tokens: Tokens) -> int:
    """Return the colour, 0xAARRGGBB, of a value that is this share, -1 to 1, of the largest."""
    level = 0 if share != share else round(LEVELS * min(1.0, max(-1.0, share)))
    return int(_table(tokens)[level & 0xFF])


@lru_cache(maxsize=1024)
def frame_stamp(side: float, radius: float, edge: str, ground: int | None, ratio: float) -> QPixmap:
    """Return a square with round corners and a fine edge, on a ground of this colour or on none.

    It is a pixel larger than `side` all round. An eighth of what drawing it costs.
    """
    made = _blank(side + 2, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else QBrush(QColor.fromRgb(ground)))
    painter.drawRoundedRect(QRectF(1, 1, side, side), radius, radius)
    painter.end()
    return made


@lru_cache(maxsize=8)
def spot_stamp(radius: int, tokens: Tokens, ratio: float) -> QPixmap:
    """Return the ring that says where the example lies, a pixel larger than `radius` all round."""
    made = _blank(2 * radius + 2, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(QColor(tokens.text), 2))
    painter.setBrush(QColor(tokens.card))
    painter.drawEllipse(QPointF(radius + 1, radius + 1), radius, radius)
    painter.end()
    return made


@lru_cache(maxsize=8)
def dead_stamp(side: float, tokens: Tokens, ratio: float) -> QPixmap:
    """Return a hollow square with a dashed edge: dashes round corners are the dearest thing of the picture."""
    made = _blank(side, ratio)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pen = QPen(QColor(tokens.warn), 1.8)
    pen.setDashPattern((2.6, 1.7))
    painter.setPen(pen)
    painter.setBrush(QColor(tokens.card))
    painter.drawRoundedRect(QRectF(1, 1, side - 2, side - 2), min(4.0, side / 6), min(4.0, side / 6))
    painter.end()
    return made


def _blank(side: float, ratio: float) -> QPixmap:
    made = QPixmap(math.ceil(side * ratio), math.ceil(side * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _rgb(colour: str) -> NDArray[np.float64]:
    made = QColor(colour)
    return np.array([made.red(), made.green(), made.blue()], np.float64)

"""Writes the weights that lead to the chosen unit beside their connections."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.ink import Ink
from app.look.numbers import number
from app.plots.run.network.look import Look
from app.plots.run.network.scene import Scene
from app.theme import Tokens

_STYLE: Final = "strong tick"
_PADDING: Final = 6
_AT: Final = 5
"""Which of the points along a connection: near enough to its source not to lie on the next one's."""


def paint_labels(painter: QPainter, scene: Scene, look: Look, ink: Ink, tokens: Tokens) -> None:
    """Write them where there is room: in a large picture, and where they do not lie on each other."""
    place = None if look.unit is None or not look.large else scene.place_of(look.unit)
    if place is None or place[0] == 0:
        return
    at, each = place[0] - 1, scene.wires[place[0] - 1]
    line = ink.height(_STYLE)
    below = float("-inf")
    if each.kind != "each":
        return
    curves = scene.curves(at)
    for n in sorted((each.target == place[1]).nonzero()[0].tolist(), key=lambda n: float(curves[n][_AT][1])):
        x, y = curves[n][_AT].tolist()
        if y - line / 2 < below:
            continue
        below = y + line / 2 + 2
        text = number(float(each.value[n]))
        room = QRectF(0, 0, ink.width(text, _STYLE) + 2 * _PADDING, line + 2)
        room.moveCenter(QPointF(x, y))
        chosen = look.wire is not None and look.wire == scene.wire_of(at, n)
        painter.setPen(QPen(QColor(tokens.accent if chosen else tokens.line), 2 if chosen else 1))
        painter.setBrush(QColor(tokens.card))
        painter.drawRoundedRect(room, 5, 5)
        painter.setFont(ink.font(_STYLE))
        painter.setPen(QColor(tokens.accent if each.value[n] > 0 else tokens.warn))
        painter.drawStaticText(QPointF(room.left() + _PADDING, room.top() + 1), ink.written(text, _STYLE))

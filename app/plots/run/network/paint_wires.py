"""Paints connections: colour and dash say the sign, width the size; grey ones belong to dead units."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.plots.run.network.look import Look
from app.plots.run.network.scene import Scene
from app.plots.run.network.wires import ends, width
from app.theme import Tokens

_DASHES: Final = (3.0, 1.6)
_THIN_DASHES: Final = (6.0, 3.5)
"""Of a negative connection, in its widths."""
_PALE: Final = 0.42
_FAINT: Final = 0.16
"""Opacity of what does not lead to the chosen unit, and of that where it carries no signal."""
_RAIL: Final = 3.0
"""Pixels from the units to the line that gathers them."""
_CHOSEN: Final = 2.0
"""Pixels that the chosen connection is wider."""


def paint_wires(painter: QPainter, scene: Scene, look: Look, tokens: Tokens) -> None:
    """Paint all connections, the strongest last."""
    for at, each in enumerate(scene.wires):
        before, column = scene.columns[at], scene.columns[at + 1]
        start, end = (places.tolist() for places in ends(each, before, column))
        bend = (before.edges[1] + column.edges[0]) / 2
        if each.kind == "ribbon" and before.units:
            # all units of the column before, drawn or not, go into a ribbon
            painter.setPen(QPen(QColor(tokens.track), 1.5))
            rail = before.edges[1] + _RAIL
            half = before.side / 2
            painter.drawLine(QPointF(rail, float(before.y[0]) - half), QPointF(rail, float(before.y[-1]) + half))
        widths = width(each.share, column.edges[0] - before.edges[1], large=look.large).tolist()
        for n in np.argsort(each.share, kind="stable").tolist():
            colour = _colour(scene, at, n, look, tokens)
            chosen = look.wire is not None and look.wire == scene.wire_of(at, n)
            pen = QPen(colour, widths[n] + chosen * _CHOSEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if each.value[n] < 0:
                pen.setDashPattern(_DASHES if pen.widthF() > 2 else _THIN_DASHES)
            path = QPainterPath(QPointF(*start[n]))
            path.cubicTo(bend, start[n][1], bend, end[n][1], *end[n])
            painter.strokePath(path, pen)


def _colour(scene: Scene, at: int, n: int, look: Look, tokens: Tokens) -> QColor:
    each, before, column = scene.wires[at], scene.columns[at], scene.columns[at + 1]
    source, layer = scene.net.layers[before.layer], scene.net.layers[column.layer]
    unit = column.units[each.target[n]]
    given = before.units[each.source[n]] if each.source[n] >= 0 else None
    if layer.silent[unit] or (given is not None and source.silent[given]):
        return QColor(tokens.ghost)
    if each.kind != "each":
        colour = QColor(tokens.edge)
    else:
        colour = QColor(tokens.accent if each.value[n] > 0 else tokens.lanes[1])
    quiet = given is not None and source.values is not None and source.values[given] == 0
    if look.unit is not None and look.unit != (column.layer, unit):
        colour.setAlphaF(_FAINT if quiet else _PALE)
    elif quiet:
        colour.setAlphaF(_PALE)
    return colour

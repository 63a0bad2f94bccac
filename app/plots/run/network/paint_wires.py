"""Paints connections: colour and dash say the sign, width the size; grey ones belong to dead units."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.plots.run.network.layout import Column
from app.plots.run.network.look import Look
from app.plots.run.network.scene import Scene
from app.plots.run.network.wires import Wires, ends, width
from app.theme import Tokens

_DASHES: Final = (3.0, 1.6)
_THIN_DASHES: Final = (6.0, 3.5)
"""Of a negative connection, in its widths."""
_FULL: Final = 1.0
_PALE: Final = 0.42
_FAINT: Final = 0.16
"""Opacity of what leads to the chosen unit, to another, and to another with no signal."""
_RAIL: Final = 3.0
"""Pixels from the units to the line that gathers them."""
_CHOSEN: Final = 2.0
"""Pixels that the chosen connection is wider."""
_STEP: Final = 0.25
"""Pixels by which widths differ: what is nearer has the same outline."""
_KEPT: Final = 2048
"""Outlines remembered: from frame to frame most connections keep their width."""
Style = tuple[str, float, float, bool]
"""Colour, opacity, width in pixels, and whether it is dashed."""


def paint_wires(painter: QPainter, scene: Scene, look: Look, tokens: Tokens, *, smooth: bool) -> None:
    """Paint all connections, the strongest last; `smooth` edges cost five times as much."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    brushes: dict[tuple[str, float], QBrush] = {}
    for at, each in enumerate(scene.wires):
        if not each.count:
            continue
        before, column = scene.columns[at], scene.columns[at + 1]
        if each.kind == "ribbon" and before.units:
            _paint_rail(painter, before, tokens)
        left, right = before.edges[1], column.edges[0]
        start, end = (places[:, 1].tolist() for places in ends(each, before, column))
        for n, (colour, opacity, pixels, dashed) in _styles(scene, at, each, look, tokens):
            if pixels < 1 and not smooth:
                # there is no half a pixel without smooth edges
                opacity, pixels = opacity * pixels, 1.0
            brush = brushes.get((colour, opacity))
            if brush is None:
                brush = brushes[colour, opacity] = _brush(colour, opacity)
            painter.fillPath(outline((left, start[n]), (right, end[n]), pixels, dashed), brush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _styles(scene: Scene, at: int, each: Wires, look: Look, tokens: Tokens) -> list[tuple[int, Style]]:
    """Return the connections in the order of painting, each with how it is painted."""
    before, column = scene.columns[at], scene.columns[at + 1]
    source, layer = scene.net.layers[before.layer], scene.net.layers[column.layer]
    wide = width(each.share, column.edges[0] - before.edges[1], large=look.large)
    wide = np.maximum(np.rint(wide / _STEP), 1) * _STEP
    dead = layer.silent[np.array(column.units)[each.target]]
    quiet = np.zeros(each.count, np.bool_)
    if each.kind != "ribbon":
        given = np.array(before.units)[each.source]
        dead |= source.silent[given]
        if source.values is not None:
            quiet = source.values[given] == 0
    opacity = _opacity(column, each, look, quiet)
    positive, negative = tokens.accent, tokens.lanes[1]
    plain = each.kind != "each"
    order = np.argsort(each.share, kind="stable").tolist()
    rows = list(zip(each.value.tolist(), wide.tolist(), dead.tolist(), opacity.tolist(), strict=True))
    made = []
    for n in order:
        value, pixels, is_dead, seen = rows[n]
        colour = tokens.ghost if is_dead else tokens.edge if plain else positive if value > 0 else negative
        chosen = look.wire is not None and look.wire == scene.wire_of(at, n)
        made.append((n, (colour, _FULL if is_dead or chosen else seen, pixels + chosen * _CHOSEN, value < 0)))
    return made


def _opacity(column: Column, each: Wires, look: Look, quiet: NDArray[np.bool_]) -> NDArray[np.float64]:
    if look.unit is None:
        return np.where(quiet, _PALE, _FULL)
    others = np.ones(each.count, np.bool_)
    if look.unit[0] == column.layer:
        others = np.array(column.units)[each.target] != look.unit[1]
    return np.where(others, np.where(quiet, _FAINT, _PALE), np.where(quiet, _PALE, _FULL))


def _paint_rail(painter: QPainter, before: Column, tokens: Tokens) -> None:
    """Paint the line that gathers the column before: all its units, drawn or not, go into a ribbon."""
    painter.setPen(QPen(QColor(tokens.track), 1.5))
    rail, half = before.edges[1] + _RAIL, before.side / 2
    painter.drawLine(QPointF(rail, float(before.y[0]) - half), QPointF(rail, float(before.y[-1]) + half))


def _brush(colour: str, opacity: float) -> QBrush:
    ink = QColor(colour)
    ink.setAlphaF(opacity)
    return QBrush(ink)


@lru_cache(maxsize=_KEPT)
def outline(start: tuple[float, float], end: tuple[float, float], pixels: float, dashed: bool) -> QPainterPath:
    """Return the edge of a connection: it leaves and arrives level."""
    bend = (start[0] + end[0]) / 2
    path = QPainterPath(QPointF(*start))
    path.cubicTo(bend, start[1], bend, end[1], *end)
    stroker = QPainterPathStroker()
    stroker.setWidth(pixels)
    stroker.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        stroker.setDashPattern(_DASHES if pixels > 2 else _THIN_DASHES)
    return stroker.createStroke(path)

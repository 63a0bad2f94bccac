"""Paints a network: connections first, units over them, words last."""

import math
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.ink import Ink
from app.look.numbers import against, count
from app.plots.run.network.layout import Column
from app.plots.run.network.look import Look
from app.plots.run.network.paint_labels import paint_labels
from app.plots.run.network.paint_wires import paint_wires
from app.plots.run.network.scene import Scene
from app.plots.run.network.sprites import dead_stamp, frame_stamp, picture_of, shade, spot_stamp, sprite
from app.plots.run.network.values import NetLayer, largest_of
from app.system.i18n import _
from app.theme import Tokens

NAME_GAP: Final = 8
"""Pixels between a unit and its name."""
_RADIUS: Final = 4.0
_SPOT: Final = 5
"""Pixels from the middle of the ring at the example's place."""
_SPOT_FROM: Final = 40
"""A smaller map has no room for the example's place."""


def paint_scene(painter: QPainter, scene: Scene, look: Look, ink: Ink, tokens: Tokens, *, smooth: bool = True) -> None:
    """Paint all of it, connections with `smooth` edges or, where they come ten times a second, without."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    paint_wires(painter, scene, look, tokens, smooth=smooth)
    paint_labels(painter, scene, look, ink, tokens)
    for column in scene.columns:
        _paint_units(painter, scene, column, look, tokens)
    words = _Words(painter, look, ink)
    pitch = min((after.x - before.x for before, after in pairwise(scene.columns)), default=0.0)
    for column in scene.columns:
        words.write(scene.net.layers[column.layer], column, pitch, last=column is scene.columns[-1])
    for before, column in pairwise(scene.columns):
        if column.layer != before.layer + 1:
            words.write_gap(before, column)


def _paint_units(painter: QPainter, scene: Scene, column: Column, look: Look, tokens: Tokens) -> None:
    layer, side = scene.net.layers[column.layer], column.side
    image = None if layer.maps is None else sprite(layer.maps, tokens)
    largest = 0.0 if layer.values is None else largest_of(layer.values)
    ratio = painter.device().devicePixelRatioF()
    left = column.x - side / 2
    if layer.tile is not None:
        square = QRectF(left, column.middle - side / 2, side, side)
        painter.drawImage(square, picture_of(layer.tile))
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
    row = {unit: at for at, unit in enumerate(layer.known)}
    card = QColor(tokens.card).rgb()
    for place, unit in enumerate(column.units):
        top = float(column.y[place]) - side / 2
        mapped = image is not None and layer.maps is not None and unit in row
        radius = min(_RADIUS, side / 6) if mapped or layer.silent[unit] else side / 2
        if layer.silent[unit]:
            painter.drawPixmap(QPointF(left, top), dead_stamp(side, tokens, ratio))
        elif image is not None and layer.maps is not None and mapped:
            rows, wide = layer.maps.shape[1:]
            painter.drawImage(QRectF(left, top, side, side), image, QRectF(0, row[unit] * rows, wide, rows))
            painter.drawPixmap(QPointF(left - 1, top - 1), frame_stamp(side, radius, tokens.edge, None, ratio))
        else:
            shown = layer.values is not None and largest > 0
            ground = shade(float(layer.values[unit]) / largest, tokens) if shown and layer.values is not None else card
            painter.drawPixmap(QPointF(left - 1, top - 1), frame_stamp(side, radius, tokens.edge, ground, ratio))
        if look.unit == (column.layer, unit):
            painter.setPen(QPen(QColor(tokens.text), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left, top, side, side), radius, radius)
        if scene.net.spot is not None and layer.maps is not None and side >= _SPOT_FROM:
            across, up = scene.net.spot
            x, y = round(left + across * side), round(top + (1 - up) * side)
            painter.drawPixmap(x - _SPOT - 1, y - _SPOT - 1, spot_stamp(_SPOT, tokens, ratio))


class _Words:
    """Names beside the units of input and output, numbers under all, and how many of how many are drawn."""

    def __init__(self, painter: QPainter, look: Look, ink: Ink) -> None:
        self._painter, self._look, self._ink = painter, look, ink
        self._worn = ("", "")
        self._wide = painter.device().width() / painter.device().devicePixelRatioF()

    def write(self, layer: NetLayer, column: Column, pitch: float, *, last: bool) -> None:
        """Write what belongs to a column; the next one is `pitch` pixels away."""
        line = self._ink.height("tick")
        if self._look.large:
            name = self._ink.elided(layer.name, pitch - NAME_GAP, "value")
            self._centred(column.x, 0, name, "text", "value")
            detail = self._ink.elided(layer.detail, pitch - NAME_GAP, "tick")
            self._centred(column.x, self._ink.height("value"), detail, "muted")
        largest = 0.0 if layer.values is None else largest_of(layer.values)
        for place, unit in enumerate(column.units):
            y = float(column.y[place])
            name = layer.unit_names[unit] if layer.unit_names else ""
            value = self._value(layer, unit, largest)
            if last and self._look.large and value and name:
                self._beside(column.edges[1] + NAME_GAP, y - line / 2, name, "strong tick", "text")
                self._beside(column.edges[1] + NAME_GAP, y + line / 2, value, "tick", "muted")
            elif last:
                self._beside(column.edges[1] + NAME_GAP, y, name, "strong tick", "text")
                self._under(column, y, value)
            elif self._look.large and name and value:
                self._under(column, y, _("{name} = {value}").format(name=name, value=value))
            else:
                if name:
                    self._beside(column.edges[0] - NAME_GAP, y, name, "tick", "muted", before=True)
                self._under(column, y, value)
        if self._look.large and not column.is_whole and column.units:
            words = _("{shown} of {units}").format(shown=count(len(column.units)), units=count(column.whole))
            caption = line if layer.values is not None else 0
            if self._ink.width(words) < pitch - NAME_GAP:
                self._centred(column.x, float(column.y[-1]) + column.side / 2 + caption + 1, words, "muted")

    def write_gap(self, before: Column, column: Column) -> None:
        """Write how many layers between two columns are left out."""
        words = _("+{layers}").format(layers=count(column.layer - before.layer - 1))
        y = float(before.y.mean()) - self._ink.height("tick") / 2
        self._centred((before.x + column.x) / 2, y, words, "muted")

    def _value(self, layer: NetLayer, unit: int, largest: float) -> str:
        if not self._look.large or layer.values is None:
            return ""
        value = float(layer.values[unit])
        return against(value, largest) if math.isfinite(value) else _("none")

    def _under(self, column: Column, y: float, text: str) -> None:
        if text:
            quiet = text.strip("0.,") == ""
            self._centred(column.x, y + column.side / 2 + 2, text, "muted" if quiet else "text", "strong tick")

    def _beside(self, x: float, y: float, text: str, style: str, colour: str, *, before: bool = False) -> None:
        left = x - self._ink.width(text, style) if before else x
        self._draw(left, y - self._ink.height(style) / 2, text, style, colour)

    def _centred(self, x: float, top: float, text: str, colour: str, style: str = "tick") -> None:
        wide = self._ink.width(text, style)
        left = min(max(x - wide / 2, 0.0), max(0.0, self._wide - wide))
        self._draw(left, top, text, style, colour)

    def _draw(self, left: float, top: float, text: str, style: str, colour: str) -> None:
        if (style, colour) != self._worn:
            # a change of font or pen costs as much as the text
            self._worn = (style, colour)
            self._painter.setFont(self._ink.font(style))
            self._painter.setPen(self._ink.colour(colour))
        self._painter.drawStaticText(QPointF(left, top), self._ink.written(text, style))

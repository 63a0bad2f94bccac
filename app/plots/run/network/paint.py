"""Paints a network: connections first, units over them, words last."""

import math
from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.ink import Ink
from app.look.numbers import against, count
from app.plots.run.network.layout import Column
from app.plots.run.network.look import Look
from app.plots.run.network.paint_labels import paint_labels
from app.plots.run.network.paint_wires import paint_wires
from app.plots.run.network.scene import Scene
from app.plots.run.network.sprites import dead_stamp, picture_of, shade, sprite
from app.plots.run.network.values import NetLayer
from app.system.i18n import _
from app.theme import Tokens

NAME_GAP: Final = 8
"""Pixels between a unit and its name."""
_RADIUS: Final = 4.0
_SPOT_FROM: Final = 40
"""A smaller map has no room for the example's place."""


def paint_scene(painter: QPainter, scene: Scene, look: Look, ink: Ink, tokens: Tokens) -> None:
    """Paint all of it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    paint_wires(painter, scene, look, tokens)
    paint_labels(painter, scene, look, ink, tokens)
    words = _Words(painter, look, ink)
    pitch = min((after.x - before.x for before, after in pairwise(scene.columns)), default=0.0)
    for column in scene.columns:
        _paint_units(painter, scene, column, look, tokens)
        words.write(scene.net.layers[column.layer], column, pitch, last=column is scene.columns[-1])
    for before, column in pairwise(scene.columns):
        if column.layer != before.layer + 1:
            words.write_gap(before, column)


def _paint_units(painter: QPainter, scene: Scene, column: Column, look: Look, tokens: Tokens) -> None:
    layer, side = scene.net.layers[column.layer], column.side
    image = None if layer.maps is None else sprite(layer.maps, tokens)
    radius = min(_RADIUS, side / 6)
    largest = 0.0 if layer.values is None else float(np.max(np.abs(layer.values), initial=0.0))
    if layer.tile is not None:
        square = QRectF(column.x - side / 2, column.middle - side / 2, side, side)
        painter.drawImage(square, picture_of(layer.tile))
        painter.setPen(QPen(QColor(tokens.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
    row = {unit: at for at, unit in enumerate(layer.known)}
    for place, unit in enumerate(column.units):
        square = QRectF(column.x - side / 2, float(column.y[place]) - side / 2, side, side)
        chosen = look.unit == (column.layer, unit)
        pen = QPen(QColor(tokens.text if chosen else tokens.edge), 3 if chosen else 1)
        painter.setBrush(QColor(tokens.card))
        if layer.silent[unit]:
            painter.drawPixmap(square.topLeft(), dead_stamp(side, tokens, painter.device().devicePixelRatioF()))
            if chosen:
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(square, radius, radius)
        elif image is not None and layer.maps is not None and unit in row:
            rows, wide = layer.maps.shape[1:]
            painter.drawImage(square, image, QRectF(0, row[unit] * rows, wide, rows))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawRoundedRect(square, radius, radius)
        else:
            if layer.values is not None and largest > 0:
                painter.setBrush(shade(float(layer.values[unit]) / largest, tokens))
            painter.setPen(pen)
            painter.drawEllipse(square)
        if scene.net.spot is not None and layer.maps is not None and side >= _SPOT_FROM:
            _paint_spot(painter, square, scene.net.spot, tokens)


def _paint_spot(painter: QPainter, square: QRectF, spot: tuple[float, float], tokens: Tokens) -> None:
    place = QPointF(square.left() + spot[0] * square.width(), square.bottom() - spot[1] * square.height())
    painter.setPen(QPen(QColor(tokens.text), 2))
    painter.setBrush(QColor(tokens.card))
    painter.drawEllipse(place, 5, 5)


class _Words:
    """Names beside the units of input and output, numbers under all, and how many of how many are drawn."""

    def __init__(self, painter: QPainter, look: Look, ink: Ink) -> None:
        self._painter, self._look, self._ink = painter, look, ink
        self._wide = painter.device().width() / painter.device().devicePixelRatioF()

    def write(self, layer: NetLayer, column: Column, pitch: float, *, last: bool) -> None:
        """Write what belongs to a column; the next one is `pitch` pixels away."""
        line = self._ink.height("tick")
        if self._look.large:
            name = self._ink.elided(layer.name, pitch - NAME_GAP, "value")
            self._centred(column.x, 0, name, "text", "value")
            detail = self._ink.elided(layer.detail, pitch - NAME_GAP, "tick")
            self._centred(column.x, self._ink.height("value"), detail, "muted")
        for place, unit in enumerate(column.units):
            y = float(column.y[place])
            name = layer.unit_names[unit] if layer.unit_names else ""
            value = self._value(layer, unit)
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

    def _value(self, layer: NetLayer, unit: int) -> str:
        if not self._look.large or layer.values is None:
            return ""
        value = float(layer.values[unit])
        return against(value, float(np.max(np.abs(layer.values), initial=0.0))) if math.isfinite(value) else _("none")

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
        self._painter.setFont(self._ink.font(style))
        self._painter.setPen(self._ink.colour(colour))
        self._painter.drawStaticText(QPointF(left, top), self._ink.written(text, style))

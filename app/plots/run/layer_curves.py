"""Up to six layers over time as curves, with their names and values at the ends."""

import math
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.look.layer_looks import LAYER_LOOKS, LayerLook
from app.look.marks import CIRCLE
from app.plots.canvas.buckets import summed_up
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.curve import THICK, add_curve, last_finite
from app.plots.canvas.ends import End
from app.plots.canvas.gap_item import mixed
from app.plots.canvas.layer_names import fit_names
from app.plots.canvas.notes import AnyNote, MarkNote
from app.system.i18n import _
from app.theme import Theme

_MOST_POINTS: Final = 100
"""Of each curve: five of six are dashed, and dashes are dear."""
_FEW: Final = 24
"""Frames up to this number are marked one by one."""
_FRAME: Final = 6
"""Pixels of such a mark."""
_THIN: Final = 2
_PALE: Final = 0.45
"""Opacity of the other curves while a layer is chosen."""
_RAW: Final = 0.4
"""Opacity of what a stretch's mean was made from."""
_NAME_SHARE: Final = 0.32
"""At most this share of the width goes to names at the ends."""

Real = NDArray[np.float64]


class LayerCurves:
    """A curve a layer, and behind it the least and greatest values of every stretch that was summed up."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._worn: object = None
        self.raws = tuple(add_curve(canvas, depth=3) for _look in LAYER_LOOKS)
        for raw in self.raws:
            raw.opts["connect"] = "pairs"
        self.curves = tuple(add_curve(canvas, depth=2, segmented=not look.is_dashed) for look in LAYER_LOOKS)

    def settle(self, live: bool) -> None:
        """Draw fast while `live`, and fine when pictures have stopped coming."""
        for look, curve in zip(LAYER_LOOKS, self.curves, strict=True):
            curve.opts["antialias"] = not live
            if not look.is_dashed:
                curve.setSegmentedLineMode("on" if live else "off")

    def hide(self) -> None:
        """Show none of them."""
        for curve in (*self.curves, *self.raws):
            curve.setVisible(False)

    def forget_looks(self) -> None:
        """Wear the colours anew: the theme is another."""
        self._worn = None

    def wear(self, theme: Theme, layers: tuple[int, ...], chosen: int | None) -> None:
        """Make the curve of the layer `chosen` thick and the others pale."""
        worn = (layers, chosen)
        if worn == self._worn:
            return
        self._worn = worn
        card, among = QColor(theme.tokens.card), chosen in layers
        for look, layer in zip(LAYER_LOOKS, layers, strict=False):
            colour = QColor(look.colour(theme.tokens))
            self.raws[look.index].setPen(LayerLook(0).pen(mixed(colour, card, _RAW), 1))
            if among and layer != chosen:
                colour = mixed(colour, card, _PALE)
            self.curves[look.index].setPen(look.pen(colour, theme.stroke * (THICK if layer == chosen else _THIN)))
            self.curves[look.index].setZValue(-1 if layer == chosen else -2)

    def draw(self, steps: NDArray[np.int64], placed: Real) -> None:
        """Draw places (k, layers) at `steps`."""
        step, mean, low, high = summed_up(steps, placed, _MOST_POINTS)
        for index in range(placed.shape[1]):
            curve, raw = self.curves[index], self.raws[index]
            curve.setVisible(True)
            curve.setData(step, mean[:, index])
            raw.setVisible(mean is not low)
            if mean is not low:
                raw.setData(np.repeat(step, 2), np.stack([low[:, index], high[:, index]], axis=1).ravel())

    def ends(
        self,
        theme: Theme,
        steps: NDArray[np.int64],
        values: Real,
        names: Sequence[str],
        text: Callable[[float], str],
        place: Callable[[float], float],
    ) -> list[End]:
        """Return the newest number of every layer with its name; `place` gives its place on the axis."""
        ink, words = self._canvas.ink, _("{layer}, {value}")
        room = _NAME_SHARE * self._canvas.viewport().width()
        widest = text(0.999)
        fitted = fit_names(names, room, lambda name: ink.width(words.format(layer=name, value=widest), "curve_end"))
        ends = []
        for index, (look, name) in enumerate(zip(LAYER_LOOKS, fitted, strict=False)):
            at = last_finite(values[:, index])
            if at is not None:
                value = float(values[at, index])
                said = words.format(layer=name, value=text(value))
                ends.append(End(float(steps[at]), place(value), said, look.colour(theme.tokens), look.ink))
        return ends

    def frame_notes(self, theme: Theme, steps: NDArray[np.int64], placed: Real) -> list[AnyNote]:
        """Mark the frames where they are few: between them nothing was measured."""
        if steps.size > _FEW:
            return []
        canvas = self._canvas
        columns = [canvas.pixel_x(float(step)) for step in steps]
        return [
            MarkNote(CIRCLE, column, canvas.pixel_y(float(value)), look.colour(theme.tokens), _FRAME)
            for look, values in zip(LAYER_LOOKS, placed.T, strict=False)
            for column, value in zip(columns, values, strict=True)
            if math.isfinite(value) and canvas.area.left() - 1 <= column <= canvas.area.right()
        ]

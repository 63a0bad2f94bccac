"""One number of every layer over time: a curve a layer or, with more than six, an image of layers by time."""

import math
from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from app.i18n import _
from app.plots.axes import Margins
from app.plots.buckets import summed_up
from app.plots.colour_scale import ColourScale
from app.plots.curve_plot import THICK, Readout, last_finite, nearest_index
from app.plots.ends import LABEL_GAP, End
from app.plots.gap_item import mixed
from app.plots.lanes import Lane
from app.plots.layer_looks import LAYER_LOOKS, MOST_CURVES, LayerLook
from app.plots.layer_names import fit_names
from app.plots.marks import CIRCLE
from app.plots.notes import AnyNote, MarkNote, Note
from app.plots.numbers import count
from app.plots.options import Option
from app.plots.row_image import RowImage
from app.plots.ticks import Tick, round_up
from app.plots.time_plot import ALL, TimePlot
from app.theme import Theme
from simulator import Picture, Track

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
_JUMPS: Final = 10
"""An image wants the whole width: its axis grows in jumps of about a tenth."""
_NAME_SHARE: Final = 0.32
"""At most this share of the width goes to names at the ends of curves."""
_NEAR: Final = 14
"""Pixels from a curve, or from the words at its end, within which a click means its layer."""

Real = NDArray[np.float64]


class LayerTimePlot(TimePlot):
    """The meter `meter` of the track, for the layers that have it; with several lanes, of the selected one.

    What a subclass must give: `meter`, `_text`, `_vertical`, `_scale_of_colours`.
    """

    meter: ClassVar[str] = ""
    """The field of `Track`."""

    def __init__(self, theme: Theme, title: str, empty: str) -> None:
        super().__init__(theme, title, empty)
        self._layers: tuple[int, ...] = ()
        self._steps: NDArray[np.int64] = np.zeros(0, np.int64)
        self._values: Real = np.zeros((0, 0))
        self._colours: ColourScale | None = None
        self._pointed_y: float | None = None
        self._worn: object = None
        self.image = RowImage(self.canvas)
        self.raws = tuple(self.make_curve(depth=3) for _look in LAYER_LOOKS)
        for raw in self.raws:
            raw.opts["connect"] = "pairs"
        self.curves = tuple(self.make_curve(depth=2, segmented=not look.is_dashed) for look in LAYER_LOOKS)
        self.canvas.paint_ground = self._paint_ground
        self.canvas.pressed.connect(self._on_pressed)
        self._style()

    @property
    def is_image(self) -> bool:
        """Whether there are more layers than curves could tell apart."""
        return len(self._layers) > MOST_CURVES

    @property
    def layers(self) -> tuple[int, ...]:
        """The layers that are drawn, as `Frame.layers` counts them."""
        return self._layers

    def options(self) -> tuple[Option, ...]:
        # shares are never on a logarithmic axis, ratios always
        return super().options()[:1]

    def times(self, _picture: Picture, steps: Real) -> Real:
        return steps

    def step_read(self, _picture: Picture, time: float) -> int:
        return round(time)

    # for subclasses --------------------------------------------------------------------------------------------------

    def _text(self, value: float) -> str:
        """Return a value in words."""
        raise NotImplementedError

    def _vertical(self, placed: Real) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the axis of values, and its ticks."""
        raise NotImplementedError

    def _scale_of_colours(self) -> ColourScale:
        """Return the colours of the image, over places."""
        raise NotImplementedError

    def _nowhere(self, _picture: Picture) -> str:
        """Return why no layer has this meter."""
        return self._empty

    def _widest(self) -> str:
        """Return words as wide as those of any value."""
        return self._text(0.999)

    def _sub(self) -> str:
        """Return the grey words after the title."""
        return _("by step") if self._compact else ""

    def _words_between(self, _ends: list[AnyNote]) -> list[AnyNote]:
        """Return words that stand among the curves; `_ends` are those at their ends."""
        return []

    def _paint_behind(self, painter: QPainter) -> None:
        """Paint what stands behind the curves, in pixels."""

    # drawing ---------------------------------------------------------------------------------------------------------

    def _style(self) -> None:
        self._worn = None

    def _settle(self, live: bool) -> None:
        for look, curve in zip(LAYER_LOOKS, self.curves, strict=True):
            curve.opts["antialias"] = not live
            if not look.is_dashed:
                curve.setSegmentedLineMode("on" if live else "off")

    def _missing(self, picture: Picture) -> str:
        track = picture.track
        if not track.step.size:
            return self._empty
        return "" if np.isfinite(self._read_meter(track)).any() else self._nowhere(picture)

    def _read_meter(self, track: Track) -> Real:
        return np.asarray(getattr(track, self.meter), np.float64)

    def _draw(self, picture: Picture) -> None:
        values = self._read_meter(picture.track)
        self._layers = tuple(int(layer) for layer in np.flatnonzero(np.isfinite(values).any(axis=0)))
        self._steps, self._values = picture.track.step, values[:, self._layers]
        self.image.item.setVisible(self.is_image)
        for curve in (*self.curves, *self.raws):
            curve.setVisible(False)
        names = [self.names_of(picture.frame.layers)[layer] for layer in self._layers]
        if self.is_image:
            self._draw_image(picture, names)
        else:
            self._draw_curves(picture, names)
        self._set_subtitle(self._sub())

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        self._draw(picture)
        selected = next((lane.look for lane in lanes if lane.picture is picture), None)
        if selected is not None:
            self._set_subtitle(_("of {lane}").format(lane=selected.words))

    def _times(self, picture: Picture) -> tuple[float, float]:
        """Return the ends of the time in view."""
        last = max(float(self._steps[-1]), 10.0)
        recent = float(picture.recent.step[0]) - 1 if picture.recent.step.size else last
        if self.is_image and self.span == ALL:
            unit = round_up(last / _JUMPS)
            return 0.0, unit * math.ceil(last / unit)
        return self.time_range(recent, last, 10.0)

    def _draw_curves(self, picture: Picture, names: list[str]) -> None:
        self._colours = None
        placed = self.placed(self._values)
        bottom, top, ticks = self._vertical(placed)
        ends = self._ends(names, bottom)
        ink = self.canvas.ink
        room = max(ink.width(end.text, "curve_end") for end in ends) + ink.px(LABEL_GAP) + 4
        name = "" if self._compact else _("step")
        self.lay(self._times(picture), (bottom, top), ticks, name=name, room=room, margins=Margins(top=12))
        step, mean, low, high = summed_up(self._steps, placed, _MOST_POINTS)
        self._wear()
        for index in range(len(self._layers)):
            curve, raw = self.curves[index], self.raws[index]
            curve.setVisible(True)
            curve.setData(step, mean[:, index])
            if mean is not low:
                raw.setVisible(True)
                raw.setData(np.repeat(step, 2), np.stack([low[:, index], high[:, index]], axis=1).ravel())
        notes = self.end_notes(ends)
        frames = self._frame_notes(placed)
        self.show_notes([*frames, *notes, *self._words_between(notes), *self.time_notes(picture)])

    def _frame_notes(self, placed: Real) -> list[AnyNote]:
        """Mark the frames where they are few: between them nothing was measured."""
        if self._steps.size > _FEW:
            return []
        canvas, tokens = self.canvas, self._theme.tokens
        columns = [canvas.pixel_x(float(step)) for step in self._steps]
        area = canvas.area
        return [
            MarkNote(CIRCLE, column, canvas.pixel_y(float(value)), look.colour(tokens), _FRAME)
            for look, values in zip(LAYER_LOOKS, placed.T, strict=False)
            for column, value in zip(columns, values, strict=True)
            if math.isfinite(value) and area.left() - 1 <= column <= area.right()
        ]

    def _draw_image(self, picture: Picture, names: list[str]) -> None:
        self._colours = scale = self._scale_of_colours()
        chosen = self._layers.index(self._selected) if self._selected in self._layers else None
        margins, rows = self.image.margins(scale), float(len(self._layers))
        name = "" if self._compact else _("step")
        ticks, room = self.image.ticks(names, chosen, margins), self.image.room(self._widest())
        self.lay(self._times(picture), (0.0, rows), ticks, name=name, room=room, margins=margins, ruled=False)
        self.image.draw(self._steps, self.placed(self._values), self.canvas.x_range[0], scale, self._theme.tokens.card)
        notes = self.image.notes(self._steps, self._values, self._text, chosen)
        self.show_notes([*notes, *self.time_notes(picture)])

    def _ends(self, names: list[str], bottom: float) -> list[End]:
        tokens, ink = self._theme.tokens, self.canvas.ink
        room = _NAME_SHARE * self.canvas.viewport().width()
        words = _("{layer}, {value}")
        widest = self._widest()
        fitted = fit_names(names, room, lambda text: ink.width(words.format(layer=text, value=widest), "curve_end"))
        ends = []
        for index, (look, name) in enumerate(zip(LAYER_LOOKS, fitted, strict=False)):
            at = last_finite(self._values[:, index])
            if at is not None:
                value = float(self._values[at, index])
                place = self.place(value)
                row = place if math.isfinite(place) else bottom
                text = words.format(layer=name, value=self._text(value))
                ends.append(End(float(self._steps[at]), row, text, look.colour(tokens), look.ink))
        return ends

    def _wear(self) -> None:
        """Make the chosen layer's curve thick and the others pale."""
        worn = (self._theme.tokens, self._theme.text_scale, self._selected, self._layers)
        if worn == self._worn:
            return
        self._worn = worn
        card = QColor(self._theme.tokens.card)
        chosen = self._selected if self._selected in self._layers else None
        for look, layer in zip(LAYER_LOOKS, self._layers, strict=False):
            colour = QColor(look.colour(self._theme.tokens))
            self.raws[look.index].setPen(LayerLook(0).pen(mixed(colour, card, _RAW), 1))
            if chosen is not None and layer != chosen:
                colour = mixed(colour, card, _PALE)
            self.curves[look.index].setPen(look.pen(colour, THICK if layer == chosen else _THIN))
            self.curves[look.index].setZValue(-1 if layer == chosen else -2)

    def _paint_ground(self, painter: QPainter) -> None:
        if self._colours is None:
            self._paint_behind(painter)
        else:
            self.image.paint_scale(painter, self._colours)

    # reading and choosing --------------------------------------------------------------------------------------------

    def layer_at(self, place: QPointF) -> int | None:
        """Return the layer whose curve, words or row is at a place of the data, as `Frame.layers` counts them."""
        if self.is_image:
            row = math.floor(place.y())
            return self._layers[row] if 0 <= row < len(self._layers) else None
        pixel = self.canvas.to_pixels(place.x(), place.y())
        words = [note for note in self.canvas.notes if isinstance(note, Note)]
        for note, layer in zip(words, self._layers, strict=False):
            right = note.x + self.canvas.ink.width(note.text, note.style)
            if note.x <= pixel.x() <= right and abs(note.y - pixel.y()) < _NEAR / 2:
                return layer
        at = nearest_index(self._steps.astype(float), place.x())
        if at is None:
            return None
        rows = [self.canvas.pixel_y(value) for value in self.placed(self._values[at])]
        far = [abs(row - pixel.y()) if math.isfinite(row) else math.inf for row in rows]
        nearest = int(np.argmin(far))
        return self._layers[nearest] if far[nearest] <= _NEAR else None

    def _on_pointed(self, place: QPointF | None) -> None:
        self._pointed_y = None if place is None else place.y()
        super()._on_pointed(place)

    def _on_pressed(self, place: QPointF) -> None:
        layer = self.layer_at(place) if self._layers and not self.canvas.words else None
        if layer is not None:
            self.layer_clicked.emit(layer)

    def _nearest(self, x: float) -> list[Readout]:
        at = nearest_index(self._steps.astype(float), x)
        if at is None or self._picture is None:
            return []
        step, values = float(self._steps[at]), self._values[at]
        placed = self.placed(values)
        index = self._read_index(placed)
        text = self._reading(step, index, float(values[index]))
        if self.is_image:
            return [Readout(step, index + 0.5, text, "text")]
        order = [index, *(other for other in range(len(self._layers)) if other != index)]
        tokens = self._theme.tokens
        return [Readout(step, float(placed[each]), text, LAYER_LOOKS[each].colour(tokens)) for each in order]

    def _read_index(self, placed: Real) -> int:
        """Return the layer under the mouse or, where the arrows read, the chosen one, else the last."""
        most = len(self._layers) - 1
        if self._pointed_y is not None and self.is_image:
            return min(max(0, math.floor(self._pointed_y)), most)
        if self._pointed_y is not None and np.isfinite(placed).any():
            return int(np.nanargmin(np.abs(placed - self._pointed_y)))
        return self._layers.index(self._selected) if self._selected in self._layers else most

    def _reading(self, step: float, index: int, value: float) -> str:
        assert self._picture is not None
        name = self.names_of(self._picture.frame.layers)[self._layers[index]]
        shown = self._text(value) if math.isfinite(value) else "–"
        return _("step {step} · {layer} {value}").format(step=count(round(step)), layer=name, value=shown)

    def _describe(self, picture: Picture) -> str:
        values, names = self._read_meter(picture.track), self.names_of(picture.frame.layers)
        words, parts = _("{layer}: {value}"), []
        for layer in np.flatnonzero(np.isfinite(values).any(axis=0)):
            newest = last_finite(values[:, layer])
            if newest is not None:
                parts.append(words.format(layer=names[layer], value=self._text(float(values[newest, layer]))))
        step = count(int(picture.track.step[-1]))
        return _("{title} at step {step}. {parts}.").format(title=self.title, step=step, parts=", ".join(parts))

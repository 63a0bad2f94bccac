"""One number of every layer over time: a curve a layer or, with more than six, an image of layers by time."""

import math
from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.look.layer_looks import LAYER_LOOKS, MOST_CURVES
from app.look.numbers import count
from app.look.options import Option
from app.look.ticks import Tick, round_up
from app.plots.canvas.axes import Margins
from app.plots.canvas.colour_scale import ColourScale
from app.plots.canvas.curve_plot import Readout, last_finite, nearest_index
from app.plots.canvas.ends import LABEL_GAP
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import AnyNote, Note
from app.plots.canvas.time_plot import ALL, TimePlot
from app.plots.run.layer_curves import LayerCurves
from app.plots.run.row_image import RowImage
from app.system.i18n import _
from app.theme import Theme
from simulator.training import Picture, Track

_JUMPS: Final = 10
"""An image wants the whole width: its axis grows in jumps of about a tenth."""
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
        self.image = RowImage(self.canvas)
        self.lines = LayerCurves(self)
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
        self.lines.forget_looks()

    def _settle(self, live: bool) -> None:
        self.lines.settle(live)

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
        self.lines.hide()
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
        ends = self.lines.ends(
            self._theme, self._steps, self._values, names, self._text, lambda value: self._end_place(value, bottom)
        )
        ink = self.canvas.ink
        room = max(ink.width(end.text, "curve_end") for end in ends) + ink.px(LABEL_GAP) + 4
        name = "" if self._compact else _("step")
        self.lay(self._times(picture), (bottom, top), ticks, name=name, room=room, margins=Margins(top=12))
        self.lines.wear(self._theme, self._layers, self._selected)
        self.lines.draw(self._steps, placed)
        frames, notes = self.lines.frame_notes(self._theme, self._steps, placed), self.end_notes(ends)
        self.show_notes([*frames, *notes, *self._words_between(notes), *self.time_notes(picture)])

    def _end_place(self, value: float, bottom: float) -> float:
        """Return where the words of a curve's end stand: at the bottom for what has no place on the axis."""
        place = self.place(value)
        return place if math.isfinite(place) else bottom

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

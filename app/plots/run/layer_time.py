"""One number of every layer over time: a curve a layer or, with more than six, an image of layers by time."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.export.table import Table
from app.look.layer_looks import LAYER_LOOKS, MOST_CURVES
from app.look.numbers import count
from app.look.options import Option
from app.look.ticks import percent_ticks, round_up
from app.plots.canvas.axes import Margins
from app.plots.canvas.colour_scale import ColourScale
from app.plots.canvas.curve import last_finite, nearest_index
from app.plots.canvas.ends import LABEL_GAP, end_notes
from app.plots.canvas.lanes import Lane
from app.plots.canvas.notes import Note
from app.plots.canvas.reader import Readout
from app.plots.canvas.time_axis import ALL, LINEAR
from app.plots.canvas.time_plot import TimePlot
from app.plots.run.layer_curves import LayerCurves
from app.plots.run.meter import Meter, Real
from app.plots.run.row_image import RowImage
from app.plots.run.tables import track_table
from app.system.i18n import _
from app.theme import Theme
from simulator.training import Picture, Track

_JUMPS: Final = 10
"""An image wants the whole width: its axis grows in jumps of about a tenth."""
_NEAR: Final = 14
"""Pixels from a curve, or from the words at its end, within which a click means its layer."""


class LayerTimePlot(TimePlot):
    """A meter of the track, for the layers that have it; with several lanes, of the selected one."""

    def __init__(self, theme: Theme, meter: Meter) -> None:
        scale = meter.scale()
        super().__init__(theme, meter.title, meter.empty, scale.kind)
        self.short_title = meter.short_title
        self._meter = meter
        self._scale = scale
        self._layers: tuple[int, ...] = ()
        self._steps: NDArray[np.int64] = np.zeros(0, np.int64)
        self._values: Real = np.zeros((0, 0))
        self._colours: ColourScale | None = None
        self.image = RowImage(self.canvas)
        self.lines = LayerCurves(self.canvas)
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
        return super().options()[:2]

    # drawing ---------------------------------------------------------------------------------------------------------

    def _style(self) -> None:
        self.lines.forget_looks()

    def _forget_values(self) -> None:
        self._scale.forget()

    def _settle(self, live: bool) -> None:
        self.lines.settle(live)

    def _missing(self, picture: Picture) -> str:
        track = picture.track
        if not track.step.size:
            return self._empty
        return "" if np.isfinite(self._read_meter(track)).any() else self._meter.nowhere(picture)

    def _read_meter(self, track: Track) -> Real:
        return np.asarray(getattr(track, self._meter.field), np.float64)

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
        self._set_subtitle(self._meter.subtitle(self._facts, self._tells_axis))

    def _draw_lanes(self, picture: Picture, lanes: Sequence[Lane]) -> None:
        self._draw(picture)
        selected = next((lane.look for lane in lanes if lane.picture is picture), None)
        if selected is not None:
            self._set_subtitle(_("of {lane}").format(lane=selected.words))

    def _times(self, picture: Picture) -> tuple[float, float]:
        """Return the ends of the time in view."""
        last = max(float(self._steps[-1]), 10.0)
        recent = float(picture.recent.step[0]) - 1 if picture.recent.step.size else last
        if self.is_image and self.axis.span == ALL:
            unit = round_up(last / _JUMPS)
            return 0.0, unit * math.ceil(last / unit)
        return self.axis.time_range(recent, last, 10.0)

    def _draw_curves(self, picture: Picture, names: list[str]) -> None:
        self._colours = None
        placed = self.axis.placed(self._values)
        bottom, top, ticks = self._scale.vertical(placed)
        ends = self.lines.ends(
            self._theme,
            self._steps,
            self._values,
            names,
            self._scale.text,
            lambda value: self._end_place(value, bottom),
        )
        ink = self.canvas.ink
        room = max(ink.width(end.text, "curve_end") for end in ends) + ink.px(LABEL_GAP) + 4
        name = "" if self._compact else _("step")
        up = percent_ticks if self._scale.kind == LINEAR else None
        self.axis.lay(self._times(picture), (bottom, top), ticks, name=name, room=room, margins=Margins(top=12), up=up)
        self.lines.wear(self._theme, self._layers, self._selected)
        self.lines.draw(self._steps, placed)
        frames, notes = self.lines.frame_notes(self._theme, self._steps, placed), end_notes(self.canvas, ends)
        self.reader.show_notes(
            [*frames, *notes, *self._scale.words_between(self.canvas, notes), *self.time_notes(picture)]
        )

    def _end_place(self, value: float, bottom: float) -> float:
        """Return where the words of a curve's end stand: at the bottom for what has no place on the axis."""
        place = self.axis.place(value)
        return place if math.isfinite(place) else bottom

    def _draw_image(self, picture: Picture, names: list[str]) -> None:
        self._colours = scale = self._scale.colours(self._theme.tokens)
        chosen = self._layers.index(self._selected) if self._selected in self._layers else None
        margins, rows = self.image.margins(scale), float(len(self._layers))
        name = "" if self._compact else _("step")
        ticks, room = self.image.ticks(names, chosen, margins), self.image.room(self._scale.widest)
        self.axis.lay(self._times(picture), (0.0, rows), ticks, name=name, room=room, margins=margins, ruled=False)
        self.image.draw(
            self._steps, self.axis.placed(self._values), self.canvas.x_range[0], scale, self._theme.tokens.card
        )
        notes = self.image.notes(self._steps, self._values, self._scale.text, chosen)
        self.reader.show_notes([*notes, *self.time_notes(picture)])

    def _paint_ground(self, painter: QPainter) -> None:
        if self._colours is None:
            self._scale.paint_behind(self.canvas, painter)
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
        rows = [self.canvas.pixel_y(value) for value in self.axis.placed(self._values[at])]
        far = [abs(row - pixel.y()) if math.isfinite(row) else math.inf for row in rows]
        nearest = int(np.argmin(far))
        return self._layers[nearest] if far[nearest] <= _NEAR else None

    def _on_pressed(self, place: QPointF) -> None:
        layer = self.layer_at(place) if self._layers and not self.canvas.words else None
        if layer is not None:
            self.layer_clicked.emit(layer)

    def _nearest(self, x: float) -> list[Readout]:
        at = nearest_index(self._steps.astype(float), x)
        if at is None or self._picture is None:
            return []
        step, values = float(self._steps[at]), self._values[at]
        placed = self.axis.placed(values)
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
        pointed = self.reader.pointed
        if pointed is not None and self.is_image:
            return min(max(0, math.floor(pointed.y())), most)
        if pointed is not None and np.isfinite(placed).any():
            return int(np.nanargmin(np.abs(placed - pointed.y())))
        return self._layers.index(self._selected) if self._selected in self._layers else most

    def _reading(self, step: float, index: int, value: float) -> str:
        assert self._picture is not None
        name = self.names_of(self._picture.frame.layers)[self._layers[index]]
        shown = self._scale.text(value) if math.isfinite(value) else "–"
        return _("step {step} · {layer} {value}").format(step=count(round(step)), layer=name, value=shown)

    def _tabled(self) -> Table:
        picture = self._picture
        assert picture is not None
        values = self._read_meter(picture.track)
        layers = tuple(int(layer) for layer in np.flatnonzero(np.isfinite(values).any(axis=0)))
        names = self.names_of(picture.frame.layers)
        return track_table(picture, [names[layer] for layer in layers], values[:, layers])

    def _describe(self, picture: Picture) -> str:
        values, names = self._read_meter(picture.track), self.names_of(picture.frame.layers)
        words, parts = _("{layer}: {value}"), []
        for layer in np.flatnonzero(np.isfinite(values).any(axis=0)):
            newest = last_finite(values[:, layer])
            if newest is not None:
                parts.append(words.format(layer=names[layer], value=self._scale.text(float(values[newest, layer]))))
        step = count(int(picture.track.step[-1]))
        return _("{title} at step {step}. {parts}.").format(title=self.title, step=step, parts=", ".join(parts))

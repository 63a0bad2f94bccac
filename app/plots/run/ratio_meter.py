"""How far one update moves the weights of every layer, against their size, over time (slide H4)."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.look.healthy import AROUND, BAND_ALPHA, HEALTHY
from app.look.numbers import power_of_ten, scientific
from app.look.ticks import CoarseDecades, Tick, decade_ticks
from app.plots.canvas.canvas import Canvas
from app.plots.canvas.colour_scale import ColourScale
from app.plots.canvas.gap_item import mixed
from app.plots.canvas.notes import PLAIN, AnyNote, Note
from app.plots.canvas.time_axis import LOG
from app.plots.run.meter import Meter, Real
from app.system.i18n import _
from app.theme import Tokens
from simulator.training import Picture

_LOW: Final = -6.0
_HIGH: Final = 0.0
"""Exponents that the colours of an image span."""
_PALE: Final = 0.35


class RatioScale:
    """Ratios on a logarithmic axis, round a band that says what is healthy."""

    kind = LOG

    def __init__(self) -> None:
        self.widest = scientific(8.8e-5)
        self._decades = CoarseDecades()

    def forget(self) -> None:
        """Give up the ends of the axis that were kept for the sake of calm."""
        self._decades.forget()

    def text(self, value: float) -> str:
        """Return a ratio in words."""
        return _("exactly 0") if value == 0 else scientific(value)

    def vertical(self, placed: Real) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the axis, and its ticks; what is healthy is always in view."""
        seen = placed[np.isfinite(placed)]
        low, high = self._decades.fit([*([seen.min(), seen.max()] if seen.size else []), *AROUND])
        return low, high, decade_ticks(low, high)

    def colours(self, tokens: Tokens) -> ColourScale:
        """Return the colours of an image."""
        card, span = QColor(tokens.card), _HIGH - _LOW
        low, high = ((edge - _LOW) / span for edge in HEALTHY)
        good = mixed(QColor(tokens.good), card, _PALE).name()
        stops = (
            (0.0, tokens.accent),
            (low - 0.02, tokens.lanes_pale[0]),
            (low, good),
            (high, good),
            (high + 0.02, tokens.lanes_pale[1]),
            (1.0, tokens.lanes[1]),
        )
        ticks = tuple(Tick(power, power_of_ten(power)) for power in range(round(_LOW), round(_HIGH) + 1))
        words = tuple(
            Tick(tick.at, _("{power} healthy").format(power=tick.text)) if tick.at == sum(HEALTHY) / 2 else tick
            for tick in ticks
        )
        return ColourScale(_LOW, _HIGH, stops, words)

    def paint_behind(self, canvas: Canvas, painter: QPainter) -> None:
        """Paint the band of what is healthy, in pixels."""
        area = canvas.area
        top, bottom = canvas.pixel_y(HEALTHY[1]), canvas.pixel_y(HEALTHY[0])
        band = QColor(canvas.ink.colour("good"))
        band.setAlpha(BAND_ALPHA)
        painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), band)

    def words_between(self, canvas: Canvas, ends: Sequence[AnyNote]) -> list[AnyNote]:
        """Name the band: right of the curves where no end is written, else at the left."""
        ink = canvas.ink
        words = _("healthy, about {ratio}").format(ratio=power_of_ten(-3))
        row, line = canvas.pixel_y(sum(HEALTHY) / 2), ink.height("curve_end")
        top, bottom = canvas.pixel_y(HEALTHY[1]) + line / 2, canvas.pixel_y(HEALTHY[0]) - line / 2
        written = [note for note in ends if isinstance(note, Note)]
        free = [at for at in (row, top, bottom) if all(abs(note.y - at) >= line for note in written)]
        start = min((note.x for note in written), default=canvas.area.right())
        if free and start + ink.width(words, "strong tick") <= canvas.area.right():
            return [Note(words, start, free[0], "good", "strong tick")]
        return [Note(words, canvas.area.left() + ink.px(8), row, "good", "strong tick", ground=PLAIN)]


def update_ratio() -> Meter:
    """Return how far one update moves the weights, against their size."""

    def nowhere(picture: Picture) -> str:
        if picture.frame.step == 0:
            return _("No update yet. Its size against the size of the weights will be drawn here.")
        return _("All weights are 0, so an update has no size against them.")

    return Meter(
        field="update_ratio",
        title=_("Update : weight over time"),
        short_title=_("Update : weight"),
        empty=_("The size of each update against the size of the weights will be drawn here."),
        nowhere=nowhere,
        subtitle=lambda _facts, compact: _("|dW| / |W| · by step") if compact else "|dW| / |W|",
        scale=RatioScale,
    )

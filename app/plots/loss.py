"""The loss of every step, its trailing mean, and the loss of a network that only guesses."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.i18n import _, translate_message
from app.plots.canvas import Axes, Margins
from app.plots.curve_plot import THICK, CurvePlot, End, Readout, curve_pen, last_finite, nearest_index
from app.plots.marks import LINE, SWATCH, LegendEntry
from app.plots.notes import PLAIN, AnyNote, Note, RuleNote
from app.plots.numbers import count, number
from app.plots.ticks import CoarseDecades, CoarseTop, Tick, linear_ticks, log_ticks
from app.theme import Theme
from simulator import LossCurve, Picture

RAW: Final = "raw"
SMOOTH: Final = "smooth"
_HEADROOM: Final = 1.35
"""The axis reaches the highest raw loss unless that is so much above the rest; then it is written in words."""


class LossPlot(CurvePlot):
    """Raw losses pale, the smoothed curve over them, linear or logarithmic."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Loss"), _("The loss of every training step will be drawn here."))
        self._logarithmic = False
        self._y_top = CoarseTop()
        self._decades = CoarseDecades(least=0.9, fine=True)
        self.raw = self.make_curve(depth=2)
        self.smooth = self.make_curve(depth=1)
        self._style()

    @property
    def logarithmic(self) -> bool:
        """Whether the loss is on a logarithmic axis."""
        return self._logarithmic

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Choose a logarithmic or a linear axis for the loss."""
        if logarithmic != self._logarithmic:
            self._logarithmic = logarithmic
            self.refresh()

    def legend(self) -> tuple[LegendEntry, ...]:
        return (
            LegendEntry(RAW, _("each step"), SWATCH, self._theme.tokens.lanes_pale[0]),
            LegendEntry(SMOOTH, _("smoothed"), LINE, "accent"),
        )

    def _style(self) -> None:
        self.raw.setPen(curve_pen(self._theme.tokens.lanes_pale[0], 1))
        self.smooth.setPen(curve_pen(self._theme.tokens.accent, THICK))

    def _settle(self, live: bool) -> None:
        # antialiased segments would overlap visibly, so the fine curve is one polyline
        self.smooth.opts["antialias"] = not live
        self.smooth.setSegmentedLineMode("on" if live else "off")

    def _forget(self) -> None:
        super()._forget()
        self._y_top.forget()
        self._decades.forget()

    def _missing(self, picture: Picture) -> str:
        if picture.losses.step.size == 0:
            return _("No step yet. The loss of every step will be drawn here.")
        return ""

    def _draw(self, picture: Picture) -> None:
        losses = picture.losses
        low, high, smooth = self._scaled(losses.low), self._scaled(losses.high), self._scaled(losses.smooth)
        self.raw.setVisible(self._is_shown(RAW))
        self.raw.setData(np.repeat(losses.step, 2), np.stack([low, high], axis=1).ravel())
        self.smooth.setVisible(self._is_shown(SMOOTH))
        self.smooth.setData(losses.smooth_step, smooth)

        bottom, top, ticks = self._vertical(losses)
        last = float(losses.step[-1])
        x_top = self._x_top.fit(max(last, 10.0))
        name = "" if self._compact else _("step")
        rules = tuple(tick.at for tick in ticks if tick.at > bottom)
        self.canvas.set_axes(Axes(ticks, self.time_ticks(x_top), rules, name), Margins())
        ink = self.canvas.ink
        room = max(ink.width("0.0000", "curve_end") + ink.px(22), ink.width(self._guess_words()) + ink.px(12))
        self.canvas.set_range((0.0, self.view_top(x_top, room)), (bottom, top))
        self._set_subtitle(_("by step") if self._compact else "")
        self.show_notes(self._notes(picture, bottom, top))

    def _scaled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self._logarithmic:
            return values
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values > 0, np.log10(values), np.nan)

    def _vertical(self, losses: LossCurve) -> tuple[float, float, tuple[Tick, ...]]:
        """Return both ends of the loss axis as drawn, and its ticks."""
        guess = self._facts.untrained_loss if self._facts is not None else math.nan
        peak = _greatest(losses.high)
        if self._logarithmic:
            held = [_least(losses.low), peak, _greatest(losses.smooth), guess]
            low, high = self._decades.fit([math.log10(value) for value in held if value > 0])
            return low, high, log_ticks(low, high)
        usual = losses.high[np.isfinite(losses.high)]
        wanted = max(
            1.05 * _greatest(losses.smooth),
            float(np.percentile(usual, 98)) if usual.size else 0.0,
            1.08 * guess if math.isfinite(guess) else 0.0,
        )
        top = self._y_top.fit(peak if wanted < peak <= _HEADROOM * wanted else wanted)
        return 0.0, top, linear_ticks(0.0, top, 4)

    def _notes(self, picture: Picture, bottom: float, top: float) -> list[AnyNote]:
        losses, canvas, ink = picture.losses, self.canvas, self.canvas.ink
        area = canvas.area
        notes: list[AnyNote] = []
        taken = []
        if self._facts is not None:
            row = canvas.pixel_y(self._place(self._facts.untrained_loss))
            words = self._guess_words()
            stop = area.right() - ink.width(words)
            notes.append(RuleNote(area.left(), row, stop - 6, row, "muted", dotted=True))
            notes.append(Note(words, stop, row, "muted"))
            taken = [row]
        end = last_finite(losses.smooth)
        if end is not None and self._is_shown(SMOOTH) and (losses.smooth[end] > 0 or not self._logarithmic):
            value = float(losses.smooth[end])
            tip = End(float(losses.smooth_step[end]), self._place(value), number(value), "accent", "accent")
            notes += self.end_notes([tip], taken)
        peak = _greatest(losses.high)
        if self._is_shown(RAW) and not self._logarithmic and peak > top:
            at = canvas.pixel_x(float(losses.step[int(np.nanargmax(losses.high))]))
            words = _("up to {loss}").format(loss=number(peak, 2))
            # left of the peak, where there is room: right of it the value of the curve's end may stand
            before = at - 6 - ink.width(words)
            notes.append(
                Note(
                    words,
                    before if before > area.left() else at + 6,
                    area.top() + ink.height() / 2,
                    "muted",
                    ground=PLAIN,
                )
            )
        if losses.first_bad_step is not None:
            at = canvas.pixel_x(float(losses.first_bad_step))
            words = _("not finite from step {step}").format(step=count(losses.first_bad_step))
            left = min(at + 6, area.right() - ink.width(words, "curve_end"))
            notes.append(RuleNote(at, area.top(), at, area.bottom(), "warn"))
            notes.append(Note(words, left, area.center().y(), "warn", "curve_end"))
        shown = picture.frame.step
        # while training goes on, a frame is merely a little behind the losses
        if picture.steps_per_second is None and 0 < shown < losses.step[-1]:
            at = canvas.pixel_x(float(shown))
            notes.append(RuleNote(at, area.top(), at, area.bottom()))
        return notes

    def _guess_words(self) -> str:
        if self._facts is None:
            return ""
        return _("guessing · {formula}").format(formula=translate_message(self._facts.untrained_formula))

    def _place(self, loss: float) -> float:
        """Return where a loss is on the axis."""
        return math.log10(loss) if self._logarithmic and loss > 0 else loss

    def _nearest(self, x: float) -> list[Readout]:
        if self._picture is None:
            return []
        losses = self._picture.losses
        curve = (losses.smooth_step, losses.smooth) if losses.smooth.size else (losses.step, losses.mean)
        finite = np.isfinite(curve[1])
        steps, values = curve[0][finite], curve[1][finite]
        at = nearest_index(steps, x)
        if at is None or (self._logarithmic and values[at] <= 0):
            return []
        text = _("step {step} · loss {loss}").format(step=count(round(steps[at])), loss=number(values[at]))
        return [Readout(float(steps[at]), self._place(float(values[at])), text, "accent")]

    def _describe(self, picture: Picture) -> str:
        losses = picture.losses
        end = last_finite(losses.smooth)
        sentences = []
        if end is not None:
            sentences.append(
                _("After {step} steps the smoothed loss is {loss}.").format(
                    step=count(round(losses.step[-1])), loss=number(float(losses.smooth[end]))
                )
            )
        if self._facts is not None:
            sentences.append(
                _("Guessing gives {loss} = {formula}.").format(
                    loss=number(self._facts.untrained_loss),
                    formula=translate_message(self._facts.untrained_formula),
                )
            )
        if losses.first_bad_step is not None:
            sentences.append(_("From step {step} on the loss is not finite.").format(step=count(losses.first_bad_step)))
        return " ".join(sentences)


def _greatest(values: NDArray[np.float64]) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.max()) if finite.size else 0.0


def _least(values: NDArray[np.float64]) -> float:
    finite = values[np.isfinite(values) & (values > 0)]
    return float(finite.min()) if finite.size else 0.0

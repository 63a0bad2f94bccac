"""The X-ray's results as charts."""

from typing import Final

import numpy as np

from app.look.marks import CIRCLE, DIAMOND, TRIANGLE
from app.look.numbers import against, count, number, percent, short
from app.plots.lab.chart import Chart, Level, Numbers, Series
from app.system.i18n import _
from simulator.analysis.batch_norm import AnswerModes, BatchNoise, NormHistory, NormView

MOST_UNITS: Final = 30
"""Thin curves drawn: more make one blot."""
_TICKED: Final = (1.0, 4.0, 16.0, 64.0, 256.0)


def statistics_chart(view: NormView, deviation: bool) -> Chart:
    """Return the statistics of the mini-batch over the running ones, a point a unit; on the line they agree.

    `deviation` chooses the standard deviations instead of the means.
    """
    pairs = (view.running_variance, view.batch_variance) if deviation else (view.running_mean, view.batch_mean)
    running, batch = (np.sqrt(values) if deviation else values for values in pairs)
    both = np.concatenate([running, batch])
    ends = np.array([both.min(), both.max()])
    order = np.argsort(running)
    away = float(np.sqrt(np.mean(np.square(batch - running))))
    words = _("Over {units} units, mini-batch and running statistics differ by {away} on average.").format(
        units=count(running.size), away=number(away)
    )
    return Chart(
        (
            Series("equal", _("equal"), ends, ends, "muted", "dashes", readable=False),
            Series("units", _("units"), running[order], batch[order], "accent", "points", CIRCLE),
        ),
        _("running std") if deviation else _("running mean"),
        y_name=_("this mini-batch"),
        words=words,
        x_text=number,
    )


def history_chart(history: NormHistory, beta: bool) -> Chart:
    """Return gamma, or beta, over training: every unit thin, the mean of all thick."""
    values, name = (history.beta, _("beta")) if beta else (history.gamma, _("gamma"))
    steps = history.steps.astype(np.float64)
    kept = values[:, :MOST_UNITS]
    # a gap between unit and unit makes one line of all of them
    thin = np.concatenate([kept, np.full((1, kept.shape[1]), np.nan)]).T.ravel()
    times = np.tile(np.append(steps, np.nan), kept.shape[1])
    mean = values.mean(axis=1)
    colour = "warn" if beta else "accent"
    start = float(values[0].mean())
    end = against(float(mean[-1]), float(np.ptp(values)) or 1.0)
    words = _("After {steps} steps {name} is {mean} on average, from {low} to {high}.")
    return Chart(
        (
            Series("units", "", times, thin, "ghost", "thin", readable=False),
            Series("mean", _("mean of all units"), steps, mean, colour, end=end, ink=colour),
        ),
        _("step"),
        levels=(Level(start, _("at the start")),),
        words=words.format(
            steps=count(int(history.steps[-1])),
            name=name,
            mean=number(float(mean[-1])),
            low=number(float(values[-1].min())),
            high=number(float(values[-1].max())),
        ),
    )


def noise_chart(noise: BatchNoise, batch: int) -> Chart:
    """Return how far mean and variance of mini-batches stray, over their size."""
    sizes = noise.sizes.astype(np.float64)

    def marks(key: str, name: str, values: Numbers, ink: str, shape: str) -> Series:
        finite = values[np.isfinite(values)]
        end = f"{number(float(finite[-1]), 2)} {name}" if finite.size else ""
        return Series(key, name, sizes, values, ink, "points", shape, end, ink)

    words = " ".join(
        _("At {size} examples the mean strays by {mean} standard deviations, the variance by {variance}.").format(
            size=count(int(size)), mean=number(float(mean), 2), variance=percent(float(variance))
        )
        for size, mean, variance in zip(noise.sizes, noise.mean, noise.variance, strict=True)
    )
    return Chart(
        (
            Series("expected", _("1 / √size"), sizes, noise.expected, "muted", "dashes", readable=False),
            marks("variance", _("variance"), noise.variance, "warn", TRIANGLE),
            marks("mean", _("mean"), noise.mean, "accent", CIRCLE),
        ),
        _("examples in the mini-batch"),
        x_log=True,
        y_log=True,
        x_ticks=_TICKED,
        at=float(batch),
        words=words,
        x_text=lambda size: count(round(size)),
        y_text=lambda value: number(value, 2),
    )


def accuracy_chart(modes: AnswerModes, batch: int) -> Chart:
    """Return the accuracy at test time over the size of the batch, both modes."""
    sizes = modes.sizes.astype(np.float64)
    running = np.full(sizes.size, modes.running)

    def line(key: str, name: str, values: Numbers, ink: str, shape: str, dashed: bool = False) -> Series:
        finite = values[np.isfinite(values)]
        end = f"{percent(float(finite[-1]))} {name}" if finite.size else ""
        return Series(key, name, sizes, values, ink, "dashes" if dashed else "line", shape, end, ink)

    words = " ".join(
        _("In batches of {size}: {mixed} with mixed classes, {sorted} class by class.").format(
            size=count(int(size)), mixed=percent(float(mixed)), sorted=percent(float(in_order))
        )
        for size, mixed, in_order in zip(modes.sizes, modes.batch, modes.sorted_batch, strict=True)
    )
    return Chart(
        (
            line("running", _("running"), running, "good", DIAMOND),
            line("mixed", _("mixed batch"), modes.batch, "accent", CIRCLE),
            line("sorted", _("one class"), modes.sorted_batch, "warn", TRIANGLE, dashed=True),
        ),
        _("examples in the batch"),
        x_log=True,
        x_ticks=_TICKED,
        y_range=(0.0, 1.0),
        levels=(Level(modes.chance, _("guessing")),),
        at=float(batch),
        words=_("With running statistics {running} of {count} examples are right. {words}").format(
            running=percent(modes.running), count=count(modes.examples), words=words
        ),
        x_text=lambda size: count(round(size)),
        y_text=percent,
        tick_text=percent,
    )


def answers_chart(modes: AnswerModes) -> Chart:
    """Return what one example is answered in many batches."""
    batches = np.arange(1, modes.answers.shape[1] + 1, dtype=np.float64)
    low, high = (float(value) for value in (modes.answers[0].min(), modes.answers[0].max()))
    words = _("With the batch's statistics the answer goes from {low} to {high}; with running ones it is {same}.")
    return Chart(
        (
            Series("batch", _("batch"), batches, modes.answers[0], "accent", "points", CIRCLE),
            Series("running", _("running"), batches, modes.answers[1], "good", "points", DIAMOND),
        ),
        _("which batch the example is in"),
        y_range=(0.0, 1.0),
        subtitle=_("{label}, in batches of {size}").format(label=modes.label, size=count(modes.size)),
        words=words.format(low=percent(low), high=percent(high), same=percent(float(modes.answers[1].mean()))),
        x_text=short,
        y_text=percent,
        tick_text=percent,
    )

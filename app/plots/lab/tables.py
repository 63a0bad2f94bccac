"""What labs and checks draw, as tables."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.export.table import Column, Table
from app.plots.lab.bench_picture import BenchPicture
from app.plots.lab.chart import Chart
from app.system.i18n import _, translate_message
from simulator.analysis.checks import CheckResult
from simulator.analysis.signal import Signal


def points_table(**columns: NDArray[np.floating]) -> Table:
    """Return columns of numbers by their names."""
    return Table(tuple(Column(name, np.asarray(values, np.float64)) for name, values in columns.items()))


def chart_table(chart: Chart) -> Table:
    """Return every series of a chart: where it has places of its own, with a column of them."""
    columns: list[Column] = []
    before: NDArray[np.float64] | None = None
    for number, series in enumerate(chart.series, start=1):
        name = series.name or series.end or chart.y_name or _("series {number}").format(number=number)
        if before is None or not np.array_equal(series.x, before, equal_nan=True):
            columns.append(Column(chart.x_name, series.x))
            before = series.x
        columns.append(Column(name, series.y))
    return Table(tuple(columns), tuple(level.text for level in chart.levels))


def check_table(result: CheckResult) -> Table:
    """Return what a check measured."""
    picture = result.picture
    if picture is None:
        return Table((), (translate_message(result.sentence),))
    across = translate_message(picture.across)
    places: Sequence[str] | NDArray[np.float64] = picture.x
    if picture.names:
        places = [translate_message(name) for name in picture.names]
    columns = [Column(across, places), Column(translate_message(picture.title), picture.y)]
    if picture.errors.size:
        columns.append(Column(_("standard error"), picture.errors))
    return Table(tuple(columns), (translate_message(result.sentence),))


def bench_table(data: BenchPicture) -> Table:
    """Return all sizes of every layer, with what theory says and what other draws of the weights had."""
    signal, theory, spread = data.reading.signal, data.reading.theory, data.spread
    layers = signal.layers
    columns = [
        Column(_("layer"), [translate_message(layer.name) for layer in layers]),
        Column(_("mean"), [layer.mean for layer in layers]),
        Column(_("std"), [layer.std for layer in layers]),
        Column(_("std of dL/dh"), [layer.gradient_std for layer in layers]),
        Column(_("std of dL/dW"), [layer.weight_gradient_std for layer in layers]),
        Column(_("share blocked"), [layer.blocked for layer in layers]),
        Column(_("share of silent units"), [layer.silent for layer in layers]),
    ]
    if theory is not None:
        columns += [
            Column(_("mean, theory"), theory.mean),
            Column(_("std, theory"), theory.std),
            Column(_("dL/dh, theory"), theory.gradient),
            Column(_("dL/dW, theory"), theory.weight_gradient),
        ]
    if spread is not None:
        columns += [Column(_("std, 5 % of draws below"), spread.low), Column(_("std, 5 % above"), spread.high)]
    if data.other is not None:
        other = [layer.std for layer in data.other.signal.layers]
        columns.append(Column(_("std, {name}").format(name=data.other_name or _("compared")), other))
    about = [data.name]
    if signal.input_gradient_std is not None:
        about.append(_("std of dL/dh at the input: {value}").format(value=repr(signal.input_gradient_std)))
    return Table(tuple(columns), tuple(about))


def row_table(data: BenchPicture) -> Table:
    """Return the histograms of all layers, a row a bin; those of the grey network beside."""
    columns = _counted(data.reading.signal)
    if data.other is not None:
        name = _("count, {name}").format(name=data.other_name or _("compared"))
        columns.append(Column(name, _counted(data.other.signal)[-1].values))
    return Table(tuple(columns), (data.name,))


def histogram_table(edges: NDArray[np.floating], counts: NDArray[np.integer]) -> Table:
    """Return the bins of one histogram."""
    return Table((Column(_("from"), edges[:-1]), Column(_("to"), edges[1:]), Column(_("count"), counts)))


def grid_table(
    rows: tuple[str, Sequence[str] | NDArray[np.float64]],
    columns: tuple[str, Sequence[str] | NDArray[np.float64]],
    name: str,
    values: NDArray[np.floating],
) -> Table:
    """Return a table of two ways, one cell a row: the names of both ways with their places, and the values."""
    (down, ups), (across, overs) = rows, columns
    listed_ups, listed_overs = list(ups), list(overs)
    return Table(
        (
            Column(down, [up for up in listed_ups for _over in listed_overs]),
            Column(across, [over for _up in listed_ups for over in listed_overs]),
            Column(name, values.ravel()),
        )
    )


def _counted(signal: Signal) -> list[Column]:
    bins = signal.layers[0].histogram.counts.size
    edges = np.linspace(signal.low, signal.high, bins + 1)
    layers = len(signal.layers)
    names = [translate_message(layer.name) for layer in signal.layers for _bin in range(bins)]
    counts = np.concatenate([layer.histogram.counts for layer in signal.layers])
    return [
        Column(_("layer"), names),
        Column(_("from"), np.tile(edges[:-1], layers)),
        Column(_("to"), np.tile(edges[1:], layers)),
        Column(_("count"), counts),
    ]

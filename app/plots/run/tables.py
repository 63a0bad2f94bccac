"""The numbers of a run as tables: every reading, every layer, every bin, as they were measured."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.export.table import Cells, Column, Table, joined
from app.look.lane_look import LaneLook
from app.plots.canvas.epochs import epochs_at
from app.plots.canvas.lanes import lanes_of
from app.system.i18n import _, translate_message
from simulator.training import (
    BINS,
    DecisionMap,
    Gradient,
    Histogram,
    LayerFrame,
    Picture,
    Readings,
    RunFacts,
    StepLosses,
)

EPOCH_DECIMALS: Final = 6
Named = Sequence[tuple[str, Picture]]
"""Letters of lanes, or nothing for a run that is alone, and pictures."""
Value = Callable[[LayerFrame], float | None]


def named(picture: Picture | None, looks: Sequence[LaneLook]) -> Named:
    """Return the pictures of all runs that are drawn, each with its letter."""
    if picture is None:
        return []
    return [(lane.look.letter, lane.picture) for lane in lanes_of(picture, looks)] or [("", picture)]


def losses_table(runs: Named, whole: Mapping[int, StepLosses], *, penalised: bool) -> Table:
    """Return the loss of every step.

    Parameters
    ----------
    whole
        The losses one by one, by run; of a run that is not there the buckets of its picture are told.
    penalised
        Whether penalties are added.
    """
    blocks, about = [], list[str]()
    for letter, picture in runs:
        losses = whole.get(picture.run_id)
        if losses is not None:
            step, value = losses.step, losses.data + (losses.penalty if penalised else 0.0)
            if step.size and step[0] > 1:
                about.append(_("the losses of steps 1 to {step} are not kept one by one").format(step=int(step[0]) - 1))
            columns: dict[str, Cells] = {_head(_("loss"), letter): value}
        else:
            curve = picture.losses if penalised else picture.data_losses
            step = curve.step
            columns = {
                _head(_("least loss"), letter): curve.low,
                _head(_("mean loss"), letter): curve.mean,
                _head(_("greatest loss"), letter): curve.high,
            }
            about.append(_("each row sums up the steps since the one before"))
        blocks.append((letter, picture, step.astype(np.int64), columns))
    return Table(_over_steps(blocks), tuple(dict.fromkeys(about)))


def readings_table(runs: Named, columns: Sequence[tuple[str, Callable[[Readings], Cells]]]) -> Table:
    """Return what was read at the ends of epochs: the named columns of each run."""
    blocks = [
        (
            letter,
            picture,
            picture.readings.step.astype(np.int64),
            {_head(name, letter): of(picture.readings) for name, of in columns},
        )
        for letter, picture in runs
    ]
    return Table(_over_steps(blocks))


def accuracies() -> Sequence[tuple[str, Callable[[Readings], Cells]]]:
    """Return the columns of accuracies, shares from 0 to 1."""
    return (
        (_("training accuracy"), lambda readings: readings.training_accuracy),
        (_("validation accuracy"), lambda readings: readings.validation_accuracy),
    )


def losses() -> Sequence[tuple[str, Callable[[Readings], Cells]]]:
    """Return the columns of losses in evaluation mode."""
    return (
        (_("training loss"), lambda readings: readings.training_loss),
        (_("validation loss"), lambda readings: readings.validation_loss),
    )


def track_table(picture: Picture, names: Sequence[str], values: NDArray[np.floating]) -> Table:
    """Return one number of the named layers at every recorded frame, `values` (frames, layers)."""
    track = picture.track
    columns = [Column(name, values[:, place]) for place, name in enumerate(names)]
    return Table((Column(_("step"), track.step), Column(_("epoch"), _rounded(track.epoch)), *columns))


def layers_table(runs: Named, columns: Sequence[tuple[str, Value]], *, inputs: bool = False) -> Table:
    """Return numbers of every layer, a row each; of the input, too, with `inputs`."""
    frames = [(letter, picture.frame.layers[0 if inputs else 1 :]) for letter, picture in runs]
    longest = max((layers for _letter, layers in frames), key=len)
    names = [translate_message(layer.name) for layer in longest]
    found = [Column(_head(name, letter), list(map(of, layers))) for letter, layers in frames for name, of in columns]
    return Table((Column(_("layer"), names), *found))


def histograms_table(picture: Picture) -> Table:
    """Return the histograms of all layers' outputs, now and at the start; a row a bin."""
    rows: list[tuple[str, str, float, float, int]] = []
    for moment, frame in ((_("now"), picture.frame), (_("at start"), picture.start)):
        for layer in frame.layers:
            rows += [(moment, translate_message(layer.name), *each) for each in _bins(layer.output)]
    names = (_("moment"), _("layer"), _("from"), _("to"), _("count"))
    cells = list(zip(*rows, strict=True)) or [()] * len(names)
    return Table(tuple(Column(name, values) for name, values in zip(names, cells, strict=True)))


def decision_table(decision: DecisionMap | None, facts: RunFacts | None) -> Table:
    """Return the share of every class at every place of the map; before there is one, the examples."""
    if decision is None or facts is None:
        return Table(()) if facts is None else examples_table(facts)
    rows, columns, classes = decision.shares.shape
    left, right, low, high = decision.extent
    across = left + (np.arange(columns) + 0.5) * (right - left) / columns
    up = low + (np.arange(rows) + 0.5) * (high - low) / rows
    names = facts.dataset.feature_names or ("x", "y")
    shares = [
        Column(_("share of {name}").format(name=name), decision.shares[:, :, index].ravel())
        for index, name in enumerate(facts.dataset.class_names[:classes])
    ]
    return Table((Column(names[0], np.tile(across, rows)), Column(names[1], np.repeat(up, columns)), *shares))


def examples_table(facts: RunFacts) -> Table:
    """Return the examples of the plane, with their classes."""
    dataset = facts.dataset
    validate = np.isin(np.arange(dataset.labels.size), facts.validation)
    places = np.asarray(dataset.features, np.float64)
    names = dataset.feature_names or ("x", "y")
    return Table(
        (
            Column(names[0], places[:, 0]),
            Column(names[1], places[:, 1]),
            Column(_("class"), [dataset.class_names[label] for label in dataset.labels]),
            Column(_("used for"), [_("validation") if each else _("training") for each in validate]),
        )
    )


def rms(gradient: Gradient | None) -> float | None:
    """Return the size of a gradient, where there is one."""
    return None if gradient is None else gradient.rms


def _bins(histogram: Histogram) -> list[tuple[float, float, int]]:
    """Return (from, to, count) of every bin, of what lies outside, and of the exact zeros."""
    limit = histogram.limit
    edges = np.linspace(-limit, limit, BINS + 1).tolist()
    rows = [
        (low, high, int(number)) for low, high, number in zip(edges, edges[1:], histogram.counts.tolist(), strict=False)
    ]
    return [(-np.inf, -limit, histogram.below), *rows, (limit, np.inf, histogram.above), (0.0, 0.0, histogram.zeros)]


def _over_steps(
    blocks: Sequence[tuple[str, Picture, NDArray[np.int64], Mapping[str, Cells]]],
) -> tuple[Column, ...]:
    """Return columns over the steps of all runs; where an epoch has as many steps in each, one column of epochs."""
    alike = len({picture.steps_per_epoch for _letter, picture, _step, _columns in blocks}) == 1
    return joined(
        _("step"),
        [
            (
                steps,
                {
                    _head(_("epoch"), "" if alike else letter): _rounded(epochs_at(picture, steps.astype(np.float64))),
                    **columns,
                },
            )
            for letter, picture, steps, columns in blocks
        ],
    )


def _rounded(epochs: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return positions without the last figures, which a division of steps leaves: 0.3, not 0.30000000000000004."""
    return np.asarray(epochs, np.float64).round(EPOCH_DECIMALS)


def _head(name: str, letter: str) -> str:
    return f"{name} {letter}" if letter else name

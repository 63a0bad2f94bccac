"""Facts and pictures with plausible numbers, without any training: what widgets are tested with."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.look.lane_look import LaneLook
from simulator.data import Dataset
from simulator.message import N_, Message
from simulator.training import (
    BINS,
    DecisionMap,
    Frame,
    Gradient,
    Histogram,
    LayerFrame,
    LossCurve,
    Picture,
    Readings,
    RunFacts,
    Samples,
    Track,
)

EXAMPLES = 300
STEPS_PER_EPOCH = 21


def make_dataset(classes: int = 2, width: int = 2, seed: int = 0) -> Dataset:
    """Spiral arms for two features, noise for more."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, EXAMPLES)
    if width == 2:
        radius = np.sqrt(rng.uniform(0.01, 1.0, EXAMPLES))
        angle = 2 * np.pi * (radius + labels / classes)
        features = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)
        features += rng.normal(0, 0.03, features.shape)
        return Dataset(features.astype(np.float32), labels, tuple("ABCDEFGHIJ"[:classes]), ("x", "y"))
    features = rng.integers(0, 17, (EXAMPLES, width)).astype(np.uint8)
    side = math.isqrt(width)
    return Dataset(features, labels, tuple("0123456789"[:classes]), image_shape=(side, side))


def make_facts(classes: int = 2, width: int = 2, validation: bool = True, seed: int = 0) -> RunFacts:
    """Return the facts of a run; seven of ten examples train."""
    dataset = make_dataset(classes, width, seed)
    split = EXAMPLES * 7 // 10 if validation else EXAMPLES
    order = np.random.default_rng(seed + 1).permutation(EXAMPLES)
    return RunFacts(
        dataset=dataset,
        training=np.sort(order[:split]),
        validation=np.sort(order[split:]),
        parameters=2305,
        probe_examples=split,
        validation_examples=EXAMPLES - split,
        guessing_loss=math.log(classes),
        guessing_formula=Message(N_("ln {classes}"), {"classes": classes}),
    )


def make_histogram(values: NDArray[np.float64], limit: float | None = None) -> Histogram:
    """Count values as the trainer does."""
    finite = values[np.isfinite(values)]
    if limit is None:
        largest = float(np.quantile(np.abs(finite), 0.995)) if finite.size else 1.0
        limit = 2.0 ** math.ceil(math.log2(max(largest, 1e-6)))
    zeros = int((finite == 0).sum())
    counts, _ = np.histogram(finite[finite != 0], bins=BINS, range=(-limit, limit))
    return Histogram(
        counts=counts.astype(np.int64),
        limit=limit,
        below=int((finite < -limit).sum()),
        above=int((finite > limit).sum()),
        not_finite=int(values.size - finite.size),
        zeros=zeros,
        total=int(values.size),
    )


def make_gradient(rms: float, size: int = 64, seed: int = 0) -> Gradient:
    """Return a gradient of this rms, which may be 0, infinite or NaN."""
    values = np.random.default_rng(seed).normal(0, 1, size) * rms
    return Gradient(make_histogram(values, 1.0), rms * math.sqrt(size))


def make_layer(name: Message, values: NDArray[np.float64], **other: object) -> LayerFrame:
    """Return a layer whose outputs are `values`."""
    finite = values[np.isfinite(values)]
    layer = LayerFrame(
        name=name, units=32, output=make_histogram(values), mean=float(finite.mean()), std=float(finite.std())
    )
    return LayerFrame(**{**vars(layer), **other})


def make_frame(step: int = 0, cards: int = 4, classes: int = 2, decision: bool = False, seed: int = 0) -> Frame:
    """Return a frame of a ReLU network of so many cards that has learned for `step` steps."""
    rng = np.random.default_rng([seed, step])
    progress = 1 - math.exp(-step / 400)
    layers = [make_layer(Message(N_("Input")), rng.uniform(-1, 1, 2000))]
    for number in range(1, cards + 1):
        depth = cards + 1 - number
        values = np.maximum(rng.normal(0.05 * number, 0.4 + 0.5 * progress / number, 2000), 0)
        layers.append(
            make_layer(
                Message(N_("{kind} {number}"), {"kind": Message(N_("Dense")), "number": number}),
                values,
                dead=0.06 * progress if number == 2 else 0.0,
                blocked=float((values == 0).mean()),
                output_gradient=make_gradient(2e-3 * 0.6**depth * math.exp(rng.normal(0, 0.05))),
                weight_gradient=make_gradient(8e-3 * 0.55**depth * math.exp(rng.normal(0, 0.05))),
                update_ratio=None if step == 0 else 1e-3 * (1 + 2 / number) * math.exp(rng.normal(0, 0.05)),
            )
        )
    layers.append(
        make_layer(
            Message(N_("Output")),
            rng.normal(0, 1, 1000) * (0.3 + 2 * progress) + rng.choice([-3.0, 3.0], 1000) * progress,
            output_gradient=make_gradient(5e-3),
            weight_gradient=make_gradient(2.1e-2 * math.exp(rng.normal(0, 0.05))),
            update_ratio=None if step == 0 else 8e-4,
        )
    )
    return Frame(
        step=step,
        epoch=step / STEPS_PER_EPOCH,
        examples=32 * step,
        loss=None if step == 0 else 0.7 * math.exp(-step / 400),
        data_loss=None if step == 0 else 0.69 * math.exp(-step / 400),
        penalty=None if step == 0 else 0.01,
        layers=tuple(layers),
        parts={"decision": make_decision(classes, progress)} if decision else {},
    )


def make_decision(classes: int = 2, progress: float = 1.0) -> DecisionMap:
    """Return spiral arms that sharpen as the network learns."""
    limit = 1.3
    x, y = np.meshgrid(np.linspace(-limit, limit, 100), np.linspace(-limit, limit, 100))
    angle = np.arctan2(x, y) - 2 * np.pi * np.hypot(x, y)
    scores = np.stack([np.cos(angle - 2 * np.pi * label / classes) for label in range(classes)], axis=2)
    shares = np.exp((0.1 + 6 * progress) * scores)
    shares /= shares.sum(axis=2, keepdims=True)
    return DecisionMap(shares.astype(np.float32), (-limit, limit, -limit, limit))


def make_losses(step: int, seed: int = 0) -> LossCurve:
    """Return the losses of `step` steps, in at most 1,000 buckets."""
    rng = np.random.default_rng(seed)
    width = max(1, math.ceil(step / 1000))
    ends = np.arange(width, step + 1, width, dtype=np.float64)
    base = 0.05 + 0.65 * np.exp(-ends / 400)
    low = base * np.exp(-np.abs(rng.normal(0, 0.25, ends.size)))
    high = base * np.exp(np.abs(rng.normal(0, 0.25, ends.size)))
    if width == 1:
        low = high = base * np.exp(rng.normal(0, 0.25, ends.size))
    kept = np.linspace(0, ends.size - 1, min(300, ends.size)).round().astype(int)
    return LossCurve(ends, low, (low + high) / 2, high, ends[kept], base[kept], None)


def make_recent(step: int, seed: int = 0) -> LossCurve:
    """Return the losses of the newest 500 steps, one by one."""
    rng = np.random.default_rng([seed, step])
    steps = np.arange(max(0, step - 500) + 1, step + 1, dtype=np.float64)
    base = 0.05 + 0.65 * np.exp(-steps / 400)
    values = base * np.exp(rng.normal(0, 0.25, steps.size))
    kept = np.linspace(0, steps.size - 1, min(300, steps.size)).round().astype(int)
    return LossCurve(steps, values, values, values, steps[kept], base[kept], None)


def scaled_losses(losses: LossCurve, factor: float) -> LossCurve:
    """Return losses so many times as large."""
    low, mean, high, smooth = (factor * values for values in (losses.low, losses.mean, losses.high, losses.smooth))
    return replace(losses, low=low, mean=mean, high=high, smooth=smooth)


def make_track(cards: int, frames: int, step: int) -> Track:
    """Return meters over time: the dead share of card i climbs to i tenths, ratios fall from 0.1."""
    layers = cards + 2
    steps = np.linspace(0, step, frames).round().astype(np.int64)
    nothing = np.full((frames, layers), np.nan, np.float32)
    dead, ratio = nothing.copy(), nothing.copy()
    dead[:, 1:-1] = np.linspace(0, 1, frames)[:, None] * np.arange(1, cards + 1) / 10
    ratio[1:, 1:] = 0.1 * np.exp(-steps[1:, None] / 150) * np.arange(1, layers)
    return Track(steps, steps / STEPS_PER_EPOCH, dead, nothing, dead, ratio, nothing, nothing, nothing, nothing)


def make_readings(step: int, validation: bool = True, seed: int = 0) -> Readings:
    """Return accuracies at step 0 and at each epoch's end."""
    rng = np.random.default_rng(seed)
    epoch = np.arange(step // STEPS_PER_EPOCH + 1, dtype=np.float64)
    training = 0.98 - 0.48 * np.exp(-epoch / 12) + rng.normal(0, 0.004, epoch.size)
    other = 0.93 - 0.44 * np.exp(-epoch / 11) + rng.normal(0, 0.008, epoch.size)
    nothing = np.full(epoch.size, np.nan)
    return Readings(
        step=epoch * STEPS_PER_EPOCH,
        epoch=epoch,
        training_accuracy=training,
        validation_accuracy=other if validation else nothing,
        training_loss=0.7 * np.exp(-epoch / 12),
        validation_loss=0.1 + 0.6 * np.exp(-epoch / 12) if validation else nothing,
    )


@cache
def make_picture(
    step: int = 900,
    cards: int = 4,
    classes: int = 2,
    decision: bool = True,
    validation: bool = True,
    sequence: int | None = None,
    run_id: int = 1,
) -> Picture:
    """Return what the window gets of a run after `step` steps."""
    return Picture(
        sequence=step if sequence is None else sequence,
        run_id=run_id,
        frame=make_frame(step, cards, classes, decision),
        start=make_frame(0, cards, classes),
        losses=make_losses(step),
        readings=make_readings(step, validation),
        steps_per_second=200.0,
        steps_per_epoch=STEPS_PER_EPOCH,
        recent=make_recent(step),
        data_losses=make_losses(step),
        newest=step,
        samples=Samples(90, 90, 210, 90) if validation else Samples(300, 0, 300, 0),
    )


LANE_NAMES = ("Xavier", "He", "He, rate 0.003", "batch norm")


def make_looks(lanes: int = 2) -> tuple[LaneLook, ...]:
    """Return how so many lanes look; lane A is run 1, lane B run 2."""
    return tuple(LaneLook(index + 1, "ABCD"[index], LANE_NAMES[index], index) for index in range(lanes))


def make_lanes(step: int = 900, lanes: int = 2, selected: int = 0, **other: Any) -> Picture:
    """Return what the window gets of several runs: each lane's losses are a third of those of the one before."""
    pictures = [make_lane(step, index, **other) for index in range(lanes)]
    others = tuple(picture for index, picture in enumerate(pictures) if index != selected)
    return replace(pictures[selected], beside=others)


@cache
def make_lane(step: int, index: int, **other: Any) -> Picture:
    """Return the picture of one lane: the further down the list, the better it learns and the smaller its layers."""
    made = make_picture(step, run_id=index + 1, **other)
    factor = 3.0**-index
    readings = replace(
        made.readings,
        training_accuracy=1 - (1 - made.readings.training_accuracy) * factor,
        validation_accuracy=1 - (1 - made.readings.validation_accuracy) * factor,
    )
    layers = tuple(
        replace(
            layer,
            std=layer.std * 0.8 ** (index * depth),
            output_gradient=faded(layer.output_gradient, 0.5 ** (index * depth)),
            weight_gradient=faded(layer.weight_gradient, 0.6 ** (index * depth)),
            update_ratio=None if layer.update_ratio is None else layer.update_ratio * 0.7 ** (index * depth),
        )
        for depth, layer in enumerate(made.frame.layers)
    )
    return replace(
        made,
        losses=scaled_losses(made.losses, factor),
        data_losses=scaled_losses(made.data_losses, factor),
        recent=scaled_losses(made.recent, factor),
        readings=readings,
        frame=replace(made.frame, layers=layers, penalty=0.0),
    )


def faded(gradient: Gradient | None, factor: float) -> Gradient | None:
    """Return a gradient so many times as large; the histogram stays."""
    return None if gradient is None else replace(gradient, norm=gradient.norm * factor)

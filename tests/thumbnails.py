"""The curves in the list of experiments, made anew from runs: ``python -m tests.thumbnails [SLIDE...]``.

They go to `resources/thumbnails/curves.json`: for every slide up to four rows of numbers from 0 to 1. Every run has the
seeds of its experiment and at most `STEPS` steps, so the same numbers come out each time. Look at the page of
experiments before you commit them. Experiments on CIFAR-10 take the pictures there are (see `docs/data.md`).
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from numpy.typing import NDArray

from simulator.analysis.signal.signal import measure_signal
from simulator.experiment import load
from simulator.training.run.trainer import Trainer

FILE = Path(__file__).resolve().parents[1] / "resources" / "thumbnails" / "curves.json"
STEPS = 600
POINTS = 48
HEADROOM = 1.3
"""Of the first loss: what lies above leaves the picture."""

BROKEN = 0.6
"""Share of the picture's width that a run takes which breaks off, where there is no other."""

Rows = list[list[float]]
LOSSES = {
    "A1": ("A1-batch-320", "A1-batch-10"),
    "A4": ("A4-linear", "A4", "A4-three"),
    "B6": ("B6-sigmoid", "B6-tanh", "B6"),
    "B7": ("B7", "B7-leaky"),
    "B8": ("B8", "B8-tanh", "B8-sigmoid"),
    "C1": ("C1", "C1-centre", "C1-standardise"),
    "C2": ("C2-none", "C2"),
    "D1": ("D1",),
    "D7": ("D7", "D7-xavier"),
    "E1": ("E1",),
    "E2": ("E2",),
    "E3": ("E3-small", "E3-small-plain"),
    "E4": ("E4",),
    "F1": ("F1",),
    "F2": ("F2",),
    "F3": ("F3",),
    "F5": ("F5",),
    "F6": ("F6",),
    "F7": ("F7",),
    "G1": ("G1",),
    "H1": ("H1", "H1-low", "H1-high", "H1-very-high"),
    "H2": ("H2", "H2-spikes", "H2-steps"),
    "I1": ("digits",),
    "I2": ("H2-steps", "H2-cosine"),
}
ACCURACIES = {"H3": "H3", "I5": "H2-overfitting"}
"""Slides that show training and validation accuracy of one run."""
STDS = ("D2", "D3", "D4", "D5", "D6", "D8")
"""Slides whose idea is the spread of the signal from layer to layer, before any training."""


def losses_of(name: str) -> tuple[NDArray[np.float64], float]:
    """Return the loss of every step, penalty included, while it is a number, and which share of the run that is."""
    trainer = Trainer(load(name))
    steps = min(STEPS, _whole(trainer))
    data, penalty = trainer.advance(steps)
    total = (data + penalty)[np.isfinite(data + penalty)]
    return total, total.size / steps


def means(values: NDArray[np.float64], points: int) -> NDArray[np.float64]:
    """Return the means of so many equal parts; where there are fewer values, what lies between them."""
    if values.size < points:
        return np.interp(np.linspace(0, 1, points), np.linspace(0, 1, values.size), values)
    return np.array([part.mean() for part in np.array_split(values, points)])


def of_losses(names: tuple[str, ...]) -> Rows:
    """Return the curves of several runs on one scale, whose 0 is a loss of 0; one that breaks off is shorter."""
    runs = [losses_of(name) for name in names]
    top = HEADROOM * max(float(losses[:3].mean()) for losses, _share in runs)
    if all(share < 1 for _losses, share in runs):
        runs = [(losses, BROKEN) for losses, _share in runs]
    return [_row(means(losses, max(2, round(POINTS * share))) / top) for losses, share in runs]


def of_accuracies(name: str) -> Rows:
    """Return training and validation accuracy."""
    trainer = Trainer(load(name))
    most, found = min(STEPS, _whole(trainer)), ([], [])
    for _part in range(POINTS):
        for rows, sample in zip(found, (trainer.setting.read_training, trainer.setting.read_validation), strict=True):
            rows.append(trainer.evaluate(sample)[1])
        trainer.advance(max(1, most // POINTS))
    return [_row(np.array(rows)) for rows in found]


def of_flat_loss(name: str) -> Rows:
    """Return loss and accuracy of slide F4: the one stays, the other rises."""
    trainer = Trainer(load(name))
    loss, accuracy = [], []
    for _part in range(POINTS):
        mean, right = trainer.evaluate(trainer.setting.read_training)
        loss.append(mean)
        accuracy.append(right)
        trainer.advance(max(1, min(STEPS, _whole(trainer)) // POINTS))
    return [_row(np.array(loss) / (HEADROOM * loss[0])), _row(np.array(accuracy))]


def of_stds(name: str) -> Rows:
    """Return the standard deviation of every hidden layer's activations, the largest at full height."""
    experiment = load(name).experiment
    stds = np.array([layer.std for layer in measure_signal(experiment).layers])
    return [_row(stds / max(1.0, stds.max()))]


def _whole(trainer: Trainer) -> int:
    return trainer.steps_per_epoch * trainer.experiment.training.epochs


def _row(values: NDArray[np.float64]) -> list[float]:
    return [round(float(value), 3) for value in np.clip(values, 0, 1)]


def _sigmoid(x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-x)))


def _formulas() -> dict[str, tuple[str, Callable[[], Rows]]]:
    """Return the slides that show a function, not a run."""
    x = np.linspace(-6, 6, POINTS)
    sigmoid = _sigmoid(x)
    relu, slope = np.maximum(x, 0) / 6, 4 * sigmoid * (1 - sigmoid)
    normal = np.exp(-x * x / 2)
    outputs = (_sigmoid(x), np.maximum(x, 0), np.where(x > 0, x, 0.01 * x), np.where(x > 0, x, np.expm1(x)), np.tanh(x))
    centres = np.array([(normal * each).sum() / normal.sum() for each in outputs])
    return {
        "A3": ("lines", lambda: [_row(sigmoid)]),
        "B1": ("lines", lambda: [_row(sigmoid), _row(relu)]),
        "B2": ("lines", lambda: [_row(sigmoid), _row(slope)]),
        "B5": ("bars", lambda: [_row(centres / 0.5)]),
        "F4": ("lines", lambda: of_flat_loss("F4")),
    }


def makers() -> dict[str, tuple[str, Callable[[], Rows]]]:
    """Return, by slide, how its picture is drawn and what makes its numbers."""
    return {
        **_formulas(),
        **{slide: ("lines", lambda names=names: of_losses(names)) for slide, names in LOSSES.items()},
        **{slide: ("lines", lambda name=name: of_accuracies(name)) for slide, name in ACCURACIES.items()},
        **{slide: ("bars", lambda slide=slide: of_stds(slide)) for slide in STDS},
    }


def main() -> int:
    """Make the pictures of the slides that the command line names, or all."""
    kept: dict[str, Any] = json.loads(FILE.read_text()) if FILE.exists() else {}
    known = makers()
    for slide in sys.argv[1:] or known:
        began = time.monotonic()
        drawn, make = known[slide]
        kept[slide] = {"drawn": drawn, "rows": make()}
        print(f"{slide}: {len(kept[slide]['rows'])} rows, {time.monotonic() - began:.1f} s", flush=True)
        lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(kept[name])}" for name in sorted(kept))
        FILE.write_text(f"{{\n{lines}\n}}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

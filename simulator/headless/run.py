"""`run`: train an experiment and print what came of it."""

import argparse
import csv
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from simulator.data.folders import shown_path
from simulator.errors import ExperimentError, FileError
from simulator.experiment.library import promise
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.headless.options import add_changes, add_experiment, asked_run
from simulator.headless.words import _, as_json, number, plain, said, tell_of_files
from simulator.message import N_, Message, counted

if TYPE_CHECKING:
    from simulator.training.run.trainer import Trainer

CHUNK_SECONDS = 0.1
WITHOUT_END = 100  # epochs, for an experiment that trains until it is stopped
COLUMNS = ("step", "epoch", "loss", "data_loss", "penalty", "learning_rate")


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    command = commands.add_parser("run", help=_("train an experiment"))
    add_experiment(command)
    length = command.add_mutually_exclusive_group()
    length.add_argument("--epochs", type=int, metavar="N", help=_("passes over the training set"))
    length.add_argument("--steps", type=int, metavar="N", help=_("mini-batches; 0 evaluates the untrained network"))
    add_changes(command)
    command.add_argument("--history", type=Path, metavar="FILE.csv", help=_("write the losses, one row a step"))
    command.add_argument("--json", action="store_true", help=_("print one JSON object and nothing else"))
    command.set_defaults(carry_out=carry_out)


def carry_out(asked: argparse.Namespace) -> int:
    """Train and print."""
    if asked.steps is not None and asked.steps < 0:
        raise ExperimentError(Message(N_("steps must be at least 0, not {value}"), {"value": asked.steps}))
    run = asked_run(asked)
    if asked.epochs is not None:
        run = Run(apply(run.experiment, {"training.epochs": asked.epochs}), run.edits)
    elif asked.steps is None and not run.experiment.ends:
        text = _("This experiment has no end; it trains {epochs} epochs.")
        print(text.format(epochs=WITHOUT_END), file=sys.stderr)
        run = Run(apply(run.experiment, {"training.epochs": WITHOUT_END}), run.edits)

    from simulator.training.desk.warm_up import warm_up
    from simulator.training.run.by_hand import told
    from simulator.training.run.trainer import Trainer

    warm_up(frames=False)  # so that `seconds` is training alone
    dataset = run.experiment.data.load(run.experiment.seeds.data)
    cost = run.experiment.preprocessing.cost(dataset.examples, dataset.width)
    if cost is not None:
        print(said(cost), file=sys.stderr)
    trainer = Trainer(run)
    for note in trainer.facts.notes:
        print(said(note), file=sys.stderr)
    tell_of_files(run.experiment)
    promised = promise(run.experiment)
    if promised is not None:
        print(_("Must show: {text}").format(text=_(promised[1])), file=sys.stderr)
    everything, _right = trainer.evaluate(trainer.setting.training)
    start = (everything + trainer.network.penalty(), everything)
    with _history(asked.history) as rows:
        began = time.perf_counter()
        stopped = _train(trainer, asked.steps, rows)
        seconds = time.perf_counter() - began
    for place, found in trainer.strays.items():
        print(said(told(trainer.run, place, found)), file=sys.stderr)
    trainer.read()
    _report(trainer, start, stopped, seconds, asked.json)
    return 130 if stopped is not None and trainer.ending is None else 0


def _train(trainer: "Trainer", steps: int | None, rows: Any) -> Message | None:
    """Train to the end asked for; return why it stopped early, or None."""
    epochs = trainer.experiment.training.epochs
    total = steps if steps is not None else epochs and epochs * trainer.steps_per_epoch
    bar = tqdm(total=total, unit="step", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)
    chunk = 1
    try:
        while True:
            left = chunk if steps is None else min(chunk, steps - trainer.step)
            if left <= 0:
                return None
            began = time.perf_counter()
            first, epoch = trainer.step + 1, trainer.epoch
            losses, penalties = trainer.advance(left, beyond=steps is not None)
            spent = time.perf_counter() - began
            if rows is not None:
                _write(rows, trainer, first, epoch, losses, penalties)
            bar.update(losses.size)
            if trainer.ending is not None:
                return None if trainer.ending.kind == "finished" else trainer.ending.message
            chunk = max(1, min(int(chunk * CHUNK_SECONDS / max(spent, 1e-6)), 2 * chunk, 100_000))
    except KeyboardInterrupt:
        return counted("Stopped by hand after {count} step.", "Stopped by hand after {count} steps.", trainer.step)
    finally:
        bar.close()


def _write(
    rows: Any,
    trainer: "Trainer",
    first: int,
    epoch: float,
    losses: NDArray[np.float64],
    penalties: NDArray[np.float64],
) -> None:
    """Write one row a step. The epoch is that of the step's mini-batch, counted from 1."""
    rates = np.concatenate([*trainer.last_rates, np.zeros(0)])[: losses.size].tolist()
    per_epoch = trainer.steps_per_epoch
    offset = round((epoch - int(epoch)) * trainer.setting.training.size / trainer.experiment.training.batch_size)
    for number_, (data_loss, penalty, rate) in enumerate(zip(losses.tolist(), penalties.tolist(), rates, strict=True)):
        in_epoch = int(epoch) + 1 + (offset + number_) // per_epoch
        rows.writerow((first + number_, in_epoch, data_loss + penalty, data_loss, penalty, rate))


@contextmanager
def _history(path: Path | None) -> Iterator[Any]:
    if path is None:
        yield None
        return
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(COLUMNS)
            yield rows
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        text = N_("{name} cannot be written: {reason}")
        reason = getattr(error, "strerror", None) or str(error)
        raise FileError(Message(text, {"name": shown_path(path), "reason": reason})) from error


def _report(
    trainer: "Trainer", start: tuple[float, float], stopped: Message | None, seconds: float, as_object: bool
) -> None:
    reading = trainer.readings.last
    assert reading is not None
    loss, data_loss = start
    if trainer.last_loss is not None:
        loss, data_loss = sum(trainer.last_loss), trainer.last_loss[0]
    from simulator.training.desk.census import read_all

    whole, samples = read_all(trainer), trainer.setting.samples
    result: dict[str, Any] = {
        "initial_loss": plain(start[0]),
        "loss": plain(loss),
        "data_loss": plain(data_loss),
        "train_accuracy": plain(float(reading[2])),
        "train_examples": samples.training,
        "validation_accuracy": plain(float(reading[3])),
        "validation_examples": samples.validation,
        "all_train_accuracy": plain(whole.training_accuracy),
        "all_train_examples": whole.training_examples,
        "all_validation_accuracy": plain(whole.validation_accuracy),
        "all_validation_examples": whole.validation_examples,
        "steps": trainer.step,
        "seconds": round(seconds, 4),
        "stopped": None if stopped is None else said(stopped),
    }
    if as_object:
        print(as_json(result))
        return
    for name, value in result.items():
        shown = value if isinstance(value, str | int) else number(value, ".5g")
        print(f"{name:<24} {shown}")

"""The options that change an experiment before it runs."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from simulator.data.folders import shown_path
from simulator.data.formats.faults import shown
from simulator.errors import ExperimentError, FileError
from simulator.experiment.library import find
from simulator.experiment.patch import apply, kinds_at
from simulator.experiment.run import Run
from simulator.headless.words import _
from simulator.message import N_, Message

SHORTCUTS = {
    "learning_rate": ("training.learning_rate", float, "R", N_("learning rate")),
    "l2": ("training.l2", float, "R", N_("strength of the L2 penalty")),
    "momentum": ("training.optimizer.momentum", float, "R", N_("momentum of the optimizer")),
    "batch_size": ("training.batch_size", int, "N", N_("examples of a mini-batch")),
}


def add_experiment(command: argparse.ArgumentParser) -> None:
    """Add what names an experiment."""
    command.add_argument("experiment", metavar="NAME_OR_FILE", help=_("a built-in experiment (see list) or a file"))
    command.add_argument("--data", type=Path, metavar="DIR", help=_("the folder of downloaded data sets"))
    command.add_argument("--seed", type=int, metavar="S", help=_("the seed of the weights and of the order"))


def add_changes(command: argparse.ArgumentParser) -> None:
    """Add the options that change single fields."""
    for name, (path, kind, letter, text) in SHORTCUTS.items():
        option = "--" + name.replace("_", "-")
        command.add_argument(option, type=kind, metavar=letter, help=f"{_(text)} ({path})")
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PATH=VALUE",
        dest="changes",
        help=_("any field, such as network.0.units=20 or preprocessing=centre; may be given more than once"),
    )


def asked_run(asked: argparse.Namespace) -> Run:
    """Return the run that the options describe."""
    if asked.data is not None:
        if not asked.data.is_dir():
            raise FileError(Message(N_("there is no folder '{name}'"), {"name": shown_path(asked.data)}))
        os.environ["OBUKA_DATA"] = str(asked.data)
    run = find(asked.experiment)
    patch: dict[str, Any] = {}
    if asked.seed is not None:
        patch |= {"seeds.weights": asked.seed, "seeds.order": asked.seed}
    for name, (path, *_rest) in SHORTCUTS.items():
        value = getattr(asked, name, None)
        if value is not None:
            patch[path] = value
    experiment = apply(run.experiment, patch)
    for change in getattr(asked, "changes", []):
        path, sign, text = change.partition("=")
        if not sign or not path:
            raise ExperimentError(Message(N_("'{change}' is not of the form PATH=VALUE"), {"change": shown(change)}))
        experiment = apply(experiment, {path: _value(experiment, path, text)})
    return Run(experiment, run.edits)


def _value(experiment: Any, path: str, text: str) -> Any:
    """Return the value that `text` stands for: JSON, the name of a kind, or a plain word."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):  # no JSON; a number of 5,000 digits; brackets without end
        value = text
    if isinstance(value, str) and _holds_kind(experiment, path):
        return {"kind": value}
    return value


def _holds_kind(experiment: Any, path: str) -> bool:
    try:
        return bool(kinds_at(experiment, path))
    except (AttributeError, IndexError, KeyError, ValueError):
        return False  # the path is wrong: `apply` says so in words

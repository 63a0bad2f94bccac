"""The experiments that come with the program."""

import json
import math
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from simulator.data.sources.lecture_images import LectureImages, find_cifar
from simulator.errors import FileError
from simulator.experiment.files import decode, read
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.message import N_, Message


def names() -> tuple[str, ...]:
    """Return the ids of the built-in experiments, in order."""
    folder = files("resources") / "experiments"
    return tuple(sorted(item.name.removesuffix(".json") for item in folder.iterdir() if item.name.endswith(".json")))


def load(name: str) -> Run:
    """Return the built-in experiment `name`.

    An experiment on the lecture's images has rates of its own for the built-in ones, used where there is no CIFAR-10.
    """
    raw = _file(name)
    run = decode(json.dumps(raw).encode(), f"{name}.json")
    if _on_built_in_images(run):
        return Run(apply(run.experiment, raw.get("built_in_images", {})), run.edits)
    return run


def shows(name: str) -> str | None:
    """Return what the built-in experiment `name` must show on the images there are: a marked sentence, or None."""
    raw = _file(name)
    text = raw.get("shows")
    if _on_built_in_images(load(name)):
        text = raw.get("shows_on_built_in_images", text)
    return None if text is None else str(text)


def claims(name: str) -> dict[str, tuple[float, float]]:
    """Return what the loss curve of the built-in experiment must measure, as least and greatest value by measure."""
    held = _file(name).get("curve", {})
    return {
        measure: (-math.inf if low is None else float(low), math.inf if high is None else float(high))
        for measure, (low, high) in held.items()
    }


@cache
def _by_title() -> dict[str, str]:
    return {_file(name)["experiment"]["name"]: name for name in names()}


def promise(title: str) -> tuple[str, str] | None:
    """Return (slide id, what must be seen) of the built-in experiment with that name, or None."""
    name = _by_title().get(title)
    text = None if name is None else shows(name)
    return None if name is None or text is None else (name.partition("-")[0], text)


def _file(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = json.loads((files("resources") / "experiments" / f"{name}.json").read_bytes())
    return raw


def _on_built_in_images(run: Run) -> bool:
    return isinstance(run.experiment.data, LectureImages) and find_cifar() is None


def find(name_or_file: str) -> Run:
    """Return the built-in experiment of that name, or the run of that file; raise `FileError` if there is neither."""
    if name_or_file in names():
        return load(name_or_file)
    path = Path(name_or_file)
    with suppress(OSError):  # a name that no file system holds
        if path.is_file():
            return read(path)
    text = N_("there is no experiment and no file '{name}'; the experiments are {known}")
    raise FileError(Message(text, {"name": name_or_file, "known": ", ".join(names())}))

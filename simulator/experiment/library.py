"""The experiments that come with the program."""

import json
import math
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from simulator.data.folders import shown_path
from simulator.data.sources.lecture_images import LectureImages, Pictures, pictures_at_hand
from simulator.declaration import kind_of
from simulator.errors import FileError
from simulator.experiment.experiment import Experiment, Seeds
from simulator.experiment.files import decode, read
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.message import N_, Message

SUITED: tuple[Pictures, ...] = ("excerpt", "built_in_images")
"""Parts of an experiment's file: what differs where not all of CIFAR-10 is there."""


def names() -> tuple[str, ...]:
    """Return the ids of the built-in experiments, in order."""
    try:
        found = [item.name for item in (files("resources") / "experiments").iterdir()]
    except (OSError, ImportError):  # an installation that lost them
        return ()
    return tuple(sorted(name.removesuffix(".json") for name in found if name.endswith(".json")))


def load(name: str) -> Run:
    """Return the built-in experiment `name`, with the name and the numbers that suit the pictures there are."""
    pictures = _pictures(name)
    run, steps = _loaded(name, pictures), _suited(_file(name), pictures).get("steps")
    if steps is None:
        return run
    return Run(apply(run.experiment, {"training.epochs": _epochs(run.experiment, steps)}), run.edits)


def title(name: str) -> str:
    """Return what the built-in experiment `name` is called on the pictures there are; no picture is read for it."""
    raw = _file(name)
    return str(_suited(raw, _pictures(name)).get("name", raw["experiment"].get("name", "")))


def shows(name: str) -> str | None:
    """Return what the built-in experiment `name` must show on the pictures there are: a marked sentence, or None."""
    raw = _file(name)
    text = _suited(raw, _pictures(name)).get("shows", raw.get("shows"))
    return None if text is None else str(text)


def known_as(title: str) -> str:
    """Return the id of the built-in experiment that is called `title` on any pictures; empty if none is."""
    return _by_title().get(title, "")


def claims(name: str) -> dict[str, tuple[float, float]]:
    """Return what the loss curve of the built-in experiment must measure, as least and greatest value by measure."""
    held = _file(name).get("curve", {})
    return {
        measure: (-math.inf if low is None else float(low), math.inf if high is None else float(high))
        for measure, (low, high) in held.items()
    }


def promise(experiment: Experiment) -> tuple[str, str] | None:
    """Return (slide id, what must be seen) if `experiment` is a built-in one as it comes, on any seeds, else None."""
    name = _as_it_comes(experiment)
    text = None if name is None else shows(name)
    return None if name is None or text is None else (name.partition("-")[0], text)


def counterpart(experiment: Experiment) -> str | None:
    """Return the id of the next experiment of the same slide and data if `experiment` is a built-in one as it comes."""
    name = _as_it_comes(experiment)
    if name is None:
        return None
    slide, data = name.partition("-")[0], _file(name)["experiment"]["data"]
    of_slide = [each for each in names() if each.partition("-")[0] == slide]
    place = of_slide.index(name)
    others = (*of_slide[place + 1 :], *of_slide[:place])
    return next((each for each in others if _file(each)["experiment"]["data"] == data), None)


def _as_it_comes(experiment: Experiment) -> str | None:
    """Return the id of the built-in experiment that this one is, on any seeds."""
    name = _by_title().get(experiment.name)
    if name is None or replace(experiment, seeds=Seeds()) != replace(load(name).experiment, seeds=Seeds()):
        return None
    return name


@cache
def _by_title() -> dict[str, str]:
    found = {}
    for name in names():
        with suppress(FileError):
            raw = _file(name)
            for suited in ({}, *(raw.get(pictures, {}) for pictures in SUITED)):
                found[suited.get("name", raw["experiment"].get("name", ""))] = name
    return found


@cache
def _file(name: str) -> dict[str, Any]:
    try:
        raw = json.loads((files("resources") / "experiments" / f"{name}.json").read_bytes())
    except (OSError, ImportError, ValueError, RecursionError):
        raw = None
    if not isinstance(raw, dict) or not isinstance(raw.get("experiment"), dict):
        text = N_("{name}, which comes with the program, is missing or damaged; install the program again")
        raise FileError(Message(text, {"name": f"{name}.json"}))
    return raw


def _pictures(name: str) -> Pictures | None:
    """Return which pictures the experiment gets, or None where it names its data itself."""
    of_the_lecture = _file(name)["experiment"]["data"]["kind"] == kind_of(LectureImages)
    return pictures_at_hand() if of_the_lecture else None


def _suited(raw: dict[str, Any], pictures: Pictures | None) -> dict[str, Any]:
    """Return what the file says of pictures other than all of CIFAR-10: a name, what they show, fields to set."""
    suited: dict[str, Any] = raw.get(pictures, {}) if pictures is not None else {}
    return suited


@cache
def _loaded(name: str, pictures: Pictures | None) -> Run:
    raw = _file(name)
    suited = _suited(raw, pictures)
    named = raw["experiment"] | {"name": suited.get("name", raw["experiment"]["name"])}
    run = decode(json.dumps(raw | {"experiment": named}).encode(), f"{name}.json")
    return Run(apply(run.experiment, suited.get("set", {})), run.edits)


def _epochs(experiment: Experiment, steps: int) -> int:
    """Return how many epochs have so many steps on the data there are."""
    dataset = experiment.data.load(experiment.seeds.data)
    training, _validation = experiment.split.indices(dataset.labels, experiment.seeds.data)
    return math.ceil(steps / math.ceil(training.size / experiment.training.batch_size))


def find(name_or_file: str) -> Run:
    """Return the built-in experiment of that name, or the run of that file; raise `FileError` if there is neither."""
    if name_or_file in names():
        return load(name_or_file)
    path = Path(name_or_file)
    with suppress(OSError):  # a name that no file system holds
        if path.is_file():
            return read(path)
    text = N_(
        "there is no experiment and no file '{name}'; names like it are {near}; `python -m simulator list` shows all"
    )
    raise FileError(Message(text, {"name": shown_path(path), "near": ", ".join(_near(name_or_file))}))


def _near(name: str) -> list[str]:
    """Return the three built-in experiments whose names are most like this one."""
    by_small = {known.lower(): known for known in names()}
    return [by_small[each] for each in get_close_matches(name.lower(), by_small, n=3, cutoff=0)]

"""The experiments that come with the program."""

from importlib.resources import files
from pathlib import Path

from simulator.errors import FileError
from simulator.experiment.files import decode, read
from simulator.experiment.run import Run
from simulator.message import N_, Message


def names() -> tuple[str, ...]:
    """Return the ids of the built-in experiments, in order."""
    folder = files("resources") / "experiments"
    return tuple(sorted(item.name.removesuffix(".json") for item in folder.iterdir() if item.name.endswith(".json")))


def load(name: str) -> Run:
    """Return the built-in experiment `name`."""
    return decode((files("resources") / "experiments" / f"{name}.json").read_bytes(), f"{name}.json")


def find(name_or_file: str) -> Run:
    """Return the built-in experiment of that name, or the run of that file; raise `FileError` if there is neither."""
    if name_or_file in names():
        return load(name_or_file)
    path = Path(name_or_file)
    if path.is_file():
        return read(path)
    text = N_("there is no experiment and no file '{name}'; the experiments are {known}")
    raise FileError(Message(text, {"name": name_or_file, "known": ", ".join(names())}))

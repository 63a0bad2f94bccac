"""Paths of data in an experiment that lies in a file: they are meant from that file's folder, so both can move."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PurePath

import msgspec

from simulator.experiment.experiment import Experiment

FIELDS = ("path", "folder")
FAR = ("..", "..")  # what leads further away than to the folder above stays a whole path


def anchored(experiment: Experiment, file: Path) -> Experiment:
    """Return `experiment`, read from `file`, with whole paths to the data that lie where its relative ones lead."""
    folder = _folder(file)

    def whole(text: str) -> str:
        wanted = folder / text
        is_there = bool(text) and not text.startswith("~") and wanted.exists()
        return os.path.normpath(wanted) if is_there else text

    return _with_paths(experiment, whole)


def portable(experiment: Experiment, file: Path) -> Experiment:
    """Return `experiment`, to be written to `file`, with paths from its folder to data in or beside that folder."""
    folder = _folder(file)

    def relative(text: str) -> str:
        path = Path(text).expanduser()
        if not text or (not path.is_absolute() and ((folder / path).exists() or not path.exists())):
            return text  # what is meant from here already, or from a data folder
        path = path.absolute()
        # as the file's folder, with no links on the way
        way = PurePath(os.path.relpath(Path(os.path.realpath(path.parent)) / path.name, folder))
        return str(path) if way.parts[:2] == FAR else way.as_posix()

    return _with_paths(experiment, relative)


def _folder(file: Path) -> Path:
    return Path(os.path.realpath(file)).parent


def _with_paths(experiment: Experiment, changed: Callable[[str], str]) -> Experiment:
    source = experiment.data
    for name in FIELDS:
        if source.needs_files and name in source.__struct_fields__:
            text = getattr(source, name)
            with suppress(OSError, ValueError, RuntimeError):  # no path, or on another drive: loading says so
                source = msgspec.structs.replace(source, **{name: changed(text)})
    return experiment if source is experiment.data else msgspec.structs.replace(experiment, data=source)

"""The file format: JSON with a schema version, holding a run (an experiment and its edit log)."""

import json
from pathlib import Path
from typing import Any

import msgspec

from simulator.data.formats.faults import name_of, shown
from simulator.data.formats.regular import opened
from simulator.errors import ExperimentError, FileError
from simulator.experiment.data_paths import anchored, portable
from simulator.experiment.patch import from_plain
from simulator.experiment.replacing import replace_file
from simulator.experiment.run import Edit, Run, WeightEdit
from simulator.message import N_, Message

SCHEMA = 2
LARGEST_FILE = 10_000_000
MOST_LEVELS = 50  # of brackets in brackets; an experiment has about seven


def encode(run: Run) -> bytes:
    """Return the bytes of the file of `run`."""
    plain = {"schema": SCHEMA, **msgspec.to_builtins(run)}
    return msgspec.json.format(msgspec.json.encode(plain), indent=2) + b"\n"


def decode(data: bytes, name: str) -> Run:
    """Return the run of a file; `name` is what messages call it. Raise `FileError` or `ExperimentError`."""
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise _too_deep(name) from error
    except ValueError as error:  # no UTF-8, no JSON, a number of 5,000 digits
        line = getattr(error, "lineno", 1)
        text = N_("{name} is not a JSON file: the fault is in line {line}")
        raise FileError(Message(text, {"name": name, "line": line})) from error
    if _is_deep(raw):
        raise _too_deep(name)
    if not isinstance(raw, dict) or "experiment" not in raw:
        raise FileError(Message(N_("{name} holds no experiment: the field 'experiment' is missing"), {"name": name}))
    schema = raw.get("schema")
    if schema is True or schema not in (1, SCHEMA):
        text = N_("{name} has schema {schema}; this version reads schema {known} and older ones")
        raise FileError(Message(text, {"name": name, "schema": shown(str(schema)), "known": SCHEMA}))
    try:
        log = raw.get("edits", [])
        run = Run(from_plain(raw["experiment"]), _edits(_of_schema_1(log) if schema == 1 else log, name))
        run.check_log()
        return run
    except ExperimentError as error:
        raise ExperimentError(Message(N_("{name}: {fault}"), {"name": name, "fault": error.message})) from error


def _of_schema_1(log: Any) -> Any:
    """Return the log of an old file as a new one holds it: there was one kind of entry, and it did not say which."""
    if not isinstance(log, list):
        return log
    return [{**edit, "kind": "change"} if isinstance(edit, dict) else edit for edit in log]


def _edits(raw: Any, name: str) -> tuple[Edit | WeightEdit, ...]:
    try:
        return msgspec.convert(raw, tuple[Edit | WeightEdit, ...])
    except msgspec.ValidationError as error:
        raise FileError(Message(N_("{name}: the edit log cannot be read"), {"name": name})) from error


def _is_deep(raw: Any) -> bool:
    """Say whether lists and groups stand in each other deeper than in any experiment."""
    level = [raw]
    for _ in range(MOST_LEVELS):
        groups = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [inner for group in groups if isinstance(group, list) for inner in group]
    return bool(level)


def _too_deep(name: str) -> FileError:
    return FileError(Message(N_("{name} is not an experiment: its brackets are nested too deeply"), {"name": name}))


def read(path: Path) -> Run:
    """Read the run of a file; relative paths of data lead from its folder first."""
    try:
        with opened(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise FileError(_cannot(N_("{name} cannot be read: {reason}"), path, error)) from error
    if len(data) > LARGEST_FILE:
        raise FileError(Message(N_("{name} is too large for an experiment: over 10 MB"), {"name": name_of(path)}))
    run = decode(data, name_of(path))
    return Run(anchored(run.experiment, path), run.edits)


def write(path: Path, run: Run) -> None:
    """Write the run's file whole: an interrupted write leaves the old file. Data near it get relative paths."""
    try:
        replace_file(path, encode(Run(portable(run.experiment, path), run.edits)))
    except (OSError, ValueError) as error:
        raise FileError(_cannot(N_("{name} cannot be written: {reason}"), path, error)) from error


def _cannot(text: str, path: Path, error: OSError | ValueError) -> Message:
    reason = getattr(error, "strerror", None) or str(error)  # ValueError: a name with a NUL in it
    return Message(text, {"name": name_of(path), "reason": reason})

"""Changes of an experiment as data: path -> plain value, such as {"training.learning_rate": 0.01}.

A path names fields by dots and entries of the network by their index: "network.1.units".
"""

from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from simulator.data.formats.faults import shown
from simulator.declaration import Field, kind_of
from simulator.errors import ExperimentError
from simulator.experiment.cards import with_keys
from simulator.experiment.check import check
from simulator.experiment.experiment import Experiment
from simulator.message import N_, Message

Patch = Mapping[str, Any]
MOST_NAMED = 30  # fields that a sentence lists


def to_plain(experiment: Experiment) -> dict[str, Any]:
    """Return the experiment as dicts, lists and numbers."""
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(experiment))
    return plain


def from_plain(raw: object) -> Experiment:
    """Return the experiment of a plain form; raise `ExperimentError` naming the place of the first fault."""
    check(raw, Experiment)
    experiment = msgspec.convert(raw, Experiment)
    return msgspec.structs.replace(experiment, network=with_keys(experiment.network))


def apply(experiment: Experiment, patch: Patch) -> Experiment:
    """Return `experiment` with the values of `patch` put in; raise `ExperimentError` where a path or value is wrong."""
    raw = to_plain(experiment)
    for path, value in patch.items():
        _put(raw, path, value)
    # the other parts are sound already, and two experiments share them
    changed = {path.split(".")[0]: None for path in patch}
    plain = {name: raw[name] for name in changed}
    check(plain, Experiment)
    fresh = msgspec.convert(plain, Experiment)
    parts = {name: getattr(fresh, name) for name in changed}
    made = msgspec.structs.replace(experiment, **parts)
    return msgspec.structs.replace(made, network=with_keys(made.network))


def _put(raw: dict[str, Any], path: str, value: Any) -> None:
    holder: Any = raw
    *steps, last = path.split(".")
    for step in steps:
        holder = _inner(holder, step, path)
    _inner(holder, last, path)
    holder[int(last) if isinstance(holder, list) else last] = value


def _inner(holder: Any, step: str, path: str) -> Any:
    if isinstance(holder, dict) and step in holder:
        return holder[step]
    if isinstance(holder, list) and step.isdecimal() and int(step) < len(holder):
        return holder[int(step)]
    if isinstance(holder, dict):
        known = ", ".join(shown(str(name)) for name in list(holder)[:MOST_NAMED])
        text = N_("there is no '{step}' in '{path}'; there is {known}")
        raise ExperimentError(Message(text, {"step": shown(step), "path": shown(path), "known": known}))
    text = N_("there is no '{step}' in '{path}'")
    raise ExperimentError(Message(text, {"step": shown(step), "path": shown(path)}))


def difference(before: Experiment, after: Experiment) -> dict[str, Any]:
    """Return the smallest patch that turns `before` into `after`: one path a changed field.

    A network with other kinds or another number of entries, and a field with another kind, is one change as a whole.
    """
    found: dict[str, Any] = {}
    _compare(to_plain(before), to_plain(after), "", found)
    return found


def _compare(before: Any, after: Any, path: str, found: dict[str, Any]) -> None:
    if isinstance(before, dict) and isinstance(after, dict) and before.get("kind") == after.get("kind"):
        for name, value in after.items():
            _compare(before[name], value, f"{path}.{name}" if path else name, found)
    elif isinstance(before, list) and isinstance(after, list) and _same_kinds(before, after):
        for index, value in enumerate(after):
            _compare(before[index], value, f"{path}.{index}", found)
    elif before != after:
        found[path] = after


def _same_kinds(before: list[Any], after: list[Any]) -> bool:
    return [entry["kind"] for entry in before] == [entry["kind"] for entry in after]


def declared_at(experiment: Experiment, path: str) -> Field | None:
    """Return what is declared of the field at `path`, or None for a place that carries no declaration."""
    struct: Any = experiment
    about: Field | None = None
    for step in path.split("."):
        if isinstance(struct, tuple):
            struct, about = struct[int(step)], None
        else:
            hint = get_type_hints(type(struct), include_extras=True)[step]
            extras = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
            about = next((extra for extra in extras if isinstance(extra, Field)), None)
            struct = getattr(struct, step)
    return about


def is_live(experiment: Experiment, patch: Patch) -> bool:
    """Tell whether every change of `patch` may take effect between two steps. The name of an experiment is live."""
    return all(
        path == "name" or ((about := declared_at(experiment, path)) is not None and about.live) for path in patch
    )


def live_change(experiment: Experiment, patch: Patch) -> Experiment:
    """Return `experiment` with a live edit made; raise `ExperimentError` if it is wrong or would restart the run."""
    changed = apply(experiment, patch)
    if not is_live(experiment, patch):
        text = N_("this change starts the run again; it cannot be made while it trains")
        raise ExperimentError(Message(text))
    return changed


def kinds_at(experiment: Experiment, path: str) -> tuple[str, ...]:
    """Return the ids of the kinds that the field at `path` may hold; empty where it holds no kind."""
    holder: Any = experiment
    *steps, last = path.split(".")
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, tuple) else getattr(holder, step)
    hint = get_type_hints(type(holder))[last]
    options = get_args(hint) if get_origin(hint) is Union else (hint,)
    return tuple(
        kind_of(option) for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct)
    )

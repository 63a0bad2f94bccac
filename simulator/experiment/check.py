"""Faults of an experiment, found in its plain form (dicts, lists, numbers) before anything is built from it.

One walk over the declarations serves files, the command line and forms: it names the place and the remedy.
"""

import math
import types
import typing
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from simulator.data.formats.faults import shown
from simulator.declaration import Field, Kind, kind_of
from simulator.errors import ExperimentError
from simulator.layers import LAYERS
from simulator.message import N_, InSentence, Message

LONGEST_TEXT = 4096  # characters of a name or a path
MOST_ENTRIES = 1000  # of a network


def check(raw: object, kind: Any, place: Message | None = None) -> None:
    """Raise `ExperimentError` if `raw` is not a sound plain form of the struct, or union of kinds, `kind`."""
    _check(raw, kind, None, place or Message(N_("the experiment")))


def _fault(place: Message, text: str, **values: object) -> ExperimentError:
    return ExperimentError(Message(N_("{place}: {fault}"), {"place": place, "fault": Message(text, values)}))


def _check(raw: object, hint: Any, about: Field | None, place: Message) -> None:
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        _check_length(raw, extras, place)
        about = next((extra for extra in extras if isinstance(extra, Field)), about)
    if isinstance(hint, type) and issubclass(hint, Kind):
        _check_union(raw, (hint,), about, place)  # a registry of one kind is no union to Python
    elif isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        _check_struct(raw, hint, place)
    elif get_origin(hint) in (Union, types.UnionType):
        _check_union(raw, get_args(hint), about, place)
    elif get_origin(hint) is tuple:
        _check_entries(raw, get_args(hint)[0], place)
    elif get_origin(hint) is Literal:
        if raw not in get_args(hint):
            choices = ", ".join(map(repr, get_args(hint)))
            raise _fault(
                place,
                N_("{field} must be one of {choices}, not {value}"),
                choices=choices,
                **_who(about, raw),
            )
    else:
        _check_value(raw, hint, about, place)


def _check_length(raw: object, extras: list[object], place: Message) -> None:
    longest = next((extra.max_length for extra in extras if isinstance(extra, msgspec.Meta)), None)
    if longest is not None and isinstance(raw, str) and len(raw) > longest:
        text = N_("a name may have at most {most} letters, and this one has {count:,}")
        raise _fault(place, text, count=len(raw), most=longest)


def _who(about: Field | None, raw: object) -> dict[str, object]:
    field = about.label if about else N_("value")
    return {"field": InSentence(field), "value": _value(raw)}


def _value(raw: object) -> object:
    """Return a value of a file as a sentence can hold it, however long or deep it is."""
    if isinstance(raw, str):
        return f'"{shown(raw)}"'
    if raw is None or isinstance(raw, bool):
        return "null" if raw is None else str(raw).lower()
    if isinstance(raw, int) and abs(raw) >= 10**20:
        return Message(N_("so large a number"))  # Python refuses to print very long ones
    if isinstance(raw, int | float):
        return raw
    return Message(N_("a list")) if isinstance(raw, list | tuple) else Message(N_("a group of fields"))


@cache
def _hints(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return typing.get_type_hints(struct, include_extras=True)


def _check_struct(raw: object, struct: type[msgspec.Struct], place: Message) -> None:
    if not isinstance(raw, dict):
        raise _no_group(raw, place)
    hints = _hints(struct)
    tag_field = struct.__struct_config__.tag_field
    for name, value in raw.items():
        if name == tag_field:
            continue
        if name not in hints:
            known = ", ".join(repr(field) for field in struct.__struct_fields__)
            text = N_("there is no field '{name}'; the fields are {known}")
            raise _fault(place, text, name=shown(str(name)), known=known or "-")
        _check(value, hints[name], None, _deeper(place, struct, name))


def _no_group(raw: object, place: Message) -> ExperimentError:
    return _fault(place, N_("a group of named fields is expected here, not {value}"), value=_value(raw))


def _deeper(place: Message, struct: type[msgspec.Struct], name: str) -> Message:
    if struct.__name__ != "Experiment":
        return place
    words = {
        "data": N_("data set"),
        "split": N_("split"),
        "preprocessing": N_("preprocessing"),
        "network": N_("layers"),
        "output": N_("output layer"),
        "loss": N_("loss"),
        "training": N_("training"),
        "seeds": N_("seeds"),
    }
    return Message(words.get(name, name))


@cache
def _kinds(options: tuple[Any, ...]) -> dict[str, Any]:
    """Return the kinds among the members of a union, by their ids."""
    structs = (option for option in options if isinstance(option, type) and issubclass(option, msgspec.Struct))
    return {kind_of(struct): struct for struct in structs}


def _check_union(raw: object, options: tuple[Any, ...], about: Field | None, place: Message) -> None:
    if raw is None and type(None) in options:
        return
    options = tuple(option for option in options if option is not type(None))
    kinds = _kinds(options)
    if not kinds:
        _check(raw, options[0], about, place)
        return
    if not isinstance(raw, dict):
        raise _no_group(raw, place)
    if "kind" not in raw:
        raise _fault(place, N_("the field 'kind' is missing; give one of {choices}"), choices=", ".join(kinds))
    kind = raw["kind"]
    if not isinstance(kind, str) or kind not in kinds:
        name = shown(str(kind)) if kind is None or isinstance(kind, str) else _value(kind)
        raise _fault(
            place, N_("there is no kind '{name}'; the kinds are {choices}"), name=name, choices=", ".join(kinds)
        )
    _check_struct(raw, kinds[kind], place)


def _check_entries(raw: object, hint: Any, place: Message) -> None:
    if not isinstance(raw, list | tuple):
        raise _fault(place, N_("a list is expected here, not {value}"), value=_value(raw))
    if len(raw) > MOST_ENTRIES:
        text = N_("at most {most:,} entries can be used, and there are {count:,}")
        raise _fault(place, text, count=len(raw), most=MOST_ENTRIES)
    card = 0
    for entry in raw:
        layer = LAYERS.get(str(entry.get("kind"))) if isinstance(entry, dict) else None
        card += 1 if layer is None or layer.weighted else 0
        _check(entry, hint, None, Message(N_("layer {number}"), {"number": max(card, 1)}))


def _check_value(raw: object, hint: Any, about: Field | None, place: Message) -> None:
    who = _who(about, raw)
    if hint is bool:
        if not isinstance(raw, bool):
            raise _fault(place, N_("{field} must be true or false, not {value}"), **who)
    elif hint is str:
        if not isinstance(raw, str):
            raise _fault(place, N_("{field} must be a text, not {value}"), **who)
        if len(raw) > LONGEST_TEXT:
            text = N_("{field} is longer than {most:,} characters; shorten it")
            raise _fault(place, text, field=who["field"], most=LONGEST_TEXT)
        if not _writable(raw):
            raise _fault(place, N_("{field} holds a character that no file can hold"), field=who["field"])
    elif hint is int and (isinstance(raw, bool) or not isinstance(raw, int)):
        raise _fault(place, N_("{field} must be a whole number, not {value}"), **who)
    elif isinstance(raw, bool) or not isinstance(raw, int | float) or not _finite(raw):
        raise _fault(place, N_("{field} must be a number, not {value}"), **who)
    elif about is not None and not _inside(raw, about):
        raise _range_fault(place, about, who)


def _writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a pair of surrogates
        return False
    return True


def _finite(number: int | float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _inside(number: int | float, about: Field) -> bool:
    return (about.low is None or number >= about.low) and (about.high is None or number <= about.high)


def _range_fault(place: Message, about: Field, who: dict[str, object]) -> ExperimentError:
    if about.low is not None and about.high is not None:
        text = N_("{field} must be between {low} and {high}, not {value}")
        return _fault(place, text, low=f"{about.low:.10g}", high=f"{about.high:.10g}", **who)
    if about.low is not None:
        return _fault(place, N_("{field} must be at least {low}, not {value}"), low=f"{about.low:.10g}", **who)
    return _fault(place, N_("{field} must be at most {high}, not {value}"), high=f"{about.high:.10g}", **who)

"""Which arrays of an archive are the examples and which the labels."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.classes import are_numbers, are_sorted, check_are_classes
from simulator.data.formats.faults import fault, shown
from simulator.data.formats.npz import Archive, Entry
from simulator.data.precision import in_32_bits
from simulator.data.report import FileReport
from simulator.message import N_, Message

LARGEST_FEATURES = 240_000_000  # bytes: turning the colours of such an array round takes as much again
LARGEST_LABELS = 40_000_000
MOST_EXAMPLES = 1_000_000
MOST_WIDTH = 100_000
MOST_CLASSES = 1000
LONGEST_CLASS = 100
FEATURES = ("x", "features", "images", "data", "x_train", "train_images")
LABELS = ("y", "labels", "targets", "y_train", "train_labels")
CLASS_NAMES = ("class_names", "label_names")
COLOURS = (1, 3, 4)


@dataclass(frozen=True, eq=False)
class Examples:
    """Features (n, d), uint8, float32 or float64; labels (n,) from 0; names; (height, width[, colours]) of pictures."""

    features: NDArray[Any]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    image_shape: tuple[int, ...] | None
    report: FileReport


def read_examples(path: Path, many_classes: bool = False) -> Examples:
    """Return the examples of an .npz file.

    Parameters
    ----------
    many_classes
        Whether dozens of classes with few examples each are meant.
    """
    with Archive(path) as archive:
        x = _find(archive, FEATURES, _may_be_features, N_("examples, such as 'x'"))
        y = _find(archive, LABELS, _may_be_labels, N_("labels, such as 'y'"))
        examples, labels = archive.entries[x].shape[0], archive.entries[y].shape[0]
        if examples != labels:
            text = N_("{name}: '{x}' ({examples:,}) and '{y}' ({labels:,}) are not equally many; make them so")
            raise fault(text, name=archive.name, x=shown(x), y=shown(y), examples=examples, labels=labels)
        if not 2 <= examples <= MOST_EXAMPLES:
            text = N_("{name}: the count of examples in '{x}' is {examples:,}; between 2 and {most:,} can be read")
            raise fault(text, name=archive.name, x=shown(x), examples=examples, most=MOST_EXAMPLES)
        features, image_shape = _features(archive, x)
        codes, class_names = _labels(archive, y)
        if not many_classes:
            there = [class_names[code] for code in np.unique(codes)]
            check_are_classes(there, examples, archive.name, Message(N_("the array '{key}'"), {"key": shown(y)}))
    report = FileReport(
        archive.name, examples, sorted_by_class=are_sorted(codes), numeric_classes=are_numbers(class_names)
    )
    return Examples(features, codes, class_names, image_shape, report)


def _may_be_features(entry: Entry) -> bool:
    return entry.dtype.kind in "biuf" and 2 <= len(entry.shape) <= 4


def _may_be_labels(entry: Entry) -> bool:
    single = len(entry.shape) == 1 or (len(entry.shape) == 2 and entry.shape[1] == 1)
    return single and entry.dtype.kind in "biufUS"


def _find(archive: Archive, names: tuple[str, ...], fits: Any, what: str) -> str:
    """Return the key of the array of one of the `names`, or else of the only one that fits."""
    by_name = {key.lower(): key for key in reversed(archive.entries)}
    for name in names:
        if name in by_name and fits(archive.entries[by_name[name]]):
            return by_name[name]
    others = {*FEATURES, *LABELS, *CLASS_NAMES} - set(names)
    fitting = [key for key, entry in archive.entries.items() if fits(entry) and key.lower() not in others]
    if len(fitting) != 1:
        there = ", ".join(f"{shown(key)} {entry.shape}" for key, entry in list(archive.entries.items())[:8])
        text = N_("{name} has no single array of {what}; name one so: it holds {there}")
        raise fault(text, name=archive.name, what=Message(what), there=there or "-")
    return fitting[0]


def _features(archive: Archive, key: str) -> tuple[NDArray[Any], tuple[int, ...] | None]:
    entry = archive.entries[key]
    width = math.prod(entry.shape[1:])
    if not 1 <= width <= MOST_WIDTH:
        text = N_(
            "{name}: the count of numbers in an example of '{key}' is {width:,}; between 1 and {most:,} can be read"
        )
        raise fault(text, name=archive.name, key=shown(key), width=width, most=MOST_WIDTH)
    pixels = entry.dtype == np.uint8
    wide = len(entry.shape) == 2 and not np.can_cast(entry.dtype, np.float32)  # pictures are no tables
    kept = np.dtype(np.uint8 if pixels else np.float64 if wide else np.float32)
    array = archive.read(key, kept, LARGEST_FEATURES * (2 if wide else 1))
    shape = array.shape[1:]
    if len(shape) == 3 and shape[0] in COLOURS and shape[2] not in COLOURS:
        array = np.ascontiguousarray(array.transpose(0, 2, 3, 1))  # planes of colour, as PyTorch keeps them
        shape = array.shape[1:]
    if len(shape) == 3 and shape[2] == 1:
        shape = shape[:2]
    is_picture = len(shape) == 2 or (len(shape) == 3 and shape[2] in COLOURS)
    features = array.reshape(len(array), width)
    if not pixels:
        _check_finite(features, archive.name, key)
    return in_32_bits(features) if wide else features, shape if is_picture else None


def _check_finite(features: NDArray[Any], name: str, key: str) -> None:
    rows = max(1, 1_000_000 // features.shape[1])
    for begin in range(0, len(features), rows):
        with np.errstate(over="ignore"):
            piece = features[begin : begin + rows].astype(np.float32, copy=False)
        wrong = ~np.isfinite(piece).all(axis=1)
        if wrong.any():
            text = N_("{name}: '{key}' holds NaN, infinity or a number too large in example {number:,}; mend it")
            raise fault(text, name=name, key=shown(key), number=begin + int(wrong.argmax()) + 1)


def _labels(archive: Archive, key: str) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    raw = archive.read(key, archive.entries[key].dtype, LARGEST_LABELS).reshape(-1)
    if raw.dtype.kind == "f":
        wrong = ~np.isfinite(raw) | (raw != np.floor(raw)) | (np.abs(raw) > 1e15)
        if wrong.any():
            text = N_("{name}: '{key}' holds a label that is no whole number, at example {number:,}; mend it")
            raise fault(text, name=archive.name, key=shown(key), number=int(wrong.argmax()) + 1)
        raw = raw.astype(np.int64)
    values, codes = np.unique(raw, return_inverse=True)
    named = _class_names(archive)
    if named and raw.dtype.kind in "iu" and values[0] >= 0 and values[-1] < len(named):
        return raw.astype(np.int64), named
    if not 2 <= len(values) <= MOST_CLASSES:
        text = N_("{name}: the count of classes in '{key}' is {count:,}; between 2 and {most:,} can be read")
        raise fault(text, name=archive.name, key=shown(key), count=len(values), most=MOST_CLASSES)
    try:
        names = tuple(value.decode() if isinstance(value, bytes) else str(value) for value in values.tolist())
    except UnicodeDecodeError as error:
        text = N_("{name}: '{key}' holds class names whose letters are not in UTF-8; save them as texts, not as bytes")
        raise fault(text, name=archive.name, key=shown(key)) from error
    if max(map(len, names)) > LONGEST_CLASS:
        text = N_("{name}: '{key}' holds a class name of over {most} characters; shorten it")
        raise fault(text, name=archive.name, key=shown(key), most=LONGEST_CLASS)
    return codes.astype(np.int64), names


def _class_names(archive: Archive) -> tuple[str, ...]:
    """Return the names that the archive gives its classes, if it gives different ones."""
    by_name = {key.lower(): key for key in archive.entries}
    key = next((by_name[name] for name in CLASS_NAMES if name in by_name), None)
    if key is None:
        return ()
    entry = archive.entries[key]
    if entry.dtype.kind != "U" or len(entry.shape) != 1 or not 2 <= entry.count <= MOST_CLASSES:
        return ()
    names = tuple(str(name) for name in archive.read(key, entry.dtype, 4 * LONGEST_CLASS * MOST_CLASSES))
    return names if len(set(names)) == len(names) and all(names) else ()

"""What both versions of CIFAR-10 share: the size of an image, its classes, the order of its bytes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import fault
from simulator.message import N_

SIDE, COLOURS = 32, 3
PIXELS = SIDE * SIDE * COLOURS
CLASSES = 10
BATCHES = 5
MOST_IN_BATCH = 20_000
MOST_IMAGES = 60_000
LARGEST_BATCH = 70_000_000  # bytes: with the names that the python version carries
LARGEST_NAMES = 10_000
LONGEST_NAME = 100

CLASS_NAMES = (
    N_("airplane"),
    N_("automobile"),
    N_("bird"),
    N_("cat"),
    N_("deer"),
    N_("dog"),
    N_("frog"),
    N_("horse"),
    N_("ship"),
    N_("truck"),
)


@dataclass(frozen=True, eq=False)
class Batch:
    """Images (n, 3072) as planes red, green, blue, and labels (n,) from 0 to 9, both uint8."""

    planes: NDArray[np.uint8]
    labels: NDArray[np.uint8]


def interleaved(planes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return images (n, 3072) with the colours of a pixel side by side: rows of shape (32, 32, 3)."""
    count = len(planes)
    by_pixel = planes.reshape(count, COLOURS, SIDE, SIDE).transpose(0, 2, 3, 1)
    return np.ascontiguousarray(by_pixel).reshape(count, PIXELS)


def check_count(count: int, name: str) -> None:
    """Raise `FileError` unless a batch may hold so many images."""
    if not 1 <= count <= MOST_IN_BATCH:
        text = N_("the count of images in {name} is {count:,}; a batch holds between 1 and {most:,}: download it again")
        raise fault(text, name=name, count=count, most=MOST_IN_BATCH)


def wrong_label(name: str, label: object, number: int) -> Exception:
    """Return the error for the label of image `number`, counted from 1."""
    text = N_("{name} has the label {label} at image {number:,}, but labels are 0 to 9; download it again")
    return fault(text, name=name, label=label, number=number)


def check_names(names: list[str], name: str) -> tuple[str, ...]:
    """Return the class names of a data set's own list; raise `FileError` unless they are ten different ones."""
    sound = all(0 < len(each) <= LONGEST_NAME and each.isprintable() for each in names)
    if len(names) != CLASSES or len(set(names)) != CLASSES or not sound:
        text = N_("{name} should name ten different classes, not {count:,}; download it again")
        raise fault(text, name=name, count=len(set(names)))
    return tuple(names)

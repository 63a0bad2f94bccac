"""MNIST and Fashion-MNIST as they lie on a disk: a file of images and one of labels, plain or gzipped."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.formats import idx
from simulator.data.formats.faults import fault, name_of, unreadable
from simulator.data.formats.kept import kept
from simulator.data.formats.stream import Stream
from simulator.message import N_, Message, counted

IMAGES, LABELS = "train-images-idx3-ubyte", "train-labels-idx1-ubyte"
OTHER_NAMES = {IMAGES: "train-images.idx3-ubyte", LABELS: "train-labels.idx1-ubyte"}
"""As some programs unpack them."""

FASHION_CLASSES = (
    N_("T-shirt/top"),
    N_("Trouser"),
    N_("Pullover"),
    N_("Dress"),
    N_("Coat"),
    N_("Sandal"),
    N_("Shirt"),
    N_("Sneaker"),
    N_("Bag"),
    N_("Ankle boot"),
)


@dataclass(frozen=True)
class Published:
    """A data set of two idx files: its name, its own folders, its classes, how its training labels begin."""

    name: str
    folders: tuple[str, ...]
    class_names: tuple[str, ...]
    first_labels: tuple[int, ...]
    first_test_labels: tuple[int, ...]


MNIST = Published(
    N_("MNIST"),
    ("mnist", "MNIST", "MNIST/raw"),
    tuple("0123456789"),
    (5, 0, 4, 1, 9, 2, 1, 3, 1, 4),
    (7, 2, 1, 0, 4, 1, 4, 9, 5, 9),
)
FASHION_MNIST = Published(
    N_("Fashion-MNIST"),
    ("fashion", "fashion-mnist", "fashion_mnist", "FashionMNIST", "FashionMNIST/raw"),
    FASHION_CLASSES,
    (9, 0, 0, 3, 0, 2, 7, 2, 5, 5),
    (9, 2, 1, 1, 6, 1, 4, 6, 5, 7),
)


def find(place: Path, published: Published) -> Path | None:
    """Return the folder of the set's files at or in `place`, or None. `place` may also be one of the files."""
    try:
        if place.is_file():
            place = place.parent
        candidates = [*(place / name for name in published.folders), place]
        return next((folder for folder in candidates if _file(folder, IMAGES) or _file(folder, LABELS)), None)
    except OSError as error:
        raise unreadable(name_of(place), error) from error


def _file(folder: Path, name: str) -> Path | None:
    names = [f"{each}{ending}" for each in (name, OTHER_NAMES[name]) for ending in ("", ".gz")]
    return next((folder / each for each in names if (folder / each).is_file()), None)


def load(found: Path, published: Published) -> Dataset:
    """Return the training images of the folder that `find` found, in the order of the file."""
    images, labels = _file(found, IMAGES), _file(found, LABELS)
    if images is None or labels is None:
        text = N_("{place} has no {file}: images and labels belong together; download it too")
        raise fault(text, place=name_of(found), file=LABELS if images else IMAGES)
    return kept(published.name, [images, labels], lambda: _read(images, labels, published))


def _read(images: Path, labels: Path, published: Published) -> Dataset:
    with Stream(labels, idx.LARGEST_FILE) as stream:
        codes = idx.read_labels(stream)
    _check_set(codes, name_of(labels), published)
    with Stream(images, idx.LARGEST_FILE) as stream:
        pixels = idx.read_images(stream)
    if len(pixels) != len(codes):
        text = N_("{images} ({pictures:,}) and {labels} ({marks:,}) do not hold equally many; download both again")
        values = {"images": name_of(images), "labels": name_of(labels), "pictures": len(pixels), "marks": len(codes)}
        raise fault(text, **values)
    note = counted(
        "{set}, {count:,} image from {place}",
        "{set}, {count:,} images from {place}",
        len(pixels),
        {"set": Message(published.name), "place": name_of(images.absolute().parent)},
    )
    shape = (idx.SIDE, idx.SIDE)
    return Dataset(pixels, codes.astype(np.int64), published.class_names, image_shape=shape, source_note=note)


def _check_set(labels: NDArray[np.uint8], name: str, published: Published) -> None:
    """Raise `FileError` if the labels are known to be those of something else."""
    first = tuple(labels[: len(MNIST.first_labels)].tolist())
    for other in (MNIST, FASHION_MNIST):
        if first == other.first_labels and other is not published:
            text = N_("{name} belongs to {other}, not to {wanted}; choose the right folder or data set")
            raise fault(text, name=name, other=Message(other.name), wanted=Message(published.name))
        if first == other.first_test_labels:
            text = N_("{name} holds the test labels of {other}, not the training labels; put the right files there")
            raise fault(text, name=name, other=Message(other.name))

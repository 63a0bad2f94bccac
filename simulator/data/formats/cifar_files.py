"""CIFAR-10 as it lies on a disk: a folder of the binary or python version, or the archive of either."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.data.dataset import Dataset
from simulator.data.formats import cifar, cifar_binary, cifar_python, tar
from simulator.data.formats.cifar import Batch
from simulator.data.formats.faults import fault, name_of, unreadable
from simulator.data.formats.kept import kept
from simulator.data.formats.stream import Stream
from simulator.message import N_, counted

NUMBERS = range(1, cifar.BATCHES + 1)
BINARY = {f"data_batch_{number}.bin": number for number in NUMBERS}
PYTHON = {f"data_batch_{number}": number for number in NUMBERS}
NAMES = {"batches.meta.txt", "batches.meta"}
WANTED = {*BINARY, *PYTHON, *NAMES}
FOLDERS = ("cifar-10-batches-bin", "cifar-10-batches-py")
ARCHIVES = ("cifar-10-python.tar.gz", "cifar-10-binary.tar.gz", "cifar-10-python.tar", "cifar-10-binary.tar")
WHOLE = 140_000_000  # bytes: the published files have 154 million, their archives over 160
LARGEST_ARCHIVE = 600_000_000  # unpacked; what is not wanted is passed over


def find(place: Path) -> Path | None:
    """Return the folder or archive of CIFAR-10 at or in `place`, or None. `place` may also be one of its files."""
    try:
        if place.is_file():
            return place.parent if place.name in WANTED else place
        candidates = [place / name for name in FOLDERS]
        found = [folder for folder in candidates if _has_batches(folder)]
        found += [place / name for name in ARCHIVES if (place / name).is_file()]
        found += [place] if _has_batches(place) else []
    except OSError as error:
        raise unreadable(name_of(place), error) from error
    return found[0] if found else None


def _has_batches(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (*BINARY, *PYTHON))


def is_whole(found: Path) -> bool:
    """Tell from their sizes whether the files that `find` found hold all images: an excerpt has far fewer."""
    files = [found] if found.is_file() else [found / name for name in (*BINARY, *PYTHON)]
    try:
        return sum(file.stat().st_size for file in files if file.is_file()) > WHOLE
    except OSError as error:
        raise unreadable(name_of(found), error) from error


def load(found: Path) -> Dataset:
    """Return the training images of what `find` found, in the order of the batches."""
    if found.is_file():
        return kept("CIFAR-10", [found], lambda: _read(found, _archived(found)))
    is_binary = any((found / name).is_file() for name in BINARY)
    batches, meta = (BINARY, "batches.meta.txt") if is_binary else (PYTHON, "batches.meta")
    for name in batches:
        if not (found / name).is_file():
            raise _missing(name_of(found), name)
    paths = [found / name for name in (meta, *batches) if (found / name).is_file()]
    return kept("CIFAR-10", paths, lambda: _read(found, _in_folder(paths)))


def _in_folder(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        limit = cifar.LARGEST_NAMES if path.name in NAMES else cifar.LARGEST_BATCH
        with Stream(path, limit, f"{name_of(path.parent)}/{path.name}") as stream:
            yield path.name, stream.read(limit + 1)


def _archived(archive: Path) -> Iterator[tuple[str, bytes]]:
    paths = [f"{folder}{name}" for folder in ("", *(f"{folder}/" for folder in FOLDERS)) for name in WANTED]
    with Stream(archive, LARGEST_ARCHIVE) as stream:
        for path, data in tar.wanted_files(stream, frozenset(paths), cifar.LARGEST_BATCH):
            yield path.rpartition("/")[2], data


@dataclass
class _Gathered:
    """Batches in any order, each turned to pixels as it comes: only one of them is held twice."""

    features: dict[int, NDArray[np.uint8]] = field(default_factory=dict)
    labels: dict[int, NDArray[np.uint8]] = field(default_factory=dict)
    images: int = 0

    def add(self, number: int, batch: Batch, name: str) -> None:
        if number in self.features:
            raise fault(N_("{name} is there twice; download the archive again"), name=name)
        self.images += len(batch.labels)
        if self.images > cifar.MOST_IMAGES:
            text = N_("{name} brings the images to over {most:,}; choose the files of CIFAR-10 as published")
            raise fault(text, name=name, most=cifar.MOST_IMAGES)
        self.features[number] = cifar.interleaved(batch.planes)
        self.labels[number] = batch.labels


def _read(found: Path, files: Iterator[tuple[str, bytes]]) -> Dataset:
    gathered = _Gathered()
    class_names: tuple[str, ...] = cifar.CLASS_NAMES
    prefix = f"{name_of(found)}/"
    for file, data in files:
        name = prefix + file
        if file == "batches.meta.txt":
            class_names = cifar_binary.read_names(data, name)
        elif file == "batches.meta":
            class_names = cifar_python.read_names(data, name)
        elif file in BINARY:
            gathered.add(BINARY[file], cifar_binary.read_batch(data, name), name)
        else:
            number = PYTHON[file]
            gathered.add(number, cifar_python.read_batch(data, name, number), name)
    for number in NUMBERS:
        if number not in gathered.features:
            raise _missing(name_of(found), f"data_batch_{number}")
    features = np.concatenate([gathered.features[number] for number in NUMBERS])
    labels = np.concatenate([gathered.labels[number] for number in NUMBERS]).astype(np.int64)
    note = counted(
        "CIFAR-10, {count:,} image from {place}",
        "CIFAR-10, {count:,} images from {place}",
        gathered.images,
        {"place": name_of(found)},
    )
    shape = (cifar.SIDE, cifar.SIDE, cifar.COLOURS)
    return Dataset(features, labels, class_names, image_shape=shape, source_note=note)


def _missing(place: str, file: str) -> Exception:
    text = N_("{place} has no {file}: CIFAR-10 has five training batches; download it again")
    return fault(text, place=place, file=file)

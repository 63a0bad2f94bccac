"""Data files that tests write: small ones in the published formats, and what may become of them."""

import gzip
import io
import os
import struct
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from simulator.data.dataset import Dataset
from simulator.data.formats import kept
from simulator.errors import FileError

ROOT = Path(__file__).resolve().parents[3]
MOST_MEMORY = 500_000_000


# --- the real files ---


def real_files() -> Path:
    """Return the folder of the real excerpts; skip where there is none."""
    for place in (os.environ.get("OBUKA_DATA"), ROOT.parent / "shared" / "data"):
        if place and (Path(place) / "cifar-10-batches-bin").is_dir():
            return Path(place)
    pytest.skip("the real files are not here: set OBUKA_DATA to their folder")


# --- CIFAR-10 ---


def images(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return planes (count, 3072) and labels (count,)."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, 256, (count, 3072), np.uint8), rng.integers(0, 10, count, np.uint8)


def binary(planes: np.ndarray, labels: np.ndarray) -> bytes:
    return np.column_stack([labels, planes]).tobytes()


def text2(text: str) -> bytes:
    """A byte string as Python 2 pickles it."""
    return b"U" + bytes([len(text)]) + text.encode("latin-1")


def python2(planes: np.ndarray, labels: np.ndarray, number: int = 1) -> bytes:
    """A batch as published: pickled by Python 2, protocol 2."""
    count = len(labels)
    array = (
        b"cnumpy.core.multiarray\n_reconstruct\nq\x06cnumpy\nndarray\nq\x07K\x00\x85q\x08U\x01bq\x09\x87q\x0aRq\x0b"
        b"(K\x01"
        + b"J"
        + struct.pack("<i", count)
        + b"M\x00\x0c\x86q\x0ccnumpy\ndtype\nq\x0dU\x02u1q\x0eK\x00K\x01\x87"
        b"q\x0fRq\x10(K\x03U\x01|q\x11NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tq\x12b\x89"
        b"T" + struct.pack("<i", planes.size) + planes.tobytes() + b"tq\x13b"
    )
    return (
        b"\x80\x02}q\x01("
        + text2("batch_label")
        + text2(f"training batch {number} of 5")
        + text2("labels")
        + b"]q\x05("
        + b"".join(b"K" + bytes([label]) for label in labels)
        + b"e"
        + text2("data")
        + array
        + text2("filenames")
        + b"]q\x14("
        + b"".join(text2(f"frog_s_{index:06d}.png") for index in range(count))
        + b"eu."
    )


def names2(names: tuple[str, ...]) -> bytes:
    """`batches.meta` as published."""
    listed = b"".join(map(text2, names))
    return b"\x80\x02}q\x01(" + text2("label_names") + b"]q\x02(" + listed + b"e" + text2("num_vis") + b"M\x00\x0cu."


def batches(count: int = 2) -> list[tuple[np.ndarray, np.ndarray]]:
    return [images(count, seed) for seed in range(5)]


def binary_files(count: int = 2) -> dict[str, bytes]:
    return {f"data_batch_{number}.bin": binary(*each) for number, each in enumerate(batches(count), 1)}


def python_files(count: int = 2) -> dict[str, bytes]:
    return {f"data_batch_{number}": python2(*each, number) for number, each in enumerate(batches(count), 1)}


def pixels(count: int = 2) -> np.ndarray:
    """What a loader makes of the images of `batches`, pixel by pixel."""
    planes = np.concatenate([each for each, _ in batches(count)])
    return np.stack([planes[:, :1024], planes[:, 1024:2048], planes[:, 2048:]], axis=2).reshape(-1, 3072)


def tar(files: dict[str, bytes] | list[tuple[str, bytes]], **settings: int) -> bytes:
    """A tar archive of regular files."""
    pairs = files.items() if isinstance(files, dict) else files
    room = io.BytesIO()
    with tarfile.open(fileobj=room, mode="w", **settings) as archive:
        for name, data in pairs:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return room.getvalue()


# --- idx, npz ---


def idx_images(array: np.ndarray) -> bytes:
    return struct.pack(">4I", 2051, len(array), 28, 28) + array.tobytes()


def idx_labels(array: np.ndarray) -> bytes:
    return struct.pack(">2I", 2049, len(array)) + array.tobytes()


def digits(count: int = 12) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (count, 784), np.uint8), np.arange(count, dtype=np.uint8) % 10


def npz(**arrays: np.ndarray) -> bytes:
    room = io.BytesIO()
    np.savez(room, **arrays)
    return room.getvalue()


def npy(header: str, data: bytes) -> bytes:
    """An array with any header."""
    text = header.encode("latin-1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + data


def zipped(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return room.getvalue()


@cache
def bomb(start: bytes = b"", megabytes: int = 100) -> bytes:
    """A small gzip file of many zeros."""
    return gzip.compress(start + bytes(megabytes * 1_000_000), 1)


# --- what may become of them ---


@st.composite
def damaged(draw: st.DrawFn, sound: bytes, others: tuple[bytes, ...] = ()) -> bytes:
    """Draw what is left of a sound file after an accident or a malicious hand."""
    data = draw(st.sampled_from((sound, *others))) if draw(st.integers(0, 4)) == 0 else sound
    for _ in range(draw(st.integers(1, 2))):
        # The beginning, where the headers are, is hit as often as all the rest.
        place = draw(st.one_of(st.integers(0, min(len(data), 200)), st.integers(0, len(data))))
        accident = draw(st.sampled_from(("cut", "flip", "flip", "insert", "delete", "append", "none")))
        if accident == "cut":
            data = data[:place]
        elif accident == "flip":
            data = data[:place] + draw(st.binary(min_size=1, max_size=4)) + data[place + 1 :]
        elif accident == "insert":
            data = data[:place] + draw(st.binary(min_size=1, max_size=20)) + data[place:]
        elif accident == "delete":
            data = data[:place] + data[place + draw(st.integers(1, 100)) :]
        elif accident == "append":
            data += draw(st.binary(min_size=1, max_size=50))
    if draw(st.integers(0, 4)) == 0:
        data = gzip.compress(data, 1)
        if draw(st.booleans()):
            place = draw(st.integers(0, len(data) - 1))
            data = data[:place] + draw(st.binary(max_size=2)) + data[place + 1 :]
    return data


def sound_or_said(load: Callable[[], Dataset], *names: str) -> str | None:
    """Load; check what came, or that a sentence of one line names one of the files. Return the sentence."""
    kept.forget()
    try:
        data = load()
    except FileError as error:
        sentence = str(error.message)
        assert any(name in sentence for name in names), sentence
        assert len(sentence) < 400
        assert sentence.isprintable(), sentence
        assert not sentence.endswith(".")
        return sentence
    assert data.features.dtype in (np.float32, np.uint8)
    assert data.features.ndim == 2
    assert data.features.flags.c_contiguous
    assert data.features.dtype == np.uint8 or np.isfinite(data.features).all()
    assert data.labels.dtype == np.int64
    assert data.labels.shape == (data.examples,)
    assert data.examples > 0
    assert data.labels.min() >= 0
    assert data.labels.max() < data.classes
    assert len(set(data.class_names)) == data.classes
    assert not data.features.flags.writeable
    return None


def sentence_of(load: Callable[[], Dataset]) -> str:
    """Return the sentence about a file that cannot be loaded."""
    with pytest.raises(FileError) as caught:
        load()
    return str(caught.value.message)


@contextmanager
def little_memory(most: int = MOST_MEMORY) -> Iterator[None]:
    """Give no more memory than `most` on top of what is in use, where the system can refuse it."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def measured(most: int = MOST_MEMORY) -> Iterator[None]:
    """Assert that no more than `most` bytes are held at once."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()

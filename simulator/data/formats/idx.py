"""The idx format of MNIST and Fashion-MNIST: a magic word, sizes, then one byte a number, all big-endian."""

import struct

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import fault, wrong_format
from simulator.data.formats.stream import Stream
from simulator.message import N_, Message

LABELS_MAGIC = 2049
IMAGES_MAGIC = 2051
LARGEST_COUNT = 200_000
SIDE = 28
CLASSES = 10
LARGEST_FILE = LARGEST_COUNT * SIDE * SIDE + 16

IMAGES = N_("an idx file of images")
LABELS = N_("an idx file of labels")


def read_images(stream: Stream) -> NDArray[np.uint8]:
    """Return the images (n, 784) of an idx file."""
    _check_magic(stream, IMAGES_MAGIC, LABELS_MAGIC, IMAGES)
    header = _header(stream, 3)
    count, rows, columns = header
    if (rows, columns) != (SIDE, SIDE):
        raise fault(
            N_("{name} says at byte 8 that images have {rows:,} x {columns:,} pixels, not 28 x 28; get it again"),
            name=stream.name,
            rows=rows,
            columns=columns,
        )
    return _bytes(stream, count, SIDE * SIDE, N_("images")).reshape(count, SIDE * SIDE)


def read_labels(stream: Stream) -> NDArray[np.uint8]:
    """Return the labels (n,) of an idx file, 0 to 9."""
    _check_magic(stream, LABELS_MAGIC, IMAGES_MAGIC, LABELS)
    (count,) = _header(stream, 1)
    labels = _bytes(stream, count, 1, N_("labels"))
    wrong = np.flatnonzero(labels >= CLASSES)
    if wrong.size:
        raise fault(
            N_("{name} has the label {label} at number {number:,}, but labels are 0 to 9; download it again"),
            name=stream.name,
            label=int(labels[wrong[0]]),
            number=int(wrong[0]) + 1,
        )
    return labels


def _check_magic(stream: Stream, wanted: int, other: int, what: str) -> None:
    head = stream.read(4)
    if head == struct.pack(">I", wanted):
        return
    if head == struct.pack(">I", other):
        text = (
            N_("{name} holds labels where images belong: two files have each other's names; rename them")
            if other == LABELS_MAGIC
            else N_("{name} holds images where labels belong: two files have each other's names; rename them")
        )
        raise fault(text, name=stream.name)
    raise wrong_format(stream.name, what, head + stream.read(512))


def _header(stream: Stream, words: int) -> tuple[int, ...]:
    header = stream.read(4 * words)
    if len(header) < 4 * words:
        text = N_("{name} is cut short: it ends at byte {byte:,}, inside its header; download it again")
        raise fault(text, name=stream.name, byte=stream.position)
    return struct.unpack(f">{words}I", header)


def _bytes(stream: Stream, count: int, each: int, what: str) -> NDArray[np.uint8]:
    if not 1 <= count <= LARGEST_COUNT:
        raise fault(
            N_("{name} says at byte 4 how many {what} it holds, {count:,}; between 1 and {most:,} can be read"),
            name=stream.name,
            count=count,
            what=Message(what),
            most=LARGEST_COUNT,
        )
    data = stream.read(count * each)
    if len(data) < count * each:
        raise fault(
            N_("{name} is cut short: of the {what} in its header ({count:,}) some are missing; download it again"),
            name=stream.name,
            count=count,
            what=Message(what),
        )
    if stream.some(1):
        raise fault(
            N_("{name} goes on after the {what} that its header promises ({count:,}); download it again"),
            name=stream.name,
            count=count,
            what=Message(what),
        )
    return np.frombuffer(data, np.uint8)

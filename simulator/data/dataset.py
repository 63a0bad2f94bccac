"""A data set in memory."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import shown
from simulator.data.report import FileReport
from simulator.message import N_, Message, counted

MOST_COUNTED = 30


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples and labels; the arrays are read-only and may be shared by many runs.

    Attributes
    ----------
    features
        uint8, float32 or float64, shape (examples, features). Images stay uint8: the gather converts. Tables are
        float64 where a column would lose its digits in 32 bits.
    labels
        int64, shape (examples,), from 0 to `len(class_names) - 1`.
    class_names
        One a class.
    feature_names
        Names of the columns; empty where they are pixels.
    image_shape
        (height, width) or (height, width, colours) where an example is a picture, else None.
    source_note
        What was read from where, in one phrase, where files decide it.
    report
        What the reader noticed of a file of the user's own, else None.
    """

    features: NDArray[np.uint8] | NDArray[np.float32] | NDArray[np.float64]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...] = ()
    image_shape: tuple[int, ...] | None = None
    source_note: Message | None = None
    report: FileReport | None = None

    def __post_init__(self) -> None:
        self.features.flags.writeable = False
        self.labels.flags.writeable = False

    @cached_property
    def digest(self) -> bytes:
        """A hash of examples and labels: whether data read again are those of before."""
        found = blake2b(repr((self.features.shape, self.features.dtype.str, self.class_names)).encode())
        for array in (self.features, self.labels):
            found.update(np.ascontiguousarray(array).data)
        return found.digest()

    @property
    def nbytes(self) -> int:
        """Bytes of examples and labels."""
        return self.features.nbytes + self.labels.nbytes

    @property
    def examples(self) -> int:
        """Number of examples."""
        return int(self.features.shape[0])

    @property
    def width(self) -> int:
        """Number of features of one example."""
        return int(self.features.shape[1])

    @property
    def plane(self) -> bool:
        """Whether an example is a point of the plane: two features, wherever they come from."""
        return self.width == 2

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.class_names)

    @property
    def class_counts(self) -> tuple[int, ...]:
        """Number of examples of each class, in the order of `class_names`."""
        return tuple(np.bincount(self.labels, minlength=self.classes).tolist())

    @property
    def told(self) -> tuple[Message, ...]:
        """What should be known before training: how many examples, of which classes, and how a file was understood."""
        counts = [f"{shown(name)} {count:,}" for name, count in zip(self.class_names, self.class_counts, strict=True)]
        listed = ", ".join(counts[:MOST_COUNTED]) + (" …" if len(counts) > MOST_COUNTED else "")
        examples = counted("{count:,} example", "{count:,} examples", self.examples)
        classes = counted("{count:,} class", "{count:,} classes", self.classes)
        values = {"examples": examples, "classes": classes, "counts": listed}
        first = Message(N_("{examples}, {classes}: {counts}."), values)
        return (first, *(self.report.sentences if self.report is not None else ()))

"""A data set in memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.message import Message


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples and labels; the arrays are read-only and may be shared by many runs.

    Attributes
    ----------
    features
        float32 or uint8, shape (examples, features). Images stay uint8: the gather converts.
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
    """

    features: NDArray[np.float32] | NDArray[np.uint8]
    labels: NDArray[np.int64]
    class_names: tuple[str, ...]
    feature_names: tuple[str, ...] = ()
    image_shape: tuple[int, ...] | None = None
    source_note: Message | None = None

    def __post_init__(self) -> None:
        self.features.flags.writeable = False
        self.labels.flags.writeable = False

    @property
    def examples(self) -> int:
        """Number of examples."""
        return int(self.features.shape[0])

    @property
    def width(self) -> int:
        """Number of features of one example."""
        return int(self.features.shape[1])

    @property
    def classes(self) -> int:
        """Number of classes."""
        return len(self.class_names)

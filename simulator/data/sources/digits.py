"""1,797 handwritten digits of 8 x 8 pixels (UCI optdigits; Alpaydin and Kaynak 1998)."""

from importlib.resources import files
from typing import ClassVar

import numpy as np

from simulator.data.dataset import Dataset
from simulator.data.sources.base import Source
from simulator.message import N_


class Digits(Source, tag="digits", frozen=True):
    """Pixels 0 to 16 as uint8."""

    label: ClassVar[str] = N_("Handwritten digits")
    help: ClassVar[str] = N_("1,797 real digits of 8 by 8 pixels.")
    source: ClassVar[str] = "Alpaydin and Kaynak 1998, CC BY 4.0"
    rank: ClassVar[int] = 10

    def load(self, seed: int) -> Dataset:
        with (
            (files("resources") / "data" / "digits.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as held,
        ):
            images, labels = held["images"], held["labels"].astype(np.int64)
        return Dataset(images, labels, tuple("0123456789"), image_shape=(8, 8))

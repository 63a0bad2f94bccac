"""1,797 handwritten digits of 8 x 8 pixels (UCI optdigits; Alpaydin and Kaynak 1998)."""

from typing import ClassVar

from simulator.data.built_in import images_and_labels
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
        images, labels = images_and_labels("digits.npz")
        return Dataset(images, labels, tuple("0123456789"), image_shape=(8, 8))

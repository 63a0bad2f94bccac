"""2,000 images of Fashion-MNIST that come with the program (Xiao, Rasul, Vollgraf 2017; MIT licence)."""

from functools import cache
from typing import ClassVar

from simulator.data.built_in import images_and_labels
from simulator.data.dataset import Dataset
from simulator.data.formats.idx_files import FASHION_CLASSES
from simulator.data.sources.base import Source
from simulator.message import N_, Message


class Fashion(Source, tag="fashion", frozen=True):
    """The first 2,000 training images, pixels 0 to 255 as uint8."""

    label: ClassVar[str] = N_("Clothing")
    help: ClassVar[str] = N_(
        "2,000 real pictures of clothing, 28 by 28 pixels, from Fashion-MNIST: nothing to download."
    )
    source: ClassVar[str] = "Xiao, Rasul and Vollgraf 2017, MIT"
    rank: ClassVar[int] = 11

    def load(self, seed: int) -> Dataset:
        return _load()


@cache
def _load() -> Dataset:
    images, labels = images_and_labels("fashion.npz")
    note = Message(N_("Fashion-MNIST, {images:,} built-in images"), {"images": len(images)})
    return Dataset(images, labels, FASHION_CLASSES, image_shape=(28, 28), source_note=note)

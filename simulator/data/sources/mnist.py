"""MNIST, from the files that its makers publish (LeCun, Cortes, Burges)."""

from typing import ClassVar

from simulator.data.formats import idx_files
from simulator.data.sources.idx_source import IdxSource
from simulator.message import N_


class Mnist(IdxSource, tag="mnist", frozen=True):
    """The training images in their order; the test images are left for testing."""

    label: ClassVar[str] = N_("MNIST")
    help: ClassVar[str] = N_("Handwritten digits of 28 by 28 pixels, from their own files.")
    source: ClassVar[str] = "LeCun, Cortes and Burges 1998"
    rank: ClassVar[int] = 14
    published: ClassVar[idx_files.Published] = idx_files.MNIST

"""Fashion-MNIST, from the files that its makers publish (Xiao, Rasul, Vollgraf 2017)."""

from typing import ClassVar

from simulator.data.formats import idx_files
from simulator.data.sources.idx_source import IdxSource
from simulator.message import N_


class FashionMnist(IdxSource, tag="fashion_mnist", frozen=True):
    """The training images in their order; the test images are left for testing."""

    label: ClassVar[str] = N_("Fashion-MNIST")
    help: ClassVar[str] = N_("Pieces of clothing of 28 by 28 pixels, from their own files.")
    source: ClassVar[str] = "Xiao, Rasul and Vollgraf 2017"
    rank: ClassVar[int] = 15
    published: ClassVar[idx_files.Published] = idx_files.FASHION_MNIST

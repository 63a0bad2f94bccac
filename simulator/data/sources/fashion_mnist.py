"""Fashion-MNIST, from the files that its makers publish (Xiao, Rasul, Vollgraf 2017)."""

from typing import Annotated, ClassVar

from simulator.data.dataset import Dataset
from simulator.data.folders import not_found, places
from simulator.data.formats import idx_files
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_


class FashionMnist(Source, tag="fashion_mnist", frozen=True):
    """The training images in their order; the test images are left for testing."""

    label: ClassVar[str] = N_("Fashion-MNIST")
    help: ClassVar[str] = N_("Pieces of clothing of 28 by 28 pixels, from their own files.")
    source: ClassVar[str] = "Xiao, Rasul and Vollgraf 2017"
    rank: ClassVar[int] = 15
    needs_files: ClassVar[bool] = True

    folder: Annotated[
        str,
        Field(
            N_("Folder"),
            help=N_("The folder of the idx files, plain or gzipped; empty: OBUKA_DATA and the data folder."),
        ),
    ] = ""

    def load(self, seed: int) -> Dataset:
        searched = places(self.folder)
        for place in searched:
            found = idx_files.find(place, idx_files.FASHION_MNIST)
            if found is not None:
                return idx_files.load(found, idx_files.FASHION_MNIST)
        raise not_found(N_("Fashion-MNIST"), f"fashion/{idx_files.IMAGES}.gz, fashion/{idx_files.LABELS}.gz", searched)

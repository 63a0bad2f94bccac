"""CIFAR-10, the lecture's images, from the files that its makers publish (Krizhevsky 2009)."""

from typing import Annotated, ClassVar

from simulator.data.dataset import Dataset
from simulator.data.folders import not_found, places
from simulator.data.formats import cifar_files
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_


class Cifar10(Source, tag="cifar10", frozen=True):
    """The five training batches in their order; the test batch is left for testing."""

    label: ClassVar[str] = N_("CIFAR-10")
    help: ClassVar[str] = N_("Small colour pictures of ten things: the lecture's set, from its own files.")
    source: ClassVar[str] = "Krizhevsky 2009; C2, F, G"
    rank: ClassVar[int] = 13
    needs_files: ClassVar[bool] = True

    folder: Annotated[
        str,
        Field(
            N_("Folder"),
            help=N_(
                "The folder or archive of the files, binary or python version; empty: OBUKA_DATA and the data folder."
            ),
        ),
    ] = ""

    def load(self, seed: int) -> Dataset:
        searched = places(self.folder)
        for place in searched:
            found = cifar_files.find(place)
            if found is not None:
                return cifar_files.load(found)
        raise not_found(N_("CIFAR-10"), "cifar-10-python.tar.gz", searched)

"""What MNIST and the sets in its format share: idx files in a folder."""

from typing import Annotated, ClassVar

from simulator.data.dataset import Dataset
from simulator.data.folders import not_found, places
from simulator.data.formats import idx_files
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_


class IdxSource(Source, frozen=True):
    """The training images in their order; the test images are left for testing."""

    needs_files: ClassVar[bool] = True
    published: ClassVar[idx_files.Published]

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
            found = idx_files.find(place, self.published)
            if found is not None:
                return idx_files.load(found, self.published)
        folder = self.published.folders[0]
        wanted = f"{folder}/{idx_files.IMAGES}.gz, {folder}/{idx_files.LABELS}.gz"
        raise not_found(self.label, wanted, searched)

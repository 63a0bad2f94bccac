"""The images of the lecture's exercises: CIFAR-10 where it is, else a set that is always there (slides F and G)."""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal

from simulator.data.dataset import Dataset
from simulator.data.folders import data_folders
from simulator.data.formats import cifar_files
from simulator.data.sources.base import Source
from simulator.data.sources.fashion import Fashion
from simulator.message import N_, Message

Pictures = Literal["all", "excerpt", "built_in_images"]
"""All of CIFAR-10, an excerpt of it, or what comes with the program."""


def find_cifar() -> Path | None:
    """Return where CIFAR-10 lies, or None."""
    return next((found for place in data_folders() if (found := cifar_files.find(place)) is not None), None)


def pictures_at_hand() -> Pictures:
    """Return which pictures the lecture's experiments get now."""
    found = find_cifar()
    if found is None:
        return "built_in_images"
    return "all" if cifar_files.is_whole(found) else "excerpt"


class LectureImages(Source, tag="lecture_images", frozen=True):
    """CIFAR-10 from OBUKA_DATA or the data folder, else the built-in clothing; the data set's note says which."""

    label: ClassVar[str] = N_("Lecture images")
    help: ClassVar[str] = N_("CIFAR-10 if it lies in the data folder, otherwise the built-in pictures of clothing.")
    source: ClassVar[str] = "F, G"
    rank: ClassVar[int] = 12

    def load(self, seed: int) -> Dataset:
        found = find_cifar()
        if found is not None:
            return cifar_files.load(found)
        built_in = Fashion().load(seed)
        text = N_("Fashion-MNIST, {images:,} built-in images (no CIFAR-10 was found in the data folder)")
        return replace(built_in, source_note=Message(text, {"images": built_in.examples}))

    def chosen(self) -> Message:
        """Return which images these are and where they come from."""
        note = self.load(0).source_note
        assert note is not None
        return note

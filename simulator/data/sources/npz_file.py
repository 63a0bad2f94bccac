"""Arrays of the user's own: an .npz file."""

from typing import Annotated, ClassVar

from simulator.data.dataset import Dataset
from simulator.data.folders import file_at
from simulator.data.formats.examples import read_examples
from simulator.data.formats.kept import kept
from simulator.data.sources.base import Source
from simulator.declaration import Field
from simulator.message import N_, Message, counted


class NpzFile(Source, tag="npz_file", frozen=True):
    """Images (uint8 stays so) or numbers, and a label each."""

    label: ClassVar[str] = N_("NumPy archive (NPZ)")
    help: ClassVar[str] = N_(
        "Your own arrays: 'x' with one example a row or one picture each, and 'y' with the labels."
    )
    source: ClassVar[str] = ""
    rank: ClassVar[int] = 31
    needs_files: ClassVar[bool] = True

    path: Annotated[
        str, Field(N_("File"), help=N_("The .npz file: arrays 'x' and 'y', or one of numbers and one of labels."))
    ] = ""

    many_classes: Annotated[
        bool,
        Field(
            N_("Many classes"),
            help=N_("Allows dozens of classes with few examples each, which usually are a number."),
        ),
    ] = False

    def load(self, seed: int) -> Dataset:
        path = file_at(self.path)

        def read() -> Dataset:
            held = read_examples(path, self.many_classes)
            examples = counted("{count:,} example", "{count:,} examples", held.features.shape[0])
            features = counted("{count:,} feature", "{count:,} features", held.features.shape[1])
            values = {"name": path.name, "examples": examples, "features": features}
            note = Message(N_("{name}: {examples}, {features}"), values)
            return Dataset(
                held.features,
                held.labels,
                held.class_names,
                image_shape=held.image_shape,
                source_note=note,
                report=held.report,
            )

        return kept(self, [path], read)

"""What every data set declares."""

from typing import ClassVar

from simulator.data.dataset import Dataset
from simulator.declaration import Kind


class Source(Kind, frozen=True):
    """A data set to pick."""

    drawn: ClassVar[bool] = False  # by the seed alone: nothing outside can change the examples
    needs_files: ClassVar[bool] = False  # the user's own: a field `folder` or `path` says where they are

    def load(self, seed: int) -> Dataset:
        """Return the examples; every random choice comes from `seed`."""
        raise NotImplementedError(type(self).__name__)

"""The data that come with the program."""

import zipfile
import zlib
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.data.formats.faults import fault
from simulator.message import N_

DAMAGE = (OSError, ImportError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)


def images_and_labels(name: str) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the images and labels of the archive `name`; raise `FileError` if it is missing or damaged."""
    try:
        with (
            (files("resources") / "data" / name).open("rb") as file,
            np.load(file, allow_pickle=False) as held,
        ):
            return held["images"], held["labels"].astype(np.int64)
    except DAMAGE as error:
        text = N_("{name}, which comes with the program, is missing or damaged; install the program again")
        raise fault(text, name=name) from error

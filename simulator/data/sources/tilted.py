"""Two long clouds far from the origin: data that ask for preprocessing (slide C1)."""

from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray

from simulator.data.sources.plane import PlaneSource
from simulator.declaration import Field
from simulator.message import N_

CENTRE = np.array([4.0, 2.0])
ALONG = np.array([2.0, 0.8])  # one standard deviation of the length of both clouds
APART = np.array([-0.2, 0.5])  # from the centre to the middle of the first cloud


class Tilted(PlaneSource, tag="tilted", frozen=True):
    """Class A lies above class B; both stretch the same way, so the two features go together."""

    label: ClassVar[str] = N_("Tilted clouds")
    help: ClassVar[str] = N_("Two long clouds far from 0, of unequal width: what preprocessing is for.")
    source: ClassVar[str] = "C1"
    rank: ClassVar[int] = 5

    noise: Annotated[
        float,
        Field(N_("Noise"), low=0, high=2, help=N_("How far points stray from the shape (standard deviation).")),
    ] = 0.4

    def points(
        self, labels: NDArray[np.int64], rng: np.random.Generator
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        sides = np.where(labels == 0, 1.0, -1.0)
        return CENTRE + rng.standard_normal(labels.size)[:, None] * ALONG + sides[:, None] * APART, labels

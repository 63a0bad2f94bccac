"""What every initialiser declares."""

import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Kind


class Initializer(Kind, frozen=True):
    """A rule that draws the weights at the start."""

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> NDArray[np.float64]:
        """Return weights of `shape`.

        `rng` is seeded by (weight seed, key of the layer), so two schemes that draw normal numbers draw the same ones:
        He is exactly sqrt 2 times Xavier.
        """
        raise NotImplementedError(type(self).__name__)

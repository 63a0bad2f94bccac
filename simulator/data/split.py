"""The split into training and validation examples."""

from typing import Annotated, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from simulator.declaration import Field
from simulator.message import N_


class Split(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which examples train and which validate."""

    validation: Annotated[
        float,
        Field(N_("Validation share"), low=0, high=0.9, help=N_("The share of the examples that only validate.")),
    ] = 0.2
    order: Annotated[
        Literal["shuffled", "file"],
        Field(
            N_("Split order"),
            help=N_("Shuffled by the data seed, or the last examples of the file validate."),
            words={"shuffled": N_("shuffled"), "file": N_("as in the file")},
        ),
    ] = "shuffled"

    def indices(self, examples: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the indices of the training and of the validation examples.

        At least one example trains; with a share above 0 and two examples or more, at least one validates.
        """
        count = round(examples * self.validation)
        if self.validation > 0:
            count = max(count, 1)
        count = min(count, examples - 1)
        order = np.arange(examples)
        if self.order == "shuffled":
            # The second word keeps the split apart from the draw of the points, which has the same seed.
            order = np.random.default_rng([seed, 1]).permutation(examples)
        return order[: examples - count], order[examples - count :]

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
    at_most: Annotated[
        int | None,
        Field(
            N_("Limit validation to"),
            low=1,
            high=1_000_000,
            unit=N_("examples"),
            help=N_("No more examples than this validate, however many there are; none = no limit."),
            source="F1",
        ),
    ] = None
    train_on: Annotated[
        int | None,
        Field(
            N_("Limit training to"),
            low=1,
            high=1_000_000,
            unit=N_("examples"),
            help=N_("Only the first so many train; preprocessing still measures all of them; none = all."),
            source="F3",
        ),
    ] = None
    order: Annotated[
        Literal["shuffled", "stratified", "file"],
        Field(
            N_("Split order"),
            help=N_("Shuffled by the data seed, the same share of every class, or the last examples of the file."),
            words={"shuffled": N_("shuffled"), "stratified": N_("every class alike"), "file": N_("as in the file")},
        ),
    ] = "shuffled"

    def indices(self, labels: NDArray[np.int64], seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the indices of the training and of the validation examples.

        At least one example trains; with a share above 0 and two examples or more, at least one validates.
        """
        examples = labels.size
        count = round(examples * self.validation)
        if self.validation > 0:
            count = max(count, 1)
        if self.at_most is not None:
            count = min(count, self.at_most)
        count = min(count, examples - 1)
        order = np.arange(examples)
        if self.order != "file":
            # The second word keeps the split apart from the draw of the points, which has the same seed.
            order = np.random.default_rng([seed, 1]).permutation(examples)
        if self.order == "stratified":
            order = _classes_spread(order, labels)
        return order[: examples - count], order[examples - count :]


def _classes_spread(order: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `order` rearranged so that every stretch of it holds the classes in their shares."""
    place = np.empty(order.size)
    for label in np.unique(labels):
        members = np.flatnonzero(labels[order] == label)
        place[members] = (np.arange(members.size) + 0.5) / members.size
    return order[np.argsort(place, kind="stable")]

"""Which view is large, which stands beside it, and what a click makes of that. Values only, no Qt."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

FOUR: Final = ("loss", "accuracy", "gradient_flow", "activations")
"""The plots of the mission: what is promoted changes size, never presence."""
PLANE: Final = "plane"
NETWORK: Final = "network"

ON_A_PLANE: Final = "plane"
OTHER: Final = "other"
HOMES: Final = {ON_A_PLANE: PLANE, OTHER: "loss"}
"""What is large as it comes, by kind of data."""


@dataclass(frozen=True)
class Choice:
    """What a person chose for one kind of data: the large view, and the one in the network's place."""

    large: str
    beside: str


@dataclass(frozen=True)
class Hierarchy:
    """What rules.

    Attributes
    ----------
    home
        The view that is large as it comes.
    large
        The view that is large now.
    beside
        What stands in the network's place, where the stage has one; the network as it comes.
    """

    home: str
    large: str
    beside: str = NETWORK

    @property
    def choice(self) -> Choice:
        """What is to be remembered."""
        return Choice(self.large, self.beside)

    @property
    def is_default(self) -> bool:
        """Whether everything stands as it comes."""
        return self == as_it_comes(self.home)

    @property
    def companion(self) -> str:
        """The view that keeps a small place though it is none of the four: a boundary that is not large."""
        return self.home if self.home not in (*FOUR, self.large) else ""

    def promoted(self, view: str) -> "Hierarchy":
        """Return it with another large view; what was large stands in the network's place."""
        if view == self.large:
            return self
        if view == self.home:
            return as_it_comes(self.home)
        if self.home not in FOUR:
            return replace(self, large=view, beside=self.home)
        if self.large not in FOUR or self.beside in ("", NETWORK, view):
            return replace(self, large=view, beside=self.large)
        return replace(self, large=view)

    def with_beside(self, view: str) -> "Hierarchy":
        """Return it with a view in the network's place."""
        return self if view == self.large else replace(self, beside=view)

    def without(self, view: str) -> "Hierarchy":
        """Return it without a view that was asked for: what it took the place of comes back."""
        if view == self.large:
            return as_it_comes(self.home)
        if view == self.beside:
            return replace(self, beside=self.usual_beside)
        return self

    @property
    def usual_beside(self) -> str:
        """What stands in the network's place unless somebody asks for another view there."""
        return self.companion or NETWORK


def as_it_comes(home: str) -> Hierarchy:
    """Return what rules before anybody chooses."""
    return Hierarchy(home, home)


def chosen(kind: str, choice: Choice | None, known: Collection[str]) -> Hierarchy:
    """Return what was chosen for a kind of data, or how it comes; a view that is no more was not chosen."""
    home = HOMES[kind]
    foreign = set(HOMES.values()) - {home} - set(FOUR)
    if choice is None or choice.large not in known or choice.large in foreign:
        return as_it_comes(home)
    made = Hierarchy(home, choice.large, choice.beside)
    fits = choice.beside in known and choice.beside not in (foreign | {choice.large})
    return made if fits or choice.beside == NETWORK else replace(made, beside=made.usual_beside)

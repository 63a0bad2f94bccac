"""How the window finds and offers a view."""

from collections.abc import Callable
from dataclasses import dataclass

from app.cards.view_card import ViewCard
from app.running.context import Context


@dataclass(frozen=True)
class ViewSpec:
    """What is declared of a view.

    Attributes
    ----------
    id
        What presets and settings know it by.
    title
        Marked words of its entry in the menu of views.
    tip
        Marked sentence: which question it answers.
    rank
        Its place in the menu.
    make
        Makes the card; called when it is first shown.
    beside
        It stands in the right column, where a preset names it, and not on the stage.
    in_a_plane
        It needs data of two features.
    """

    id: str
    title: str
    tip: str
    rank: int
    make: Callable[[Context], ViewCard]
    beside: bool = False
    in_a_plane: bool = False

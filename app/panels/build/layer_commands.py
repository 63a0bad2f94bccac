"""What one may do to the network, as undoable edits of the document; the list selects what was touched."""

from app.document.card_edits import Network, with_card, with_copy, with_move, without_card
from app.document.document import Document
from app.panels.build.layer_list import LayerList
from app.system.i18n import _
from simulator.experiment import cards


class LayerCommands:
    """Add, move, duplicate and delete, by the layer that is selected in the list."""

    def __init__(self, document: Document, layers: LayerList) -> None:
        self._document = document
        self._list = layers

    @property
    def layer(self) -> int | None:
        """The number of the selected layer; None while none is, or the input or the output."""
        row = self._list.selected
        return row if row is not None and 1 <= row <= self._count else None

    def add(self, weighted: str, activation: str) -> None:
        """Add a layer below the selected one, or before the output."""
        row = self._list.selected
        after = self._count if row is None else min(row, self._count)
        self._set_network(with_card(self._network, after, weighted, activation), _("Add layer"), after + 1)

    def move(self, by: int) -> None:
        """Move the selected layer down, or up where `by` is negative; it stays between input and output."""
        if self.layer is not None and 1 <= self.layer + by <= self._count:
            self._move_to(self.layer, self.layer + by)

    def drop(self, source: int, destination: int) -> None:
        """Move the layer of row `source` in front of row `destination`."""
        self._move_to(source, destination - 1 if destination > source else destination)

    def duplicate(self) -> None:
        """Put a copy of the selected layer below it."""
        if self.layer is not None:
            self._set_network(with_copy(self._network, self.layer), _("Duplicate layer"), self.layer + 1)

    def delete(self) -> None:
        """Take the selected layer away; the next one is selected, or the one before it."""
        if self.layer is not None:
            left = min(self.layer, self._count - 1)
            self._set_network(without_card(self._network, self.layer), _("Delete layer"), left or None)

    @property
    def _network(self) -> Network:
        return self._document.experiment.network

    @property
    def _count(self) -> int:
        return len(cards(self._network))

    def _move_to(self, layer: int, to: int) -> None:
        self._set_network(with_move(self._network, layer, to), _("Move layer"), to)

    def _set_network(self, network: Network, text: str, select: int | None) -> None:
        self._document.set_network(network, text)
        self._list.select(select)

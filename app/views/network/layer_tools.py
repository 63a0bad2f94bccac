"""+ and − over the enlarged picture: the same edits as in the column at the left, by the same document."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QToolButton, QWidget

from app.document.card_edits import activation_of, with_card, without_card
from app.document.document import Document
from app.forms.texts import change_text
from app.forms.tree import value_at
from app.plots.run.network.layout import Column
from app.plots.run.network.picture import NetworkPicture
from app.system.i18n import _, translate_message
from app.theme import Theme
from app.views.network.stepper import QuietButton, Stepper, dress, small_button
from simulator.experiment import Card, Experiment, cards, declared_at

_STEPS: Final = ((20, 1), (200, 10), (1 << 30, 50))
"""Layers of up to so many units change by so many."""
_DEFAULT: Final = ("dense", "relu")


def next_size(units: int, direction: int) -> int:
    """Return how many units a layer of so many has after a press of + (1) or − (-1): the next round number."""
    if direction > 0:
        step = next(step for limit, step in _STEPS if units < limit)
        return units // step * step + step
    step = next(step for limit, step in _STEPS if units <= limit)
    return max(1, -(-units // step) * step - step)


class LayerTools(QObject):
    """A stepper over each layer with units, a + between two layers, and a − at a layer's name."""

    def __init__(self, document: Document, theme: Theme, picture: NetworkPicture) -> None:
        super().__init__(picture)
        self._document, self._theme, self._picture = document, theme, picture
        self.steppers: dict[int, Stepper] = {}
        self.adders: dict[int, QToolButton] = {}
        self.removers: dict[int, QuietButton] = {}
        self._placed: tuple[Experiment, tuple[Column, ...]] | None = None
        picture.laid_out.connect(self.place)

    def place(self) -> None:
        """Stand where the columns stand; away in the small picture and while the past is looked at."""
        experiment = self._document.experiment
        known = cards(experiment.network)
        columns = self._columns(len(known))
        if self._placed is not None and self._placed[0] is experiment and self._placed[1] is columns:
            # what may be edited is dear to find out, and a frame changes numbers alone
            return
        self._placed = experiment, columns
        seen: list[QWidget] = []
        for column in columns:
            if 1 <= column.layer <= len(known):
                seen += self._stand_over(column, known[column.layer - 1])
        for before, column in pairwise(columns):
            if column.layer == before.layer + 1:
                seen.append(self._stand_between(before, column))
        for widget in (*self.steppers.values(), *self.adders.values(), *self.removers.values()):
            widget.setVisible(widget in seen)

    @property
    def controls(self) -> list[QWidget]:
        """Everything that takes the focus, layer by layer."""
        found: list[QWidget] = []
        for layer in sorted({*self.adders, *self.steppers, *self.removers}):
            if layer in self.removers:
                found.append(self.removers[layer])
            if layer in self.steppers:
                found += [self.steppers[layer].fewer, self.steppers[layer].more]
            if layer in self.adders:
                found.append(self.adders[layer])
        return found

    def apply_theme(self) -> None:
        """Wear the theme's present colours and type."""
        for stepper in self.steppers.values():
            stepper.apply_theme()
        for adder in self.adders.values():
            dress(adder, self._theme, "plus")
        for remover in self.removers.values():
            dress(remover, self._theme, "minus")
        self._placed = None
        self.place()

    def _columns(self, layers: int) -> tuple[Column, ...]:
        """Return the columns that have tools: none while the picture is of another network than the document."""
        scene = self._picture.scene
        if scene is None or not self._picture.look.large or self._document.viewpoint.at is not None:
            return ()
        return scene.columns if len(scene.net.layers) == layers + 2 else ()

    def _stand_over(self, column: Column, card: Card) -> list[QWidget]:
        layer, name = column.layer, translate_message(card.name)
        remover = self.removers.get(layer)
        if remover is None:
            remover = self.removers[layer] = QuietButton(self._theme, _("Delete layer"), self._picture)
            remover.clicked.connect(lambda: self._remove(layer))
        remover.setAccessibleName(_("Delete {layer}").format(layer=name))
        ink = self._picture.ink
        half = ink.width(name, "value") / 2
        remover.move(QPoint(round(column.x + half + 2), round((ink.height("value") - remover.height()) / 2)))
        made: list[QWidget] = [remover]
        units = value_at(self._document.experiment, f"network.{card.first}.units")
        if units is not None:
            made.append(self._stepper(column, card, int(units), name))
        return made

    def _stepper(self, column: Column, card: Card, units: int, name: str) -> Stepper:
        layer = column.layer
        stepper = self.steppers.get(layer)
        if stepper is None:
            stepper = self.steppers[layer] = Stepper(self._theme, self._picture)
            stepper.stepped.connect(lambda direction: self._resize(layer, direction))
        path = f"network.{card.first}.units"
        allowed = [self._document.fault({path: next_size(units, direction)}) is None for direction in (-1, 1)]
        stepper.show_units(name, units, may_shrink=allowed[0] and units > 1, may_grow=allowed[1])
        stepper.adjustSize()
        stepper.move(round(column.x - stepper.width() / 2), self._top)
        return stepper

    def _stand_between(self, before: Column, column: Column) -> QToolButton:
        after = before.layer
        adder = self.adders.get(after)
        if adder is None:
            adder = self.adders[after] = small_button(self._theme, "plus", _("Add layer"), self._picture)
            adder.clicked.connect(lambda: self._add(after))
        scene = self._picture.scene
        if scene is not None:
            adder.setAccessibleName(_("Add a layer after {layer}").format(layer=scene.net.layers[after].name))
        adder.move(round((before.x + column.x - adder.width()) / 2), self._top)
        return adder

    @property
    def _top(self) -> int:
        ink = self._picture.ink
        return round(ink.height("value") + ink.height("tick")) + 4

    def _resize(self, layer: int, direction: int) -> None:
        card = cards(self._document.experiment.network)[layer - 1]
        path = f"network.{card.first}.units"
        about, units = declared_at(self._document.experiment, path), value_at(self._document.experiment, path)
        if about is not None:
            self._document.edit({path: next_size(int(units), direction)}, change_text(about))

    def _add(self, after: int) -> None:
        """Put a layer in that is like its neighbour."""
        network = self._document.experiment.network
        weighted = [card for card in cards(network) if card.entries[0].weighted]
        # the one before it, else the one behind
        near = min(weighted, key=lambda card: (abs(card.number - after), card.number), default=None)
        kinds = _DEFAULT if near is None else (near.entries[0].kind, activation_of(near))
        self._document.set_network(with_card(network, after, *kinds), _("Add layer"))

    def _remove(self, layer: int) -> None:
        self._document.set_network(without_card(self._document.experiment.network, layer), _("Delete layer"))

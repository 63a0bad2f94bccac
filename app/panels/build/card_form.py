"""What may be changed in the selected layer, the weightiest first."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from app.document.card_edits import EXTRAS, activation_of, with_activation, with_extra
from app.document.document import Document
from app.forms import EditorForm, FieldEditor, make_form
from app.forms.kind_editor import KindEditor, kinds_of
from app.forms.tree import value_at
from app.panels.build.activation_chooser import ActivationChooser
from app.panels.build.extras_chooser import ExtrasChooser
from app.panels.build.field_groups import groups_of
from app.panels.build.weights_words import scheme_words, spread_words, weight_block
from app.system.i18n import _
from app.theme import Theme, set_role
from simulator.data import Dataset
from simulator.declaration import kind_of
from simulator.experiment import Card, cards
from simulator.layers import LAYERS, Activation

SPACING: Final = 12


class CardForm(QWidget):
    """Activation, weights at the start, sizes, what else the layer has, the rest; or words."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._row: int | None = None
        self._dataset: Dataset | None = None
        self._shown: tuple[object, ...] = ()
        self._forms: list[EditorForm] = []
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "muted")
        self.activation = ActivationChooser(theme)
        self.activation.chosen.connect(self._choose_activation)
        self.extras = ExtrasChooser()
        self.extras.toggled.connect(self._choose_extra)
        self._rule = QFrame()
        set_role(self._rule, "rule")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        for part in (self._words, self.activation, self._rule, self.extras):
            self._layout.addWidget(part)

    @property
    def editors(self) -> tuple[FieldEditor, ...]:
        """The editors of the layer's own fields, not of those inside."""
        return tuple(editor for form in self._forms for editor in form.editors)

    @property
    def first_control(self) -> QWidget | None:
        """Where the keyboard comes in."""
        tile = self.activation.tiles.get(self.activation.value)
        if tile is not None and self.activation.isVisible():
            return tile
        return self.editors[0].control if self.editors else None

    def editor(self, path: str) -> FieldEditor:
        """Return the editor of the field at `path`, such as "network.0.units"."""
        return next(editor for editor in self.editors if editor.path == path)

    def show_dataset(self, dataset: Dataset | None) -> None:
        """Take note of the sizes at both ends of the network: the schemes' formulas are filled in with them."""
        self._dataset = dataset
        self._say_weights()

    def show_layer(self, row: int | None, words: str) -> None:
        """Show a row of the list: 0 is the input, then the cards, then the output.

        Parameters
        ----------
        words
            What is said where there is nothing to change.
        """
        self._row = row
        card = self._card()
        network = self._document.viewpoint.experiment.network
        places: list[tuple[str, type]] = []
        if card is not None:
            places = [(f"network.{card.first + place}", type(entry)) for place, entry in enumerate(card.entries)]
        elif row == len(cards(network)) + 1:
            places = [("output", type(self._document.experiment.output))]
        self._words.setText(words)
        self._words.setVisible(not places)
        for part in (self.activation, self._rule, self.extras):
            part.setVisible(card is not None)
        if card is not None:
            self.activation.show_kind(activation_of(card), weighted=card.entries[0].weighted)
            self.extras.show_card(card)
        if tuple(places) != self._shown:
            self._shown = tuple(places)
            self._rebuild(places)
        for form in self._forms:
            form.refresh()
        self._say_weights()

    def _card(self) -> Card | None:
        known = cards(self._document.viewpoint.experiment.network)
        return known[self._row - 1] if self._row is not None and 1 <= self._row <= len(known) else None

    def _rebuild(self, places: Sequence[tuple[str, type]]) -> None:
        for old in self._forms:
            old.hide()
            old.deleteLater()
        self._forms = []
        extras: dict[str, QWidget] = {}
        parts: list[QWidget] = [self._words, self.activation]
        sizes: list[QWidget] = []
        rest: list[QWidget] = []
        for path, kind in places:
            if issubclass(kind, Activation):
                parts.insert(2, self._form(path))
            elif kind in EXTRAS:
                extras[kind_of(kind)] = self._form(path)
            else:
                groups = groups_of(kind)
                parts.append(self._form(path, groups.weights))
                sizes.append(self._form(path, groups.sizes))
                rest.append(self._form(path, groups.rest))
        for part in (*parts, self._rule, *sizes, self.extras, *rest):
            self._layout.removeWidget(part)
            self._layout.addWidget(part)
        self.extras.place_forms(extras)
        for form in self._forms:
            form.setVisible(bool(form.editors))

    def _form(self, path: str, only: Sequence[str] | None = None) -> EditorForm:
        form = make_form(self._document, path, only, following=False)
        self._forms.append(form)
        return form

    def _say_weights(self) -> None:
        """Fill the formulas of the schemes in with the sizes of this layer."""
        if self._dataset is None:
            return
        experiment = self._document.viewpoint.experiment
        for editor in self.editors:
            if isinstance(editor, KindEditor) and editor.path.endswith("weights"):
                where = editor.path.split(".")[1]
                at = int(where) if where.isdigit() else len(experiment.network)
                block = weight_block(experiment, self._dataset.width, self._dataset.classes, at)
                if block is not None and value_at(experiment, editor.path) == block.initializer:
                    editor.set_note(spread_words(block))
                    editor.say_kinds(scheme_words(block, kinds_of(editor.declared)))

    def _choose_activation(self, kind: str) -> None:
        card = self._card()
        if card is not None:
            network = with_activation(self._document.viewpoint.experiment.network, card, kind)
            self._document.set_network(network, _("Change activation"))

    def _choose_extra(self, kind: str, wanted: bool) -> None:
        card = self._card()
        if card is not None:
            network = with_extra(self._document.viewpoint.experiment.network, card, kind, wanted)
            words = _("Add {layer}") if wanted else _("Remove {layer}")
            self._document.set_network(network, words.format(layer=_(LAYERS[kind].label)))

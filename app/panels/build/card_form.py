"""What may be changed in the selected card."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.document.card_edits import activation_of, with_activation, with_extra
from app.document.document import Document
from app.forms import EditorForm, make_form
from app.panels.build.activation_chooser import ActivationChooser
from app.panels.build.extras_chooser import ExtrasChooser
from app.system.i18n import _
from app.theme import Theme, set_role
from simulator.experiment import Card, cards
from simulator.layers import LAYERS

SPACING = 8


class CardForm(QWidget):
    """The fields of every entry of a card, and which activation it has; or those of the output layer; or words.

    Signals
    -------
    duplicate_asked(), delete_asked()
        One of the two buttons beside the card's name was pressed.
    """

    duplicate_asked = Signal()
    delete_asked = Signal()

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._row: int | None = None
        self._shown: tuple[object, ...] = ()
        self._forms: list[EditorForm] = []
        self._title = QLabel()
        set_role(self._title, "value")
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "muted")
        self._duplicate = self._button("duplicate", _("Duplicate the layer"))
        self._delete = self._button("trash", _("Delete the layer"))
        self._duplicate.clicked.connect(self.duplicate_asked)
        self._delete.clicked.connect(self.delete_asked)
        self._activation = ActivationChooser()
        self._activation.chosen.connect(self._choose_activation)
        self._extras = ExtrasChooser()
        self._extras.toggled.connect(self._choose_extra)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(self._duplicate)
        head.addWidget(self._delete)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACING)
        self._layout.addLayout(head)
        self._layout.addWidget(self._words)
        self._layout.addWidget(self._activation)
        self._layout.addWidget(self._extras)
        theme.theme_changed.connect(self._dress)
        self._dress()

    @property
    def activation(self) -> ActivationChooser:
        """Which activation the card has."""
        return self._activation

    @property
    def extras(self) -> ExtrasChooser:
        """What else the card has."""
        return self._extras

    @property
    def forms(self) -> tuple[EditorForm, ...]:
        """The fields, one form an entry."""
        return tuple(self._forms)

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """Duplicate and delete."""
        return self._duplicate, self._delete

    def show_layer(self, row: int | None, name: str, words: str) -> None:
        """Show a row of the list: 0 is the input, then the cards, then the output.

        Parameters
        ----------
        words
            What is said where there is nothing to change.
        """
        self._row = row
        card = self._card()
        known = cards(self._document.viewpoint.experiment.network)
        paths: list[tuple[str, object]] = []
        if card is not None:
            paths = [(f"network.{card.first + place}", type(entry)) for place, entry in enumerate(card.entries)]
        elif row == len(known) + 1:
            paths = [("output", None)]
        self._title.setText(name)
        self._title.setVisible(bool(name))
        self._words.setText(words)
        self._words.setVisible(not paths)
        for button in self.buttons:
            button.setVisible(card is not None)
        self._activation.setVisible(card is not None)
        self._extras.setVisible(card is not None)
        if card is not None:
            self._activation.show_kind(activation_of(card))
            self._extras.show_card(card)
        if tuple(paths) != self._shown:
            self._shown = tuple(paths)
            self._rebuild([path for path, _kind in paths])
        for form in self._forms:
            form.refresh()

    def _card(self) -> Card | None:
        known = cards(self._document.viewpoint.experiment.network)
        return known[self._row - 1] if self._row is not None and 1 <= self._row <= len(known) else None

    def _rebuild(self, paths: list[str]) -> None:
        for old in self._forms:
            old.hide()
            old.deleteLater()
        self._forms = [make_form(self._document, path, following=False) for path in paths]
        for form in self._forms:
            self._layout.addWidget(form)
            form.setVisible(bool(form.editors))
        card = self._card()
        at = card.activation_at - card.first if card is not None else 0
        # its own fields, such as a slope, stand below the choice
        self._layout.removeWidget(self._activation)
        following = self._layout.indexOf(self._forms[at]) if at < len(self._forms) else -1
        self._layout.insertWidget(following, self._activation)
        # the boxes stand where the entries that they bring are computed: right after the weights
        self._layout.removeWidget(self._extras)
        first = self._layout.indexOf(self._forms[0]) if self._forms else -1
        self._layout.insertWidget(first + 1, self._extras)

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

    def _button(self, drawing: str, words: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(drawing)
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _dress(self) -> None:
        side = self._theme.px(16)
        for button in self.buttons:
            button.setIcon(self._theme.icon(button.objectName(), "muted"))
            button.setIconSize(QSize(side, side))

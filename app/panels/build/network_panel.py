"""The network as a list of cards, and the form of the selected one."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import State
from app.look.numbers import count
from app.panels.build.card_form import CardForm
from app.panels.build.layer_actions import LayerActions, palette_menu
from app.panels.build.layer_commands import LayerCommands
from app.panels.build.layer_delegate import FULL_GAP, FULL_HEIGHT
from app.panels.build.layer_list import LayerList
from app.panels.build.layer_rows import badges_of, rows_of
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from app.widgets.page import SCROLL_BAR, Page
from simulator.data import Dataset
from simulator.errors import ExperimentError
from simulator.experiment import Experiment, parameter_count
from simulator.training import Frame, RunFacts

NARROW: Final = 236
"""Width under which cards have one line."""
LEAST_ROWS: Final = 3
LIST_SHARE: Final = 0.55
"""Of the height, where neither the list nor the form can have all it wants."""
SPACING: Final = 6


class NetworkPanel(QWidget):
    """Builds the network: add, select, reorder, duplicate, delete layers, and change the selected one.

    Signals
    -------
    layer_selected(object)
        Which layer is selected now: 0 the input, 1 to n the cards, n + 1 the output, None if none is.
    """

    layer_selected = Signal(object)

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._dataset: Dataset | None = None
        self._selected: int | None = None
        self._showing = False
        self._title = QLabel(_("Network"))
        set_role(self._title, "title")
        self._parameters = QLabel()
        set_role(self._parameters, "muted")
        self._list = LayerList(theme)
        self._commands = LayerCommands(document, self._list)
        self._actions = LayerActions(self._list, self._commands)
        self._add = QPushButton(_("+ Add layer"))
        set_role(self._add, "add")
        self._add.setAccessibleName(_("Add layer"))
        self._add.setToolTip(_("Adds a layer below the selected one, or before the output"))
        self._palette = palette_menu(self._add, self._commands.add)
        self._form = CardForm(document, theme)
        self._page = Page()
        self._between = QVBoxLayout()
        self._page.add(self._form)
        self._build()
        self._connect()
        self._show(None, document.state)

    @property
    def layers(self) -> LayerList:
        """The list of cards."""
        return self._list

    @property
    def form(self) -> CardForm:
        """The form of the selected card."""
        return self._form

    @property
    def add_button(self) -> QPushButton:
        """Opens the palette."""
        return self._add

    @property
    def actions_of_layer(self) -> LayerActions:
        """Move up, move down, duplicate, delete."""
        return self._actions

    @property
    def selected(self) -> int | None:
        """The layer that is selected."""
        return self._selected

    @property
    def parameters(self) -> str:
        """The words about the number of weights."""
        return self._parameters.text()

    def select_layer(self, card: int | None) -> None:
        """Select a layer: 0 the input, 1 to n the cards, n + 1 the output."""
        self._list.select(card)

    def set_parameter_count(self, parameters: int | None) -> None:
        """Show how many weights and biases the network has; None while that is not known."""
        words = ""
        if parameters is not None:
            words = ngettext("{count} weight", "{count} weights", parameters).format(count=count(parameters))
        self._parameters.setText(words)

    def show_facts(self, facts: RunFacts | None) -> None:
        """Show what is known of a run: the sizes at both ends, and with them the number of weights."""
        self._dataset = facts.dataset if facts is not None else None
        self._show(None, self._document.state)

    def show_frame(self, frame: Frame | None) -> None:
        """Show on every card how many units are dead, or how much is saturated."""
        self._list.layers.show_badges(badges_of(frame) if frame is not None else ())

    def set_title_visible(self, visible: bool) -> None:
        """Show the word "Network", or leave it to what stands above."""
        self._title.setVisible(visible)

    def open_palette(self) -> None:
        """Offer the layers that can be added."""
        self._palette.popup(self._add.mapToGlobal(QPoint(0, self._add.height())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._parameters)
        head.addStretch(1)
        rule = QFrame()
        set_role(rule, "rule")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        # the list and the page keep room for a scroll bar; what stands between them ends where they do
        self._between.setContentsMargins(0, 0, SCROLL_BAR, 0)
        self._between.setSpacing(10)
        self._between.addWidget(self._add)
        self._between.addWidget(rule)
        layout.addLayout(head)
        layout.addWidget(self._list)
        layout.addLayout(self._between)
        layout.addWidget(self._page, 1)

    def _connect(self) -> None:
        self._document.changed.connect(self._show)
        self._document.viewpoint.changed.connect(self._show_values)
        self._theme.theme_changed.connect(self._share_height)
        self._list.layers.move_asked.connect(self._commands.drop)
        self._list.selectionModel().selectionChanged.connect(self._take_selection)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._form.duplicate_asked.connect(self._commands.duplicate)
        self._form.delete_asked.connect(self._commands.delete)
        self._add.clicked.connect(self.open_palette)

    def _show_values(self) -> None:
        self._show(self._document.state, self._document.state)

    def _show(self, before: State | None, after: State) -> None:
        if before is not None and before.experiment.data.kind != after.experiment.data.kind:
            # the other one is not loaded yet
            self._dataset = None
        self._showing = True
        same_run = before is None or before.run_id == after.run_id
        shown = self._document.viewpoint.experiment
        self._list.layers.show_rows(rows_of(shown, self._dataset), keep_badges=same_run)
        self._showing = False
        self.set_parameter_count(self._count(shown))
        self._take_selection()
        self._share_height()

    def _count(self, experiment: Experiment) -> int | None:
        if self._dataset is None:
            return None
        try:
            return parameter_count(experiment, self._dataset.width, self._dataset.classes)
        except ExperimentError:
            # shapes that do not fit; whoever builds the network says so
            return None

    def _take_selection(self) -> None:
        """Follow the list, whose selected row may also have moved."""
        if self._showing:
            return
        row = self._list.selected
        rows = self._list.layers.rows
        self._actions.enable(row, len(rows) - 2)
        if row is None:
            self._form.show_layer(None, "", _("Click a layer to change it."))
        elif rows[row].place == "input":
            self._form.show_layer(row, rows[row].name, rows[row].detail)
        else:
            self._form.show_layer(row, rows[row].name, "")
        if row != self._selected:
            self._selected = row
            self._share_height()
            self.layer_selected.emit(row)

    def _share_height(self) -> None:
        """Give the list what it needs, the form what it needs, and let both scroll where that is too much."""
        around = self._parameters.sizeHint().height() + self._between.sizeHint().height() + 3 * SPACING
        free = self.height() - around
        rows = self._list.layers.rowCount()
        full = rows * self._theme.px(FULL_HEIGHT + FULL_GAP)
        self._list.set_compact(self.width() < self._theme.px(NARROW) or full > free * LIST_SHARE)
        wanted = rows * self._list.pitch
        form = self._page.content_height()
        # rather one row than one that what stands below it covers
        least = max(self._list.pitch, min(min(rows, LEAST_ROWS) * self._list.pitch, free))
        self._list.setFixedHeight(max(least, min(wanted, max(free - form, int(free * LIST_SHARE)))))
        if self._list.selected is not None:
            self._list.scrollTo(self._list.currentIndex())

    def _open_menu(self, place: QPoint) -> None:
        if self._commands.layer is not None:
            self._actions.menu(self._theme, self).popup(self._list.viewport().mapToGlobal(place))

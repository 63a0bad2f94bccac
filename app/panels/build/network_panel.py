"""The network as a list of cards; the form of the selected one stands elsewhere."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.document.document import Document
from app.document.lanes import State
from app.look.numbers import count
from app.panels.build.layer_actions import LayerActions, palette_menu
from app.panels.build.layer_commands import LayerCommands
from app.panels.build.layer_delegate import FULL_GAP, FULL_HEIGHT
from app.panels.build.layer_drawer import LayerDrawer
from app.panels.build.layer_list import LayerList
from app.panels.build.layer_rows import badges_of, rows_of
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from app.widgets.page import SCROLL_BAR
from simulator.data import Dataset
from simulator.errors import ExperimentError
from simulator.experiment import Experiment, parameter_count
from simulator.training import Frame, RunFacts

SPACING: Final = 8


class NetworkPanel(QWidget):
    """Builds the network: add, select, reorder, duplicate, delete layers, and change the selected one.

    Signals
    -------
    layer_selected(object)
        Which layer is selected now: 0 the input, 1 to n the cards, n + 1 the output, None if none is.
    form_asked(bool)
        The form of the selected layer is wanted, and whether a key said so.

    Attributes
    ----------
    drawer
        The form of the selected layer; whoever places things gives it its room.
    """

    layer_selected = Signal(object)
    form_asked = Signal(bool)

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._dataset: Dataset | None = None
        self._selected: int | None = None
        self._showing = False
        self._parameters = QLabel()
        set_role(self._parameters, "muted")
        self._list = LayerList(theme)
        self._commands = LayerCommands(document, self._list)
        self._actions = LayerActions(self._list, self._commands)
        self._add = QPushButton(_("Add layer"))
        set_role(self._add, "add")
        self._small_add = QToolButton()
        for button in (self._add, self._small_add):
            button.setAccessibleName(_("Add layer"))
            button.setToolTip(_("Adds a layer below the selected one, or before the output"))
        self._small_add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._small_add.hide()
        self._palette = palette_menu(self, self._commands.add)
        self.drawer = LayerDrawer(document, theme, self)
        self.drawer.hide()
        self._build()
        self._connect()
        self._show(None, document.state)

    @property
    def layers(self) -> LayerList:
        """The list of cards."""
        return self._list

    @property
    def add_button(self) -> QPushButton | QToolButton:
        """Opens the palette."""
        return self._add if self._small_add.isHidden() else self._small_add

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
        self.drawer.form.show_dataset(self._dataset)
        self._show(None, self._document.state)

    def show_frame(self, frame: Frame | None) -> None:
        """Show on every card how many units are dead, or how much is saturated."""
        self._list.layers.show_badges(badges_of(frame) if frame is not None else ())

    def step(self, by: int) -> None:
        """Select the layer before or after the selected one."""
        if self._selected is not None:
            self.select_layer(min(max(self._selected + by, 0), len(self._list.layers.rows) - 1))

    def open_palette(self) -> None:
        """Offer the layers that can be added."""
        button = self.add_button
        self._palette.popup(button.mapToGlobal(QPoint(0, button.height())))

    def set_low(self, low: bool) -> None:
        """Give the list the room of the button, which becomes a sign beside the number of weights."""
        self._add.setVisible(not low)
        self._small_add.setVisible(low)
        self._share_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.drawer.isVisible():
            self.drawer.close_asked.emit()
        elif self._selected is not None:
            self.select_layer(None)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _build(self) -> None:
        # the list keeps room for a scroll bar; what stands below it ends where it does
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, SCROLL_BAR, 0)
        foot.addWidget(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_BAR, 0)
        head.addWidget(self._parameters, 1)
        head.addWidget(self._small_add)
        layout.addLayout(head)
        # all that it wants, then nothing: what is left over stands below the button
        layout.addWidget(self._list, 1000)
        layout.addLayout(foot)
        layout.addStretch(1)

    def _connect(self) -> None:
        self._document.changed.connect(self._show)
        self._document.viewpoint.changed.connect(self._show_values)
        self._theme.theme_changed.connect(self._share_height)
        self._list.layers.move_asked.connect(self._commands.drop)
        self._list.selectionModel().selectionChanged.connect(self._take_selection)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._open_menu)
        self._list.opened.connect(self.form_asked)
        self.drawer.duplicate.clicked.connect(self._commands.duplicate)
        self.drawer.delete.clicked.connect(self._commands.delete)
        self.drawer.step_asked.connect(self.step)
        for button in (self._add, self._small_add):
            button.clicked.connect(self.open_palette)
        self._theme.theme_changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._small_add.setIcon(self._theme.icon("plus", "accent"))

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
            self.drawer.show_layer(None, _("Layer"), _("Click a layer to change it."), is_layer=False)
        else:
            self.drawer.show_layer(row, rows[row].name, rows[row].detail, is_layer=rows[row].place == "card")
        self.drawer.set_ends(first=row in (0, None), last=row in (len(rows) - 1, None))
        if row != self._selected:
            self._selected = row
            self.layer_selected.emit(row)

    def _share_height(self) -> None:
        """Give the list what it needs, and let it scroll where that is too much."""
        around = (self._parameters, self._add) if self._small_add.isHidden() else (self._small_add,)
        free = self.height() - sum(part.sizeHint().height() + SPACING for part in around)
        rows = self._list.layers.rowCount()
        self._list.set_compact(rows * self._theme.px(FULL_HEIGHT + FULL_GAP) > free)
        self._list.setMinimumHeight(self._list.pitch)
        self._list.setMaximumHeight(rows * self._list.pitch)
        if self._list.selected is not None:
            self._list.scrollTo(self._list.currentIndex())

    def _open_menu(self, place: QPoint) -> None:
        if self._commands.layer is not None:
            self._actions.menu(self._theme, self).popup(self._list.viewport().mapToGlobal(place))

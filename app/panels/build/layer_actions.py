"""What one may do to the selected layer, as actions with keys, and the palette of new layers."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.actions.actions import declared, make_action, spec_of
from app.document.card_edits import ACTIVATIONS, LINEAR, WEIGHTED
from app.panels.build.layer_commands import LayerCommands
from app.system.i18n import _
from app.theme import Theme
from simulator.declaration import kind_of


class LayerActions:
    """Four actions that work while the list has the focus, and from its context menu.

    Parameters
    ----------
    owner
        The list: a Delete typed into a field beside it is not for the layer.
    """

    def __init__(self, owner: QWidget, commands: LayerCommands) -> None:
        self.up = make_action(declared("layer_up"), owner, lambda: commands.move(-1))
        self.down = make_action(declared("layer_down"), owner, lambda: commands.move(1))
        self.duplicate = make_action(declared("layer_copy"), owner, commands.duplicate)
        self.delete = make_action(declared("layer_delete"), owner, commands.delete)

    @property
    def all(self) -> tuple[QAction, ...]:
        """The actions, in the order of the menu."""
        return self.up, self.down, self.duplicate, self.delete

    def enable(self, row: int | None, layers: int) -> None:
        """Allow what is possible with the selected row; rows 1 to `layers` are layers."""
        is_layer = row is not None and 1 <= row <= layers
        self.up.setEnabled(is_layer and row != 1)
        self.down.setEnabled(is_layer and row != layers)
        self.duplicate.setEnabled(is_layer)
        self.delete.setEnabled(is_layer)

    def menu(self, theme: Theme, parent: QWidget) -> QMenu:
        """Return a context menu with the actions."""
        menu = QMenu(parent)
        for action in self.all:
            action.setIcon(theme.icon(spec_of(action).drawing))
            menu.addAction(action)
        return menu


def palette_menu(parent: QWidget, add: Callable[[str, str], object]) -> QMenu:
    """Return the menu of new layers: every kind that has weights with every activation, or alone where it is one.

    `add` is called with the two kinds.
    """
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName(_("Add layer"))
    for weighted in WEIGHTED:
        if weighted.activates:
            _offer(menu, _(weighted.label), _(weighted.help), partial(add, kind_of(weighted), LINEAR))
            continue
        for activation in ACTIVATIONS:
            words = _("{layer} · {activation}").format(layer=_(weighted.label), activation=_(activation.label))
            _offer(menu, words, _(activation.help), partial(add, kind_of(weighted), kind_of(activation)))
    return menu


def _offer(menu: QMenu, words: str, tip: str, act: Callable[[], object]) -> None:
    action = menu.addAction(words)
    action.setToolTip(tip)
    action.triggered.connect(lambda: act())

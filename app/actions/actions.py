"""Everything a person can ask for by a button, a menu or a key, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.actions.mnemonics import plain
from app.arrangement.tabs import TABS
from app.system.i18n import _
from simulator.message import N_


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes
    ----------
    id
        What handlers and buttons know it by.
    text
        Marked words of its button and of its entry in the menu.
    menu
        The one menu it stands in, of `MENUS`; the list of keys has the same headings.
    keys
        Shortcuts in Qt's portable spelling; the first is the one that is shown.
    drawing
        Name of its icon.
    tip
        Marked sentence for the tooltip, where the words of the button do not say it all.
    section
        Entries of one menu whose sections differ have a line between them.
    local
        It belongs to the list of layers, which makes it: its keys work while that list has the focus.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    drawing: str = ""
    tip: str = ""
    section: int = 0
    local: bool = False


FILE: Final = N_("File")
EDIT: Final = N_("Edit")
EXPERIMENT: Final = N_("Experiment")
VIEW: Final = N_("View")
RUN: Final = N_("Run")
HELP: Final = N_("Help")
MENUS: Final = (FILE, EDIT, EXPERIMENT, VIEW, RUN, HELP)
"""The menus, in the order of the bar."""

SPECS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "experiments",
        N_("Experiments…"),
        FILE,
        ("Ctrl+E",),
        "",
        N_("Find an experiment by its slide, or by what it shows"),
    ),
    ActionSpec("open", N_("Open…"), FILE, ("Ctrl+O",), "", N_("Open an experiment from a file")),
    ActionSpec("open_left", N_("What was not saved last time"), FILE),
    ActionSpec("save", N_("Save…"), FILE, ("Ctrl+S",), "", N_("Save the experiment and its edits to a file"), 1),
    ActionSpec("save_as", N_("Save as…"), FILE, ("Ctrl+Shift+S",), "", N_("Save to another file"), 1),
    ActionSpec("save_picture", N_("Save the plot's picture…"), FILE, (), "", N_("The chosen plot as PNG or SVG"), 2),
    ActionSpec("save_data", N_("Save the plot's data…"), FILE, (), "", N_("The numbers of the chosen plot as CSV"), 2),
    ActionSpec("quit", N_("Quit"), FILE, ("Ctrl+Q",), section=9),
    ActionSpec("undo", N_("Undo"), EDIT, ("Ctrl+Z",), "undo"),
    ActionSpec("redo", N_("Redo"), EDIT, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec(
        "find",
        N_("Find anything…"),
        EDIT,
        ("Ctrl+K",),
        "",
        N_("Find a slide, an experiment, a view, a lab, a field, a command"),
        1,
    ),
    ActionSpec(
        "copy_picture",
        N_("Copy the plot's picture"),
        EDIT,
        ("Ctrl+C",),
        "",
        N_("Of the plot that is alone, has the focus or is under the mouse, else the largest"),
        1,
    ),
    ActionSpec(
        "copy_data",
        N_("Copy the plot's data"),
        EDIT,
        ("Ctrl+Shift+C",),
        "",
        N_("The numbers of that plot, as spreadsheets paste them"),
        1,
    ),
    ActionSpec("previous_slide", N_("Previous slide"), EXPERIMENT, ("Alt+Left", "PgUp"), "chevron_left"),
    ActionSpec("next_slide", N_("Next slide"), EXPERIMENT, ("Alt+Right", "PgDown"), "chevron_right"),
    ActionSpec(
        "new_points",
        N_("New points or split"),
        EXPERIMENT,
        (),
        "",
        N_("Draw other points, or split data that are read anew"),
        1,
    ),
    ActionSpec("add_layer", N_("Add layer…"), EXPERIMENT, section=2),
    ActionSpec("layer_up", N_("Move the layer up"), EXPERIMENT, ("Alt+Up",), "up", section=2, local=True),
    ActionSpec("layer_down", N_("Move the layer down"), EXPERIMENT, ("Alt+Down",), "down", section=2, local=True),
    ActionSpec("layer_copy", N_("Duplicate the layer"), EXPERIMENT, ("Ctrl+D",), "duplicate", section=2, local=True),
    ActionSpec("layer_delete", N_("Delete the layer"), EXPERIMENT, ("Delete",), "trash", section=2, local=True),
    ActionSpec("what_if", N_("What if…"), EXPERIMENT, (), "", N_("Change one thing, and train both side by side"), 3),
    *(
        ActionSpec(f"tab_{tab.id}", tab.title, VIEW, (f"Ctrl+{number}",), "", tab.tip)
        for number, tab in enumerate(TABS, start=1)
    ),
    ActionSpec(
        "story",
        N_("What this shows"),
        VIEW,
        ("F9",),
        "info",
        N_("All that is found and seen, or the headline alone"),
        1,
    ),
    ActionSpec(
        "plot_alone",
        N_("Plot over the whole window"),
        VIEW,
        tip=N_("Show the chosen plot alone, in large type; a double click on it or Enter does the same"),
        section=1,
    ),
    ActionSpec("reset_zoom", N_("Reset zoom"), VIEW, ("Ctrl+0",), "", N_("Show the whole plot again"), 1),
    ActionSpec("full_screen", N_("Full screen"), VIEW, ("F11",), "", N_("Let the window have the whole screen"), 2),
    ActionSpec("larger", N_("Larger text"), VIEW, ("Ctrl++", "Ctrl+="), section=2),
    ActionSpec("smaller", N_("Smaller text"), VIEW, ("Ctrl+-",), section=2),
    ActionSpec("play", N_("Play"), RUN, ("Space",), "play", N_("Train, or pause")),
    ActionSpec("step", N_("Step"), RUN, ("Right",), "step", N_("Train one mini-batch")),
    ActionSpec("epoch", N_("Epoch"), RUN, ("Shift+Right",), "epoch", N_("Train to the end of the epoch")),
    ActionSpec("reset", N_("Reset"), RUN, ("Home",), "rewind", N_("Back to step 0 with the same weights again"), 1),
    ActionSpec(
        "new_weights",
        N_("New weights"),
        RUN,
        ("Shift+Home",),
        "shuffle",
        N_("Back to step 0 with other random weights"),
        1,
    ),
    ActionSpec("explain_plot", N_("Explain the plot"), HELP, (), "", N_("Say what the chosen plot shows")),
    ActionSpec("keys", N_("Keys"), HELP, ("?", "F1"), "", N_("Show all keys")),
)

Handlers = Mapping[str, Callable[[], object]]


class Actions:
    """The actions of one window, by id."""

    def __init__(self, window: QWidget, handlers: Handlers) -> None:
        self._actions = {spec.id: make_action(spec, window, handlers[spec.id]) for spec in SPECS if not spec.local}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def take(self, action: QAction) -> None:
        """Know an action, too, that a list has made of its declaration."""
        self._actions[action.objectName()] = action


def spec_of(action: QAction) -> ActionSpec:
    """Return what is declared of an action."""
    spec: ActionSpec = action.data()
    return spec


def declared(name: str) -> ActionSpec:
    """Return the declaration of that id."""
    return next(spec for spec in SPECS if spec.id == name)


def words_of(action: QAction) -> str:
    """Return the words of an action without the mark of its underlined letter."""
    return plain(action.text())


def keys_text(spec: ActionSpec) -> str:
    """Return the keys of an action as a keyboard names them; empty where it has none."""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""


def tip_text(spec: ActionSpec, words: str = "") -> str:
    """Return the tooltip: what it does, and its key. `words` replace what is declared."""
    sentence = words or _(spec.tip or spec.text)
    keys = keys_text(spec)
    return _("{what} ({keys})").format(what=sentence, keys=keys) if keys else sentence


def make_action(spec: ActionSpec, owner: QWidget, handler: Callable[[], object]) -> QAction:
    """Return the action of a declaration; its keys work in the whole window, or in `owner` where it is local."""
    action = QAction(_(spec.text), owner)
    action.setObjectName(spec.id)
    action.setData(spec)
    action.setToolTip(tip_text(spec))
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    if spec.local:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    # Qt would guess from the words what a system's own menu does
    action.setMenuRole(QAction.MenuRole.QuitRole if spec.id == "quit" else QAction.MenuRole.NoRole)
    action.triggered.connect(lambda: handler())
    owner.addAction(action)
    return action

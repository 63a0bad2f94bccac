"""Everything a person can ask for by a button, a menu or a key, as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

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
        Marked words of its button.
    group
        Marked heading under which the list of keys shows it.
    keys
        Shortcuts in Qt's portable spelling; the first is the one that is shown.
    drawing
        Name of its icon.
    tip
        Marked sentence for the tooltip, where the words of the button do not say it all.
    """

    id: str
    text: str
    group: str
    keys: tuple[str, ...] = ()
    drawing: str = ""
    tip: str = ""


_TIME: Final = N_("Training")
_WORK: Final = N_("What you build")
_PLOT: Final = N_("Plots")
_WINDOW: Final = N_("Window")

SPECS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("reset", N_("Reset"), _TIME, ("Home",), "rewind", N_("Back to step 0 with the same weights again")),
    ActionSpec("play", N_("Play"), _TIME, ("Space",), "play", N_("Train, or pause")),
    ActionSpec("step", N_("Step"), _TIME, ("Right",), "step", N_("Train one mini-batch")),
    ActionSpec("epoch", N_("Epoch"), _TIME, ("Shift+Right",), "epoch", N_("Train to the end of the epoch")),
    ActionSpec(
        "new_weights",
        N_("New weights"),
        _TIME,
        ("Shift+Home",),
        "shuffle",
        N_("Back to step 0 with other random weights"),
    ),
    ActionSpec("open", N_("Open…"), _WORK, ("Ctrl+O",), "", N_("Open an experiment from a file")),
    ActionSpec("save", N_("Save…"), _WORK, ("Ctrl+S",), "", N_("Save the experiment and its edits to a file")),
    ActionSpec("save_as", N_("Save as…"), _WORK, ("Ctrl+Shift+S",), "", N_("Save to another file")),
    ActionSpec("undo", N_("Undo"), _WORK, ("Ctrl+Z",), "undo"),
    ActionSpec("redo", N_("Redo"), _WORK, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec(
        "plot_alone",
        N_("Plot over the whole window"),
        _PLOT,
        tip=N_("Show the chosen plot alone, in large type; a double click on it or Enter does the same"),
    ),
    ActionSpec("reset_zoom", N_("Reset zoom"), _PLOT, ("Ctrl+0",), "", N_("Show the whole plot again")),
    ActionSpec("full_screen", N_("Full screen"), _WINDOW, ("F11",), "", N_("Let the window have the whole screen")),
    ActionSpec("larger", N_("Larger text"), _WINDOW, ("Ctrl++", "Ctrl+=")),
    ActionSpec("smaller", N_("Smaller text"), _WINDOW, ("Ctrl+-",)),
    ActionSpec("story", N_("What this shows"), _WINDOW, ("F4",), "info", N_("Show or hide the sentences at the right")),
    *(
        ActionSpec(f"tab_{tab.id}", tab.title, _WINDOW, (f"Ctrl+{number}",), "", tab.tip)
        for number, tab in enumerate(TABS, start=1)
    ),
    ActionSpec("keys", N_("Keys"), _WINDOW, ("?", "F1"), "", N_("Show all keys")),
    ActionSpec("quit", N_("Quit"), _WINDOW, ("Ctrl+Q",)),
)

Handlers = Mapping[str, Callable[[], object]]


class Actions:
    """The actions of one window, by id."""

    def __init__(self, window: QWidget, handlers: Handlers) -> None:
        self._actions = {spec.id: _make(spec, window, handlers[spec.id]) for spec in SPECS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]


def spec_of(action: QAction) -> ActionSpec:
    """Return what is declared of an action."""
    spec: ActionSpec = action.data()
    return spec


def keys_text(spec: ActionSpec) -> str:
    """Return the keys of an action as a keyboard names them; empty where it has none."""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""


def tip_text(spec: ActionSpec, words: str = "") -> str:
    """Return the tooltip: what it does, and its key. `words` replace what is declared."""
    sentence = words or _(spec.tip or spec.text)
    keys = keys_text(spec)
    return _("{what} ({keys})").format(what=sentence, keys=keys) if keys else sentence


def _make(spec: ActionSpec, window: QWidget, handler: Callable[[], object]) -> QAction:
    action = QAction(_(spec.text), window)
    action.setObjectName(spec.id)
    action.setData(spec)
    action.setToolTip(tip_text(spec))
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    action.triggered.connect(lambda: handler())
    window.addAction(action)
    return action

"""The way to what was found."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.actions.actions import Actions
from app.actions.file_actions import FileActions
from app.arrangement.presets import PRESETS
from app.finding.entry import Entry
from app.forms.editor import FieldEditor
from app.labs.catalogue import labs
from app.lecture.course import experiments_of
from app.lecture.slides import SLIDES
from app.panels.build.build_column import BuildColumn, PageName
from app.stage.stage import Stage
from app.theme import THEME_NAMES, Theme
from app.window.tab_order import go_to, stops
from simulator.experiment import names

_PAGES: dict[str, PageName] = {
    "data": "data",
    "split": "data",
    "preprocessing": "data",
    "seeds.data": "data",
    "network": "network",
}


class Way:
    """Goes to an entry, whatever it is."""

    def __init__(
        self,
        actions: Actions,
        files: FileActions,
        theme: Theme,
        column: BuildColumn,
        stage: Stage,
        show_tab: Callable[[str], None],
        show_lab: Callable[[str], None],
    ) -> None:
        self._actions = actions
        self._files = files
        self._theme = theme
        self._column = column
        self._stage = stage
        self._show_tab = show_tab
        self._show_lab = show_lab

    def go(self, entry: Entry) -> None:
        """Open, show, jump to or do what the entry stands for."""
        acts: dict[str, Callable[[str], None]] = {
            "slide": self.open_slide,
            "experiment": self.open_experiment,
            "view": self._view,
            "lab": self._show_lab,
            "field": self._field,
            "command": lambda name: self._actions[name].trigger(),
            "size": lambda scale: self._theme.set_text_scale(float(scale)),
            "theme": lambda name: self._theme.set_name(next(each for each in THEME_NAMES if each == name)),
        }
        acts[entry.kind](entry.id)

    def open_slide(self, name: str) -> None:
        """Open what a slide has: its experiment, else its lab, else its view."""
        slide = SLIDES[name]
        of_slide = experiments_of(slide, names())
        lab = next((spec.id for spec in labs() if name in spec.slides), "")
        if of_slide:
            self.open_experiment(of_slide[0])
        elif lab:
            self._show_lab(lab)
        elif slide.view:
            self._view(slide.view)

    def open_experiment(self, experiment: str) -> None:
        """Open a built-in experiment, and show it."""
        if self._on_labs():
            self._show_tab(PRESETS[0].id)
        self._files.open_built_in(experiment)

    def _view(self, view: str) -> None:
        if self._on_labs():
            self._show_tab(PRESETS[0].id)
        self._stage.ring(view)

    def _on_labs(self) -> bool:
        return not self._stage.isVisible()

    def _field(self, path: str) -> None:
        """Bring a field's editor into sight and give it the focus."""
        if self._on_labs():
            self._show_tab(PRESETS[0].id)
        page = next((page for start, page in _PAGES.items() if path.startswith(start)), None)
        self._column.show_page(page or "training")
        if page == "network" and self._column.network.selected is None:
            self._column.network.select_layer(1)
        name = path.rpartition(".")[2]
        places = (self._column, self._column.drawer)
        shown = [each for place in places for each in place.findChildren(FieldEditor) if each.isVisibleTo(place)]
        exact = [editor for editor in shown if editor.path == path]
        alike = [editor for editor in shown if editor.path.rpartition(".")[2] == name]
        for editor in (exact or alike)[:1]:
            _reach(editor)


def _reach(editor: QWidget) -> None:
    controls = stops([editor])
    if controls:
        go_to(controls[0], forward=True)
        controls[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

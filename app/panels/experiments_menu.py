"""The menu of built-in experiments, under the names of their data sets."""

from PySide6.QtWidgets import QMenu, QWidget

from app.file_actions import FileActions, left_from_last_time
from app.i18n import _
from simulator import SOURCES, load, names


class ExperimentsMenu(QMenu):
    """Opens what comes with the program, and what was left unsaved last time."""

    def __init__(self, files: FileActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        # The files are read when the menu is first wanted, not before the window shows.
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the built-in experiments, once."""
        if self.actions():
            return
        if left_from_last_time().exists():
            self.addAction(_("What was not saved last time")).triggered.connect(self._files.open_left)
            self.addSeparator()
        groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in SOURCES}
        # What is called like its data set comes first.
        for name in sorted(names(), key=lambda name: (name not in SOURCES, name)):
            experiment = load(name).experiment
            groups[experiment.data.kind].append((name, experiment.name))
        for kind, members in groups.items():
            if members:
                heading = self.addAction(_(SOURCES[kind].label))
                heading.setEnabled(False)
            for name, title in members:
                self._offer(name, title)

    def _offer(self, name: str, title: str) -> None:
        # Qt takes a single "&" for a shortcut.
        action = self.addAction(title.replace("&", "&&"))
        action.triggered.connect(lambda: self._files.open_built_in(name))

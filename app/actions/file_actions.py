"""Opening and saving: dialogs that do not block, and one sentence when a file is not what it should be."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions.file_dialog import file_dialog
from app.document.document import Document
from app.running.run_controller import RunController
from app.running.worker import Worker
from app.system.i18n import _
from app.system.paths import data_directory
from simulator.errors import ObukaError
from simulator.experiment import Run, load, read, write
from simulator.message import N_, Message

SUFFIX: Final = ".json"
_SAVED: Final = N_("{name} was saved.")
_SAVED_ALONE: Final = N_("{name} was saved with run {letter} alone.")
_ONE_LANE: Final = N_("A file holds one run: {letter} would be saved, and the others would not.")

_log = logging.getLogger(__name__)


class FileActions(QObject):
    """Reads runs into the document and writes them from it.

    Signals
    -------
    refused(Message)
        A file could not be read or written; nothing was changed.
    saved(Message)
        A file was written.
    incomplete(Message, object)
        A file would not hold all that is on the table; calling the object saves all the same.
    """

    refused = Signal(object)
    saved = Signal(object)
    incomplete = Signal(object, object)

    def __init__(self, window: QWidget, document: Document, controller: RunController) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._controller = controller
        # a long edit log takes seconds to check, an archive of pictures a while to find
        self._reader = Worker("reader", self)
        self._reader.answered.connect(self._take)

    def open_built_in(self, name: str) -> None:
        """Put a built-in experiment on the table as soon as it is read."""
        self._read(lambda: load(name), None)

    def open_path(self, path: Path) -> None:
        """Put the run of a file on the table as soon as it is read."""
        self._read(lambda: read(path), path)

    def open_left(self) -> None:
        """Put on the table what was left unsaved when the program was closed last."""
        self._read(lambda: read(left_from_last_time()), None)

    def keep_unsaved(self) -> None:
        """Keep what was changed and not saved, for the next start."""
        if not self._document.modified:
            return
        try:
            write(left_from_last_time(), self._controller.run_to_save())
        except ObukaError as error:
            _log.warning("what was not saved could not be kept: %s", error)

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        dialog = self._dialog(_("Open an experiment"), _("Open"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.open_path(Path(chosen)))
        dialog.open()

    def save(self) -> None:
        """Save to the file the document has, or ask for one; with several lanes, first say that one alone is saved."""
        self._unless_incomplete(self._ask_save if self._document.path is None else self._save_again)

    def ask_save(self) -> None:
        """Ask for a file and save to it; with several lanes, first say that one alone is saved."""
        self._unless_incomplete(self._ask_save)

    def _unless_incomplete(self, save: Callable[[], None]) -> None:
        state = self._document.state
        if len(state.lanes) > 1:
            self.incomplete.emit(Message(_ONE_LANE, {"letter": state.lane.letter}), save)
        else:
            save()

    def _save_again(self) -> None:
        if self._document.path is not None:
            self.save_path(self._document.path)

    def _ask_save(self) -> None:
        dialog = self._dialog(_("Save the experiment"), _("Save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX)
        path = self._document.path
        dialog.selectFile(path.name if path else _file_name(self._document.name))
        dialog.fileSelected.connect(lambda chosen: self.save_path(Path(chosen)))
        dialog.open()

    def save_path(self, path: Path) -> None:
        """Write the run on the table, with the edits made while it trained."""
        try:
            write(path, self._controller.run_to_save())
        except ObukaError as error:
            self.refused.emit(error.message)
            return
        self._document.mark_saved(path)
        state = self._document.state
        text = _SAVED if len(state.lanes) == 1 else _SAVED_ALONE
        self.saved.emit(Message(text, {"name": path.name, "letter": state.lane.letter}))

    def close_down(self) -> None:
        """Give up what is being read."""
        self._reader.close()

    def _read(self, reading: Callable[[], Run], path: Path | None) -> None:
        self._reader.ask(lambda _task: _Read(_run_or_fault(reading), path))

    def _take(self, found: "_Read") -> None:
        if isinstance(found.run, ObukaError):
            self.refused.emit(found.run.message)
        else:
            self._document.open_run(found.run, found.path)

    def _dialog(self, title: str, accept: str) -> QFileDialog:
        filters = [_("Experiments (*.json)"), _("All files (*)")]
        dialog = file_dialog(self._window, title, accept, filters)
        path = self._document.path
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(str(path.parent) if path else documents)
        return dialog


@dataclass(frozen=True)
class _Read:
    """What came of reading a file, and the path that the document gets."""

    run: Run | ObukaError
    path: Path | None


def _run_or_fault(reading: Callable[[], Run]) -> Run | ObukaError:
    try:
        return reading()
    except ObukaError as error:
        return error


def left_from_last_time() -> Path:
    """Return the file that holds what was not saved when the program was closed last; it may not be there."""
    return data_directory() / f"last{SUFFIX}"


def _file_name(name: str) -> str:
    """Return a file name made from an experiment's name, without what file systems refuse."""
    kept = "".join(letter if letter.isalnum() or letter in " -_." else "-" for letter in name).strip(" .")
    return (kept or _("experiment")) + SUFFIX

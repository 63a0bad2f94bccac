"""What is taken away from a plot: its picture and its numbers, to the clipboard or to a file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions.file_dialog import file_dialog
from app.export.table import Table, csv_text, tab_text
from app.look.numbers import count
from app.plots.canvas.figure import Figure
from app.plots.canvas.plot import Plot
from app.plots.canvas.portrait import SHARPNESS, Portrait
from app.system.i18n import _
from app.theme import Theme
from simulator.experiment import replace_file
from simulator.training import StepLosses

PATIENCE: Final = 4000
"""Milliseconds that losses are waited for; then what the plot itself holds is told."""
Losses = Mapping[int, StepLosses]
AskForLosses = Callable[[Sequence[int], Callable[[Losses], None]], None]


class PlotTakeaway(QObject):
    """Copies and saves; nothing blocks, and a file is there whole or not at all.

    Signals
    -------
    told(str)
        What was done.
    failed(str)
        Why it was not done.
    """

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self.folder = ""
        """Where the last file was saved."""
        self.about: Callable[[], Sequence[str]] = tuple
        """Returns lines on the runs that are on display."""
        self.ask_for_losses: AskForLosses | None = None
        """Fetches the losses of every step of these runs."""

    def copy_picture(self, plot: Plot) -> None:
        """Put a picture of the plot on the clipboard."""
        portrait = Portrait(plot, self._theme)
        image = portrait.image()
        # not every program that pastes knows of pixels that are half as large
        image.setDevicePixelRatio(1)
        QGuiApplication.clipboard().setImage(image)
        words = _("The picture “{title}” was copied: {width} x {height} pixels, on white.")
        self.told.emit(words.format(title=plot.title, width=count(image.width()), height=count(image.height())))

    def copy_data(self, plot: Plot) -> None:
        """Put the numbers of the plot on the clipboard, as spreadsheets paste them."""
        self._with_table(plot, self._copy_table)

    def save_picture(self, plot: Plot) -> None:
        """Ask for a file and save a picture of the plot."""
        png, svg = _("Picture in pixels (*.png)"), _("Picture in lines (*.svg)")

        def save(path: Path) -> None:
            portrait = Portrait(plot, self._theme)
            self._write(path, portrait.svg() if path.suffix.lower() == ".svg" else portrait.png())

        dialog = self._dialog(_("Save the picture"), [png, svg], f"{_file_name(plot.title)}.png", save)
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("svg" if chosen == svg else "png"))

    def save_data(self, plot: Plot) -> None:
        """Ask for a file and save the numbers of the plot."""

        def save(path: Path) -> None:
            self._with_table(plot, lambda table: self._write(path, csv_text(table).encode()))

        self._dialog(_("Save the data"), [_("Table of numbers (*.csv)")], f"{_file_name(plot.title)}.csv", save)

    # numbers ---------------------------------------------------------------------------------------------------------

    def _with_table(self, plot: Plot, take: Callable[[Table], None]) -> None:
        runs = plot.loss_runs()
        if not runs or self.ask_for_losses is None:
            self._take_table(plot, take)
            return
        waiting = QTimer(self)
        waiting.setSingleShot(True)

        def arrived(losses: Losses) -> None:
            if waiting.isActive():
                waiting.stop()
                waiting.deleteLater()
                plot.losses = losses
                self._take_table(plot, take)
                plot.losses = {}

        waiting.timeout.connect(lambda: self._take_table(plot, take))
        waiting.start(PATIENCE)
        self.ask_for_losses(runs, arrived)

    def _take_table(self, plot: Plot, take: Callable[[Table], None]) -> None:
        table = plot.table()
        if not table.columns:
            self.failed.emit(_("There is nothing to take from {plot} yet.").format(plot=plot.title))
            return
        title = f"{plot.title}, {plot.subtitle}" if plot.subtitle else plot.title
        take(table.told([title, *([] if isinstance(plot, Figure) else self.about())]))

    def _copy_table(self, table: Table) -> None:
        data = QMimeData()
        data.setText(tab_text(table))
        data.setData("text/csv", csv_text(table).encode())
        QGuiApplication.clipboard().setMimeData(data)
        rows = max(len(column.values) for column in table.columns)
        words = _("The data were copied: {columns} columns of {rows} rows.")
        self.told.emit(words.format(columns=count(len(table.columns)), rows=count(rows)))

    # files -----------------------------------------------------------------------------------------------------------

    def _dialog(self, title: str, filters: Sequence[str], name: str, save: Callable[[Path], None]) -> QFileDialog:
        dialog = file_dialog(self._window, title, _("Save"), filters)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog.setDirectory(self.folder if Path(self.folder or "?").is_dir() else documents)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: save(Path(chosen)))
        dialog.open()
        return dialog

    def _write(self, path: Path, data: bytes) -> None:
        try:
            replace_file(path, data)
        except OSError as error:
            words = _("{name} cannot be written: {reason}")
            self.failed.emit(words.format(name=path.name, reason=error.strerror or str(error)))
            return
        self.folder = str(path.parent)
        self.told.emit(_("{name} was saved.").format(name=path.name))


def tooltip_of_picture() -> str:
    """Return what a picture is, for whoever wants to copy one."""
    return _("In light colours on white, {sharpness} times as sharp as on screen").format(sharpness=SHARPNESS)


def _file_name(title: str) -> str:
    """Return a file name made from a title, without what file systems refuse."""
    return "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in title).strip() or _("plot")

"""A dialog for files that does not block, with our own words on its buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.system.i18n import _


def file_dialog(window: QWidget, title: str, accept: str, filters: Sequence[str]) -> QFileDialog:
    """Return a dialog to be opened; it goes by itself when it is done.

    Parameters
    ----------
    accept
        The word of the button.
    filters
        Kinds of files, as Qt writes them: "Experiments (*.json)".
    """
    dialog = QFileDialog(window, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(list(filters))
    label = QFileDialog.DialogLabel
    for part, words in (
        (label.Accept, accept),
        (label.Reject, _("Cancel")),
        (label.FileName, _("File name:")),
        (label.FileType, _("Kind of file:")),
        (label.LookIn, _("Folder:")),
    ):
        dialog.setLabelText(part, words)
    return dialog

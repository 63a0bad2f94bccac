"""How to read the thumbnails."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.system.i18n import _
from app.theme import set_role
from simulator.analysis.curves import GALLERY


class GalleryLegend(QWidget):
    """Stands at the left while the gallery is on show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QLabel(_("Odd loss curves"))
        set_role(head, "subtitle")
        self.trained = QLabel()
        set_role(self.trained, "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        for text in (
            _("Each is one built-in experiment, trained just now on this computer."),
            _("Grey: the loss of every step, penalty included."),
            _("Line: the same, smoothed."),
            _("Dashes: the validation loss, where it matters."),
            _("Point at a curve: the right column says what it is. Press it: it opens in Watch, ready to play."),
        ):
            label = QLabel(text)
            label.setWordWrap(True)
            set_role(label, "body")
            column.addWidget(label)
        column.addWidget(self.trained)
        self.show_trained(0)

    def show_trained(self, made: int) -> None:
        """Say how many of the curves are there."""
        self.trained.setText(_("{made} of {all} trained").format(made=made, all=len(GALLERY)))

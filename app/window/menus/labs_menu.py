"""The menu of labs."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from app.labs.catalogue import labs
from app.system.i18n import _


class LabsMenu(QMenu):
    """Opens a lab; `show_lab` is given its id."""

    def __init__(self, show_lab: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(_("Labs"), parent)
        self.setToolTipsVisible(True)
        for spec in labs():
            action = self.addAction(_(spec.title))
            action.setToolTip(_(spec.tip))
            action.triggered.connect(lambda _checked=False, name=spec.id: show_lab(name))

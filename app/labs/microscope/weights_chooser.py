"""Which weights are looked at: those of the beginning, or those that the run has now."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.labs.microscope.batch.batch_study import NOW, START, BatchStudy
from app.system.i18n import _
from app.theme import set_role
from app.widgets.segmented import Choice, Segmented


class WeightsChooser(QWidget):
    """Follows a study, and tells it what the user wants."""

    def __init__(self, study: BatchStudy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._study = study
        title = QLabel(_("Weights"))
        set_role(title, "muted")
        self.switch = Segmented()
        self.switch.set_choices(
            [
                Choice(START, _("at step 0"), _("Those that the network begins with")),
                Choice(NOW, _("now"), _("Those that the run has at this moment; click again for a later one")),
            ]
        )
        self.switch.setAccessibleName(_("Weights"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(self.switch)
        self.switch.chosen.connect(study.take_weights)
        study.parts_changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.switch.set_value(self._study.source)

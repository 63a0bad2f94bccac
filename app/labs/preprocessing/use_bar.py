"""Takes what the lab shows into the user's experiment."""

from typing import Any

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.document.document import Document
from app.system.i18n import _
from app.theme import set_role
from app.theme.prose import as_tip
from simulator.data import PREPROCESSINGS, Preprocessing, Source
from simulator.experiment import Experiment, to_plain


class UseBar(QWidget):
    """Says what the user's experiment does, and two buttons that change it, each one undo step."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._preprocessing: Preprocessing = document.experiment.preprocessing
        self._data: Source = document.experiment.data
        self.in_use = QLabel()
        set_role(self.in_use, "muted")
        self.in_use.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.use_button = QPushButton(_("Use this in my experiment"))
        set_role(self.use_button, "outline")
        self.use_button.clicked.connect(lambda: self._use(with_data=False))
        self.take_button = QPushButton(_("Take the data, too"))
        self.take_button.setToolTip(_("Your experiment gets these data as well as this preprocessing"))
        self.take_button.clicked.connect(lambda: self._use(with_data=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.in_use, 1)
        row.addWidget(self.take_button)
        row.addWidget(self.use_button)

    def offer(self, preprocessing: Preprocessing, data: Source) -> None:
        """Offer what the lab shows now."""
        self._preprocessing, self._data = preprocessing, data
        own = self._document.experiment
        refused = preprocessing.for_pictures and not self._document.runs.has_pictures
        self.use_button.setEnabled(own.preprocessing != preprocessing and not refused)
        restarts = _("Your experiment starts again, with this preprocessing")
        self.use_button.setToolTip(_("Your experiment has no pictures") if refused else restarts)
        self.take_button.setVisible(own.data != data)
        self.in_use.setText(
            _("Your experiment uses: {kind}").format(kind=_(PREPROCESSINGS[own.preprocessing.kind].label))
        )
        self.in_use.setToolTip(as_tip(self.in_use.text()))

    def _use(self, with_data: bool) -> None:
        shown = to_plain(msgspec.structs.replace(Experiment(), preprocessing=self._preprocessing, data=self._data))
        patch: dict[str, Any] = {"preprocessing": shown["preprocessing"]}
        if with_data:
            patch["data"] = shown["data"]
        self._document.edit(patch, _("Change preprocessing"))

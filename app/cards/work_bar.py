"""How far a measurement is, with a button that gives it up; a sentence where it failed."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from app.running.worker import Worker
from app.system.i18n import _
from app.theme import set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import ElidedLabel

_PARTS = 1000


class WorkBar(QWidget):
    """Follows one worker; invisible while there is nothing to say."""

    def __init__(self, worker: Worker, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.label = ElidedLabel()
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words)
        self.cancel_button = QPushButton(_("Cancel"))
        self.cancel_button.setAccessibleName(_("Cancel: {words}").format(words=words))
        self.cancel_button.clicked.connect(worker.cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel_button)
        worker.busy_changed.connect(self._on_busy)
        worker.progressed.connect(lambda share: self.bar.setValue(round(share * _PARTS)))
        worker.failed.connect(self._on_failed)
        self._set_busy(False)
        self.hide()

    def set_words(self, words: str) -> None:
        """Say what is being measured."""
        self._words = words
        self.bar.setAccessibleName(words)

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.bar.setValue(0)
            self.label.setText(self._words)
            set_role(self.label, "muted")
        self._set_busy(busy)
        # a sentence about a failure stays until the next measurement
        self.setVisible(busy or self.label.property("role") == "warn")

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.cancel_button.setVisible(busy)

    def _on_failed(self, sentence: str) -> None:
        self.label.setText(sentence)
        self.label.setToolTip(as_tip(sentence))
        set_role(self.label, "warn")
        self.show()

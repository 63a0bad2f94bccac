"""How far the compiling of kernels is, and what can be done meanwhile; nothing where it is quick."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from app.look import numbers
from app.running.run_controller import RunController
from app.system.i18n import _
from app.theme import set_role
from simulator.training import Preparing

PATIENCE: Final = 1200
"""Milliseconds before anything is said: from a warm cache it takes no longer."""
GONE: Final = 400
"""Milliseconds without news after which nothing is compiled any more."""


class PreparingBar(QFrame):
    """A bar of its own under the page: it asks for nothing, and goes by itself."""

    def __init__(self, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        set_role(self.words, "body")
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Preparing the simulator"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.words, 2)
        row.addWidget(self.bar, 1)
        self._wait = self._timer(PATIENCE, self.show)
        self._away = self._timer(GONE, self._end)
        controller.preparing.connect(self.show_progress)
        controller.loaded.connect(self._end)
        controller.rejected.connect(self._end)
        self.hide()

    def show_progress(self, preparing: Preparing) -> None:
        """Say how many parts are there, once it takes long enough to be worth a sentence."""
        self._away.stop()
        if preparing.done >= preparing.total > 0:
            self._away.start()
            return
        text = _(
            "Preparing the simulator, once on this computer: {done} of {total} parts. You can build your network "
            "meanwhile; Play begins when it is ready."
        )
        if not preparing.total:
            text = _("Preparing the simulator. You can build your network meanwhile; Play begins when it is ready.")
        self.words.setText(text.format(done=numbers.count(preparing.done), total=numbers.count(preparing.total)))
        self.setAccessibleName(self.words.text())
        self.bar.setRange(0, preparing.total)
        self.bar.setValue(preparing.done)
        if self.isHidden() and not self._wait.isActive():
            self._wait.start()

    def _end(self, *_what: object) -> None:
        self._wait.stop()
        self._away.stop()
        self.hide()

    def _timer(self, milliseconds: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

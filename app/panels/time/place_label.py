"""Where the run on display is, in words that move nothing when they change."""

import re

from PySide6.QtWidgets import QLabel, QWidget

from app.document.document import Document
from app.look import numbers
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _, ngettext
from app.theme import set_role
from simulator.training import Picture, Rebuilding


class PlaceLabel(QLabel):
    """Epoch and step; a past step; how far something is rebuilt; or that the simulator is not ready."""

    def __init__(self, document: Document, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._controller = controller
        self._reserved = 0
        set_role(self, "value")
        controller.state_changed.connect(self._show_state)
        controller.picture_changed.connect(self.show_picture)
        self._show_state(controller.state)

    def show_picture(self, picture: Picture) -> None:
        """Say which step is seen."""
        frame, at = picture.frame, self._document.viewpoint.at
        step = numbers.count(frame.step)
        if picture.rebuilding is not None:
            words = _("rebuilding: {share}").format(share=numbers.percent(picture.rebuilding.share))
            self.setToolTip(progress_words(picture.rebuilding))
        elif at is not None and at < self._controller.newest:
            words = _("step {step} of {newest}").format(step=step, newest=numbers.count(self._controller.newest))
        else:
            words = _("Epoch {epoch} · step {step}").format(epoch=numbers.count(int(frame.epoch)), step=step)
        if picture.rebuilding is None:
            self.setToolTip("")
        # digits are of one width; a number with one more of them widens the label once, and nothing else does
        self._reserved = max(self._reserved, self.fontMetrics().horizontalAdvance(re.sub(r"\d", "0", words)))
        self.setMinimumWidth(self._reserved + 2)
        self.setText(words)

    def _show_state(self, state: RunState) -> None:
        if state is RunState.PREPARING:
            waiting = self._controller.play_is_waiting
            self.setText(_("starts when the simulator is ready") if waiting else _("preparing the simulator"))


def progress_words(rebuilding: Rebuilding) -> str:
    """Return how far a past step is rebuilt, and how long it will take."""
    values = {"step": numbers.count(rebuilding.step), "share": numbers.percent(rebuilding.share)}
    if rebuilding.seconds_left is None:
        return _("rebuilding step {step}: {share}").format(**values)
    seconds = max(1, round(rebuilding.seconds_left))
    text = ngettext(
        "rebuilding step {step}: {share}, about {count} second",
        "rebuilding step {step}: {share}, about {count} seconds",
        seconds,
    )
    return text.format(count=numbers.count(seconds), **values)

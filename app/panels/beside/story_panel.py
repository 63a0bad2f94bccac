"""The right column: what the picture on display shows, in words, and what to try next."""

from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.panels.beside.story import Story, tell
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _
from app.telling.paragraphs import Paragraphs
from app.theme import Theme, set_role
from simulator.training import Loaded, Picture

PACE: Final = 500
"""Milliseconds between two new texts while the run plays: numbers that change faster cannot be read."""


class StoryPanel(QFrame):
    """Listens to the controller and tells `app.panels.beside.story`."""

    def __init__(self, theme: Theme, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._loaded: Loaded | None = None
        self._picture: Picture | None = None
        self._story = Story((), ())
        self._clock = QElapsedTimer()
        set_role(self, "card")
        self.setAccessibleName(_("What this shows"))
        self._seen = Paragraphs()
        self._to_try_title = QLabel(_("Try it"))
        set_role(self._to_try_title, "subtitle")
        self._to_try = Paragraphs()
        self._lay_out()
        controller.loaded.connect(self.show_run)
        controller.picture_changed.connect(self.show_picture)
        controller.state_changed.connect(self.show_state)
        self._show(Story((_("The simulator is being prepared."),), (_("Press <b>Play</b>, or the space bar."),)))

    @property
    def story(self) -> Story:
        """What is told now."""
        return self._story

    def show_run(self, loaded: Loaded) -> None:
        """Tell of another run."""
        self._loaded = loaded
        self._picture = None
        self._tell()

    def show_picture(self, picture: Picture) -> None:
        """Tell of a newer picture, though not of every one while the run plays."""
        self._picture = picture
        playing = self._controller.state is RunState.PLAYING
        if not playing or not self._clock.isValid() or self._clock.elapsed() >= PACE:
            self._tell()

    def show_state(self, _state: RunState) -> None:
        """Tell what can be tried in another state."""
        self._tell()

    def _tell(self) -> None:
        if self._loaded is None:
            return
        self._clock.start()
        self._show(tell(self._loaded, self._picture, self._controller.state))

    def _show(self, story: Story) -> None:
        if story == self._story:
            return
        self._story = story
        self._seen.show_texts(story.seen)
        text = _("{number}. {text}")
        self._to_try.show_texts(
            tuple(text.format(number=place, text=words) for place, words in enumerate(story.to_try, start=1))
        )

    def _lay_out(self) -> None:
        title = QLabel(_("What this shows"))
        set_role(title, "title")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        column.addWidget(self._seen)
        column.addWidget(self._to_try_title)
        column.addWidget(self._to_try)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("What this shows"))
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 10)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(scroll, 1)

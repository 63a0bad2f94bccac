"""One sentence at a time about what ended or was refused, in the window and never in its way."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.system.i18n import _
from app.theme import Theme, set_role

Tone = Literal["note", "warning"]


class NoticeBar(QFrame):
    """Shows the newest sentence; it is hidden while there is none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._handler: Callable[[], object] | None = None
        self._tone: Tone = "note"
        self._picture = QLabel()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        # a long word, such as the name of a file, must not make the window wider
        self._sentence.setMinimumWidth(1)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(self._sentence, "body")
        self._remedy = QPushButton()
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close the notice"))
        self._close.setToolTip(_("Close the notice"))
        for button in (self._remedy, self._close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 8, 6)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._remedy)
        layout.addWidget(self._close)
        self._remedy.clicked.connect(self.choose_remedy)
        self._close.clicked.connect(self.dismiss)
        theme.theme_changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now; empty while nothing is."""
        return self._sentence.text() if not self.isHidden() else ""

    def say(
        self,
        sentence: str,
        tone: Tone = "note",
        *,
        remedy: str = "",
        handler: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence in the place of the last one.

        Parameters
        ----------
        remedy, handler
            Words of a button, and what it does.
        """
        self._tone = tone
        self._handler = handler
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._remedy.setText(remedy)
        self._remedy.setAccessibleName(remedy)
        self._remedy.setVisible(bool(remedy))
        self._dress()
        self.show()

    def dismiss(self) -> None:
        """Say nothing."""
        self._handler = None
        self.hide()

    def choose_remedy(self) -> None:
        """Do what the button offers."""
        handler = self._handler
        self.dismiss()
        if handler is not None:
            handler()

    def _dress(self) -> None:
        warns = self._tone == "warning"
        set_role(self, "warning" if warns else "note")
        drawing = self._theme.icon("warning" if warns else "info", "warn" if warns else "text")
        side = self._theme.px(20)
        self._picture.setPixmap(drawing.pixmap(side, side))
        self._close.setIcon(self._theme.icon("close", "muted"))

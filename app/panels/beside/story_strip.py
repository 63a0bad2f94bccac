"""The right column as one line over the stage, where the window is narrow."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.panels.beside.narrator import Narrator
from app.system.i18n import _
from app.theme import Theme, set_role
from app.theme.prose import as_tip
from app.widgets.elided_label import ElidedLabel

HEIGHT: Final = 40


class StoryStrip(QPushButton):
    """Headline, number and how much the doctor found; a click or Enter opens the whole panel."""

    def __init__(self, theme: Theme, narrator: Narrator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrator = narrator
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_role(self, "strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.headline_label = ElidedLabel()
        self.headline_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.number_label = QLabel()
        self.count_label = QLabel()
        for label, role in ((self.headline_label, "title"), (self.number_label, "figure_line"), (self.count_label, "")):
            set_role(label, role)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.number_label)
        self._row.addWidget(self.headline_label, 1)
        self._row.addWidget(self.count_label)
        narrator.told_changed.connect(self._tell)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        told, counts, letter = self._narrator.told, self._narrator.counts, self._narrator.letter
        headline = _("{letter}: {headline}").format(letter=letter, headline=told.headline) if letter else told.headline
        self.headline_label.setText(headline)
        self.number_label.setText(told.number)
        self.number_label.setVisible(bool(told.number))
        self.count_label.setText(_("{findings}  ›").format(findings=counts))
        text = _("{headline} {number}; {findings}. Opens all of it.")
        self.setAccessibleName(text.format(headline=headline, number=told.number, findings=counts))
        self.setToolTip(as_tip(told.basis))

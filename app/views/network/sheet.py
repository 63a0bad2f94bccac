"""The picture, what stands under it, and, where there is width, the sum of a unit beside it."""

from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.cards.view_card import QuietLabel
from app.plots.run.network.picture import NetworkPicture
from app.theme import Theme
from app.views.network.example_bar import ExampleBar
from app.views.network.key import PictureKey
from app.views.network.unit_panel import UnitPanel

Form = Literal["small", "tall", "wide"]
LEAST: Final = {"tall": (420, 370), "wide": (720, 370)}
"""Width and height, at text scale 1, from which there are titles and numbers; in a wide sheet the sum too."""


class Sheet(QStackedWidget):
    """Words while there is nothing to draw, or the picture.

    Signals
    -------
    form_changed()
        There is more room now, or less.
    """

    form_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        words: QuietLabel,
        drawing: NetworkPicture,
        panel: UnitPanel,
        foot: tuple[ExampleBar, PictureKey, QuietLabel, QToolButton],
    ) -> None:
        super().__init__()
        self._theme, self._panel = theme, panel
        self.form: Form = "small"
        row = QHBoxLayout()
        row.setSpacing(12)
        examples, key, readout, enlarge = foot
        row.addWidget(examples)
        row.addWidget(key)
        row.addWidget(readout, 1)
        row.addWidget(enlarge)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(drawing, 1)
        column.addLayout(row)
        page = QWidget()
        both = QHBoxLayout(page)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addLayout(column, 1)
        both.addWidget(panel)
        panel.hide()
        self.addWidget(words)
        self.addWidget(page)

    def show_words(self, words: bool) -> None:
        """Show the words, or the picture."""
        self.setCurrentIndex(0 if words else 1)

    def fit(self) -> None:
        """Take the form that there is room for."""
        forms: tuple[Form, ...] = ("wide", "tall")
        form: Form = "small"
        for each in forms:
            width, height = (self._theme.px(side) for side in LEAST[each])
            if self.width() >= width and self.height() >= height:
                form = each
                break
        self._panel.setVisible(form == "wide")
        if form != self.form:
            self.form = form
            self.form_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

"""The left column of the page: what was opened last, and what experiments show."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.lecture.course import slide_of
from app.lecture.slides import TAGS
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.wrap_row import WrapRow
from app.window.experiments.slide_row import SlideRow


class Side(QFrame):
    """Recent slides, and one chip a thing that may be seen.

    Signals
    -------
    slide_chosen(str)
        The slide of that id.
    slide_wanted(str)
        The same, to be opened.
    tag_chosen(str)
        The words of a tag, in the language that is spoken.
    """

    slide_chosen = Signal(str)
    slide_wanted = Signal(str)
    tag_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "card")
        self._rows: list[SlideRow] = []
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        self._heading = QLabel(_("Recent"))
        show = QLabel(_("By what they show"))
        for label in (self._heading, show):
            set_role(label, "title")
        self.chips = {tag: QPushButton(_(tag)) for tag in TAGS}
        for tag, chip in self.chips.items():
            chip.setAccessibleName(_("Experiments that show: {what}").format(what=_(tag)))
            chip.setStyleSheet("QPushButton { padding: 3px 9px; } QPushButton:focus { padding: 2px 8px; }")
            chip.clicked.connect(lambda _checked=False, tag=tag: self.tag_chosen.emit(_(tag)))
        tags = WrapRow(self)  # it shows itself: without a parent it would be a window
        tags.set_widgets(tuple(self.chips.values()))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 12, 12, 12)
        rows.setSpacing(12)
        rows.addWidget(self._heading)
        rows.addLayout(self._recent)
        rows.addWidget(show)
        rows.addWidget(tags)
        rows.addStretch(1)

    @property
    def rows(self) -> tuple[SlideRow, ...]:
        """The recent slides, the newest first."""
        return tuple(self._rows)

    def show_recent(self, experiments: tuple[str, ...]) -> None:
        """List the slides of the experiments that were opened last."""
        for row in self._rows:
            self._recent.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()
        slides = dict.fromkeys(slide for name in experiments if (slide := slide_of(name)) is not None)
        for slide in slides:
            row = SlideRow(slide, self._theme, opens=True, parent=self)
            row.setFixedHeight(self._theme.px(36))
            row.clicked.connect(lambda _checked=False, name=slide.id: self.slide_chosen.emit(name))
            self._rows.append(row)
            self._recent.addWidget(row)
        self._heading.setVisible(bool(slides))

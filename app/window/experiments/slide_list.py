"""The whole lecture on one card: sections in columns, a row a slide."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.lecture.columns import HEADING, height, in_columns
from app.lecture.slides import SECTIONS, Section, Slide
from app.system.i18n import _
from app.theme import Theme, set_role
from app.widgets.page import SCROLL_BAR
from app.window.experiments.slide_row import SlideRow

MOST_COLUMNS: Final = 4
NARROWEST: Final = 236
"""Pixels of a column, at text scale 1; with less room there are fewer."""
ROW: Final = (28, 36)
"""Least and greatest height of a row; between them it is what the page leaves."""
PADDING: Final = 12


class SlideList(QFrame):
    """Every slide of the lecture.

    Signals
    -------
    slide_chosen(str), slide_wanted(str)
        The slide of that id was clicked, or is to be opened.
    """

    slide_chosen = Signal(str)
    slide_wanted = Signal(str)

    def __init__(self, theme: Theme, opens: Collection[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        set_role(self, "card")
        self.setAccessibleName(_("Slides of the lecture"))
        self._opens = opens
        self._first = ""
        self.rows: dict[str, SlideRow] = {}
        self._content = QWidget()
        self._headings = {section.letter: self._heading(section) for section in SECTIONS}
        for section in SECTIONS:
            for slide in section.slides:
                self.rows[slide.id] = self._row(slide)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._content)
        around = QVBoxLayout(self)
        around.setContentsMargins(1, 1, 1, 1)
        around.addWidget(self._area)
        theme.theme_changed.connect(self._fit)
        self._fit()

    @property
    def scrolls(self) -> bool:
        """Whether there is more than is in sight."""
        return self._area.verticalScrollBar().maximum() > 0

    def mark(self, found: Collection[str], first: str) -> None:
        """Mark the slides that are meant, and the one that is shown large, which comes into sight."""
        for name, row in self.rows.items():
            row.mark(name in found, name == first)
        self._first = first
        self._show_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, SlideRow):
            if event.type() == QEvent.Type.MouseButtonDblClick:
                self.slide_wanted.emit(watched.slide.id)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(watched, Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take_key(self, row: SlideRow, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.slide_wanted.emit(row.slide.id)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            order = list(self.rows.values())
            at = order.index(row) + (1 if key == Qt.Key.Key_Down else -1)
            order[min(max(at, 0), len(order) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _heading(self, section: Section) -> QLabel:
        heading = QLabel(_("{letter}  {title}").format(letter=section.letter, title=_(section.title)), self._content)
        set_role(heading, "subtitle")
        heading.setIndent(8)
        return heading

    def _row(self, slide: Slide) -> SlideRow:
        row = SlideRow(slide, self._theme, opens=slide.id in self._opens, parent=self._content)
        row.clicked.connect(lambda: self.slide_chosen.emit(slide.id))
        row.installEventFilter(self)
        return row

    def _fit(self) -> None:
        """Lay the sections out in columns, with the height there is for a row, so that all are in sight if they can."""
        width = self.width() - 2 * PADDING - SCROLL_BAR
        count = min(max(width // self._theme.px(NARROWEST), 1), MOST_COLUMNS)
        columns = in_columns(SECTIONS, count)
        least, most = (self._theme.px(each) for each in ROW)
        rows = max(map(height, columns))
        tall = min(max(int((self.height() - 2 * PADDING - 4) / rows), least), most)
        wide = (width - (len(columns) - 1) * 2 * PADDING) // len(columns)
        for place, column in enumerate(columns):
            self._place(column, PADDING + place * (wide + 2 * PADDING), wide, tall)
        whole = int(rows * tall) + 2 * PADDING
        self._content.setMinimumSize(0, whole)
        # at once, or what is brought into sight below would find the area as it was
        self._content.resize(self._content.width(), max(whole, self.height() - 4))
        self._show_first()

    def _show_first(self) -> None:
        if self._first in self.rows:
            self._area.ensureWidgetVisible(self.rows[self._first], 0, 0)

    def _place(self, column: tuple[Section, ...], left: int, wide: int, tall: int) -> None:
        top = float(PADDING)
        heading, gap = HEADING
        for section in column:
            self._headings[section.letter].setGeometry(left, int(top), wide, int(tall * heading))
            top += tall * heading
            for slide in section.slides:
                self.rows[slide.id].setGeometry(left, int(top), wide, tall)
                top += tall
            top += tall * gap

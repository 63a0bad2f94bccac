"""The right column of a lab: what is seen, in words, with the slide it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.system.i18n import _, ngettext
from app.telling.paragraphs import Paragraphs
from app.theme import set_role


@dataclass(frozen=True)
class Chapter:
    """A heading (empty for none) and short texts, in which <b> is semi-bold."""

    heading: str
    texts: tuple[str, ...]


class Chapters(QWidget):
    """Chapters below each other; the labels are kept and given other words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._parts: list[tuple[QLabel, Paragraphs]] = []

    def show_chapters(self, chapters: Sequence[Chapter]) -> None:
        """Show these chapters."""
        while len(self._parts) < len(chapters):
            self._add_part()
        for place, (heading, paragraphs) in enumerate(self._parts):
            there = place < len(chapters)
            heading.setVisible(there and bool(chapters[place].heading))
            paragraphs.setVisible(there)
            if there:
                heading.setText(chapters[place].heading)
                paragraphs.show_texts(chapters[place].texts)

    def _add_part(self) -> None:
        heading, paragraphs = QLabel(), Paragraphs()
        set_role(heading, "subtitle")
        self._column.addWidget(heading)
        self._column.addWidget(paragraphs)
        self._parts.append((heading, paragraphs))


class LabStory(QWidget):
    """A title, the slides, a headline that says it in one sentence, and chapters.

    Parameters
    ----------
    figures
        What stands between the first chapter and the others, such as a table of numbers.
    """

    def __init__(self, figures: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What this shows"))
        title = QLabel(_("What this shows"))
        set_role(title, "title")
        self._slide = QLabel()
        self._slide.setWordWrap(True)
        set_role(self._slide, "muted")
        self._headline = QLabel()
        self._headline.setWordWrap(True)
        set_role(self._headline, "headline")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(title)
        head.addWidget(self._slide, 1)
        self._first, self._others = Chapters(), Chapters()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        for widget in (self._headline, self._first, figures, self._others):
            if widget is not None:
                column.addWidget(widget)
        self._told: tuple[str, str, tuple[Chapter, ...]] = ("", "", ())

    @property
    def text(self) -> str:
        """All that is told now."""
        slide, headline, chapters = self._told
        return "\n".join([slide, headline, *(text for each in chapters for text in (each.heading, *each.texts))])

    def tell(self, slide: str, headline: str, chapters: Sequence[Chapter]) -> None:
        """Show these words.

        Parameters
        ----------
        slide
            Ids of the lecture's rows, such as "B2"; empty where there is none.
        """
        told = (slide, headline, tuple(chapters))
        if told == self._told:
            return
        self._told = told
        words = ngettext("slide {id}", "slides {id}", 1 + slide.count(","))
        self._slide.setText(words.format(id=slide) if slide else "")
        self._headline.setText(headline)
        self._headline.setVisible(bool(headline))
        self._first.show_chapters(chapters[:1])
        self._others.show_chapters(chapters[1:])

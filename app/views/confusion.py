"""Which class the network takes for which, and pictures of its mistakes."""

from typing import Final

import numpy as np
from PySide6.QtWidgets import QLabel, QStackedWidget

from app.cards.part_card import PartCard
from app.cards.pieces.confusion_table import COUNTS, SHARES, ConfusionTable, cell_words
from app.cards.pieces.example_tiles import ExampleTiles
from app.look.numbers import count, fixed, percent
from app.running.context import Context
from app.system.i18n import _, ngettext
from app.theme import Theme, set_role
from app.views.view import ViewSpec
from app.widgets.aside import Aside
from app.widgets.number_table import NumberRow, NumberTable
from app.widgets.segmented import Choice, Segmented
from simulator.message import N_
from simulator.training import Confusion

ALIKE: Final = 1.1
"""Times its share that no class gets more of, while all answers are still alike (slide F4)."""
DECIMALS: Final = 6
"""0.100001 and 0.100011 are to be told apart: accuracy asks which is larger."""
MOST_CLASSES: Final = 12
PICTURES: Final = 12
"""Mistakes shown: more are no mistakes to look at one by one."""


class ConfusionCard(PartCard):
    """The matrix; beside it the examples of the chosen cell."""

    part = "confusion"

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, _("Confusion matrix"))
        self.title_label.set_words(_("Confusion matrix"), _("Confusion"))
        self._chosen: tuple[int, int] | None = None
        self._listed: tuple[int, tuple[int, int], bytes] | None = None
        self.table = ConfusionTable(context.theme)
        self.table.cell_chosen.connect(self._choose)
        self.units = Segmented()
        self.units.set_choices(
            [
                Choice(COUNTS, _("count"), _("How many examples")),
                Choice(SHARES, _("%"), _("Percent of the examples of a class: each row adds up to 100")),
            ]
        )
        self.units.set_value(COUNTS)
        self.units.setAccessibleName(_("What stands in the cells"))
        self.units.chosen.connect(self.table.cells.show_as)
        self.add_tool(self.units)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        set_role(self.sentence, "value")
        self.note = QLabel()
        self.note.setWordWrap(True)
        set_role(self.note, "muted")
        self.examples = ExampleTiles(context.theme)
        self.one_words = QLabel()
        self.one_words.setWordWrap(True)
        set_role(self.one_words, "value")
        self.one = NumberTable()
        words = (self.one_words, self.one, self.sentence, self.note, self.examples)
        self._words = QLabel()
        self._words.setWordWrap(True)
        set_role(self._words, "muted")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._words)
        self._pages.addWidget(Aside(context.theme, self.table, *words))
        self.body.addWidget(self._pages, 1)
        self.draw()

    def begin_run(self) -> None:
        self._chosen = self._listed = None

    def apply_theme(self, theme: Theme) -> None:
        self._listed = None
        super().apply_theme(theme)
        self.table.apply_theme()

    def draw(self) -> None:
        confusion = self.held
        if not isinstance(confusion, Confusion) or self.facts is None:
            self._words.setText(
                _("Which class the network takes for which will be shown here.")
                if self.picture is None
                else _("computing")
            )
            self._pages.setCurrentIndex(0)
            self.subtitle_label.set_text("")
            return
        self._pages.setCurrentIndex(1)
        self.table.show_confusion(confusion, self.facts.dataset.class_names)
        if self._chosen is None:
            self.table.choose(confusion.worst or (0, 0))
        self._write_subtitle(confusion)
        self._list(confusion)
        self._show_one(confusion)

    def _choose(self, row: int, column: int) -> None:
        self._chosen = (row, column)
        if isinstance(self.held, Confusion):
            self._list(self.held)

    def _write_subtitle(self, confusion: Confusion) -> None:
        whole = int(confusion.sample.size)
        values = {"share": percent(confusion.right / max(whole, 1)), "right": count(confusion.right)}
        if confusion.validates:
            text = ngettext(
                "{right} of {whole} validation example right ({share})",
                "{right} of {whole} validation examples right ({share})",
                whole,
            )
        else:
            text = ngettext(
                "{right} of {whole} training example right ({share})",
                "{right} of {whole} training examples right ({share})",
                whole,
            )
        self.subtitle_label.set_text(text.format(whole=count(whole), **values))

    def _list(self, confusion: Confusion) -> None:
        """Show the examples of the chosen cell."""
        assert self.facts is not None
        assert self.picture is not None
        cell = self.table.cell or (0, 0)
        found = confusion.of(*cell)
        shown = found[:PICTURES]
        listed = (self.picture.run_id, cell, shown.tobytes() + confusion.chosen[shown].tobytes())
        names = self.facts.dataset.class_names
        self.sentence.setText(cell_words(confusion, names, *cell))
        if listed == self._listed:
            return
        self._listed = listed
        self.note.setText(self._note(confusion, cell, int(found.size)))
        self.examples.show_examples(
            self.facts.dataset, confusion.sample[shown], [percent(float(each)) for each in confusion.chosen[shown]]
        )
        mean = float(np.mean(confusion.true[found])) if found.size else 0.0
        if found.size and cell[0] != cell[1]:
            text = _("The class itself is given {share} on average.").format(share=percent(mean))
            self.note.setText(f"{self.note.text()} {text}")

    def _show_one(self, confusion: Confusion) -> None:
        """Write the probabilities that one example gets, while those of all are alike: accuracy sees more than they."""
        assert self.facts is not None
        alike = bool(np.all(confusion.chosen < ALIKE / max(len(confusion.counts), 1)))
        for widget in (self.one_words, self.one):
            widget.setVisible(alike)
        if not alike:
            return
        names = self.facts.dataset.class_names
        text = _("All answers are alike still. One example, of class “{name}”:")
        self.one_words.setText(text.format(name=names[int(confusion.labels[0])]))
        largest = np.argsort(-confusion.one, kind="stable")[:MOST_CLASSES]
        rows = [NumberRow(names[each], (fixed(float(confusion.one[each]), DECIMALS),)) for each in largest]
        self.one.show_rows((_("probability"),), rows)

    def _note(self, confusion: Confusion, cell: tuple[int, int], found: int) -> str:
        if confusion.unanswered:
            text = ngettext(
                "{number} example has no answer: its scores are NaN or infinite.",
                "{number} examples have no answer: their scores are NaN or infinite.",
                confusion.unanswered,
            )
            return text.format(number=count(confusion.unanswered))
        if confusion.worst is None:
            return _("No mistake in the whole table.")
        if not found:
            return _("Rows are classes, columns are answers. Choose a cell to see its examples.")
        if cell[0] == cell[1]:
            return _("Row: class, column: answer. The least sure come first, with the probability of the answer.")
        return _("Row: class, column: answer. The surest mistakes come first, with the probability of the answer.")


def make(context: Context) -> ConfusionCard:
    """Return the card."""
    return ConfusionCard(context)


SPEC = ViewSpec(
    id="confusion",
    title=N_("Confusion matrix"),
    tip=N_("Which class the network takes for which, with pictures of its mistakes"),
    rank=62,
    make=make,
)

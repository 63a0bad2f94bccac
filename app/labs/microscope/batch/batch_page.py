"""One mini-batch of the user's own network, phase by phase, with all sums in view (slide A1)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from app.cards.plot_card import PlotCard
from app.cards.view_card import ViewCard
from app.labs.microscope.batch import batch_words
from app.labs.microscope.batch.batch_study import BatchStudy
from app.labs.microscope.batch.batch_tables import example_heads, example_rows, pictures_of, sum_heads, sum_rows
from app.labs.microscope.batch.batch_words import Following
from app.labs.microscope.batch.parameter_chooser import ParameterChooser
from app.labs.microscope.batch.phase_walk import PHASES, PhaseWalk
from app.labs.microscope.gates.step_controls import StepControls
from app.labs.microscope.layer.cell_table import CellTable
from app.labs.microscope.subject import Subject
from app.labs.microscope.weights_chooser import WeightsChooser
from app.look.numbers import count, scientific
from app.plots.lab.terms import Terms, TermsPlot
from app.running.context import Context
from app.system.i18n import _, ngettext
from app.telling.lab_story import Chapter, LabStory
from app.theme import set_role
from simulator.analysis.gates import BatchParts


class BatchPage(Subject):
    """Shares its study with the page of layers."""

    def __init__(self, context: Context, study: BatchStudy, parent: QObject | None = None) -> None:
        super().__init__(context.theme, parent)
        self._study = study
        self._walk: PhaseWalk | None = None
        self._compact = False
        self._row = QHBoxLayout()
        self._terms: NDArray[np.floating] | None = None
        self._pictures: tuple[QIcon | None, ...] = ()
        self.chooser = ParameterChooser()
        self.weights = WeightsChooser(study)
        self.state = QLabel()
        self.state.setWordWrap(True)
        set_role(self.state, "small")
        self.examples = CellTable(self.theme, _("The mini-batch"))
        self.examples_card = ViewCard(self.theme, _("The mini-batch"))
        self.sums = CellTable(self.theme, _("Gradient sums"))
        self.sums_card = ViewCard(self.theme, _("Gradient sums"))
        self.terms = TermsPlot(self.theme)
        self.terms_card = PlotCard(self.theme, self.terms)
        self.story = LabStory()
        self.controls = StepControls(self.theme, _("Next phase"), _("Does the whole next phase (Right)"))
        self.one = self.controls.add_button(
            _("Next example"), _("Sends one example forward, or the one that is there back"), self._one_on
        )
        self._lay_out()
        self._connect()
        self._take_parts()

    @property
    def walk(self) -> PhaseWalk | None:
        """Where one stands; None while there is no mini-batch."""
        return self._walk

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._row.setStretch(1, 3 if compact else 4)
        self._follow()
        for card in (self.examples_card, self.sums_card, self.terms_card):
            card.set_compact(compact)
        self.controls.set_compact(compact)

    def apply_theme(self) -> None:
        for card in (self.examples_card, self.sums_card, self.terms_card):
            card.apply_theme(self.theme)
        for table in (self.examples, self.sums):
            table.apply_theme()
        self.controls.apply_theme()

    def wake(self) -> None:
        self._study.wake()
        if self._study.parts is not None and self._terms is None:
            self._ask_terms()

    # what the study finds --------------------------------------------------------------------------------------------

    def _take_parts(self) -> None:
        parts = self._study.parts
        self._terms = None
        self.chooser.show_parts(parts)
        if parts is None:
            self._walk = None
            self._show_nothing()
            return
        if self._walk is None or (self._walk.size, self._walk.apart) != (parts.size, parts.apart):
            self._walk = PhaseWalk(parts.size, parts.apart)
        self._pictures = pictures_of(parts)
        self._ask_terms()
        self._follow()

    def _ask_terms(self) -> None:
        parts = self._study.parts
        if parts is not None and parts.apart:
            self._study.ask_terms(*self.chooser.place)

    def _take_terms(self, terms: NDArray[np.floating]) -> None:
        self._terms = terms
        self._follow()

    def _show_nothing(self) -> None:
        self.examples_card.subtitle_label.set_text(self._study.words)
        for table in (self.examples, self.sums):
            table.show_rows([])
        self.terms.show_data(None)
        self.story.tell("A1", _("One step of learning"), (Chapter("", (self._study.words,)),))
        self.state.setText("")
        self.controls.show_position(0, "", last=True)
        self.one.setEnabled(False)

    # following -------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        parts, walk, chosen = self._study.parts, self._walk, self.chooser.parameter
        if parts is None or walk is None or chosen is None:
            return
        about = Following(parts, walk, chosen, self._terms)
        stand = walk.stand
        row = max(0, stand.example) if stand.phase < PHASES else parts.size - 1
        self.examples.show_rows(example_rows(about, self._pictures), example_heads(about), row)
        self.examples_card.subtitle_label.set_text(self._sample_words(parts))
        self.sums.show_rows(sum_rows(about, brief=self._compact), sum_heads(about, brief=self._compact))
        self.sums_card.subtitle_label.set_text(self._sum_words(about))
        self._show_terms(about)
        self.story.tell("A1", batch_words.headline(about), batch_words.chapters(about))
        self.state.setText("<br><br>".join(batch_words.state_words(parts)))
        self.controls.show_position(
            stand.phase, batch_words.place_words(about), first=walk.at_start, last=stand.updated
        )
        self.one.setEnabled(not stand.updated)

    def _show_terms(self, about: Following) -> None:
        stand = about.walk.stand
        if about.terms is None:
            empty = np.zeros(0)
            self.terms.show_data(None if about.parts.apart else Terms(empty, 0, None, about.chosen.short))
            return
        average = float(about.terms.mean()) if stand.averaged else None
        self.terms.show_data(Terms(about.terms, stand.backward, average, about.chosen.short))

    def _sample_words(self, parts: BatchParts) -> str:
        words = ngettext("{size} example at step {step}", "{size} examples at step {step}", parts.size)
        return words.format(size=count(parts.size), step=count(parts.step))

    def _sum_words(self, about: Following) -> str:
        if not about.parts.apart:
            return _("of the whole mini-batch")
        if about.walk.stand.averaged:
            difference = about.parts.difference
            if difference == 0:
                return _("no difference")
            return _("difference {difference} at most").format(difference=scientific(difference))
        return _("size of each sum so far")

    # what the user does ----------------------------------------------------------------------------------------------

    def _choose_parameter(self) -> None:
        self._terms = None
        self._ask_terms()
        self._follow()

    def _one_on(self) -> None:
        self._go(PhaseWalk.one_on)

    def _go(self, move: Callable[[PhaseWalk], None]) -> None:
        if self._walk is not None:
            move(self._walk)
            self._follow()

    def _connect(self) -> None:
        self._study.parts_changed.connect(self._take_parts)
        self._study.terms_found.connect(self._take_terms)
        self.chooser.chosen.connect(self._choose_parameter)
        self.controls.rewound.connect(lambda: self._go(PhaseWalk.rewind))
        self.controls.went_back.connect(lambda: self._go(PhaseWalk.back))
        self.controls.went_on.connect(lambda: self._go(PhaseWalk.phase_on))
        self.controls.gone.connect(lambda phase: self._go(lambda walk: walk.go_to_phase(phase)))

    def _lay_out(self) -> None:
        names = (_("sample"), _("forward, add loss"), _("backward, add gradient"), _("average, update"))
        self.controls.steps.set_steps(names, caption=_("Phases"))
        self._left.addWidget(self.chooser)
        self._left.addWidget(self.weights)
        self._left.addWidget(self.state)
        self.examples_card.body.addWidget(self.examples, 1)
        self.sums_card.body.addWidget(self.sums, 1)
        beside = QVBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self.sums_card, 1)
        beside.addWidget(self.terms_card, 1)
        self._row.setSpacing(12)
        self._row.addWidget(self.examples_card, 5)
        self._row.addLayout(beside, 4)
        self._middle.addLayout(self._row)
        self._right.addWidget(self.story)
        self._right.addStretch(1)
        self._bottom.addWidget(self.controls)

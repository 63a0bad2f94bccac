"""Every layer of the user's own network as its forward/backward pair, with the numbers of one example (slide A2)."""

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.cards.view_card import ViewCard
from app.labs.microscope.batch import batch_words
from app.labs.microscope.batch.batch_study import BatchStudy
from app.labs.microscope.count_control import CountControl
from app.labs.microscope.gates.chain_view import ChainView
from app.labs.microscope.gates.step_controls import StepControls
from app.labs.microscope.layer import layer_words
from app.labs.microscope.layer.cell_table import CellTable
from app.labs.microscope.layer.layer_words import Looking
from app.labs.microscope.scrolling import scrolled, show_around
from app.labs.microscope.subject import Subject
from app.labs.microscope.weights_chooser import WeightsChooser
from app.look.numbers import count
from app.running.context import Context
from app.system.i18n import _
from app.telling.lab_story import Chapter, LabStory
from app.theme import prose, set_role
from app.theme.prose import show_prose
from simulator.analysis.gates import BatchParts


class FormulaCard(ViewCard):
    """Declared formulas, and under them one unit worked out."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__(context.theme, title)
        self.formulas = QLabel()
        set_role(self.formulas, "title")
        self.worked = QLabel()
        set_role(self.worked, "body")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        for label in (self.formulas, self.worked):
            label.setWordWrap(True)
            show_prose(label)
            column.addWidget(label)
        column.addStretch(1)
        area = scrolled(inside, title)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area, 1)

    def show_lines(self, formulas: tuple[str, ...], worked: tuple[str, ...]) -> None:
        """Show formulas, and lines with numbers."""
        self.formulas.setText(prose("<br>".join(formulas)))
        self.worked.setText(prose("<br>".join(worked)))


class LayerPage(Subject):
    """Shares its study with the page of the mini-batch."""

    def __init__(self, context: Context, study: BatchStudy, parent: QObject | None = None) -> None:
        super().__init__(context.theme, parent)
        self._study = study
        self._position = 0
        self._unit_chosen = False
        self.example = CountControl(_("example of the mini-batch"))
        self.unit = CountControl(_("unit of the layer"))
        self.weights = WeightsChooser(study)
        self.state = QLabel()
        self.state.setWordWrap(True)
        set_role(self.state, "small")
        self.chain = ChainView(self.theme)
        self._chain_scroll = scrolled(self.chain, _("The layers"))
        self.chain_card = ViewCard(self.theme, _("The layers"))
        self.table = CellTable(self.theme, _("What goes in and out"), layer_words.heads())
        self.table_card = ViewCard(self.theme, _("What goes in and out"))
        self.forward_card = FormulaCard(context, _("Forward"))
        self.backward_card = FormulaCard(context, _("Backward"))
        self.story = LabStory()
        self.controls = StepControls(self.theme, _("Next layer"), _("Lets the next layer do its work (Right)"))
        self._lay_out()
        self._connect()
        self._take_parts()

    @property
    def position(self) -> int:
        """Layers gone through, forward and then back; the loss counts as one."""
        return self._position

    def go(self, position: int) -> None:
        """Go to a position."""
        self._position = min(max(position, 0), self.controls.steps.maximum())
        self._follow()

    def set_compact(self, compact: bool) -> None:
        for card in (self.chain_card, self.table_card, self.forward_card, self.backward_card):
            card.set_compact(compact)
        self.controls.set_compact(compact)

    def apply_theme(self) -> None:
        for card in (self.chain_card, self.table_card, self.forward_card, self.backward_card):
            card.apply_theme(self.theme)
        self.table.apply_theme()
        self.chain.apply_theme()
        self.controls.apply_theme()

    def wake(self) -> None:
        self._study.wake()

    # following -------------------------------------------------------------------------------------------------------

    def _take_parts(self) -> None:
        parts = self._study.parts
        for control in (self.example, self.unit):
            control.setEnabled(parts is not None)
        if parts is None:
            self._show_nothing()
            return
        names = layer_words.short_names(parts)
        self._unit_chosen = False
        self.controls.steps.set_steps(names, names[::-1])
        self._position = min(self._position, self.controls.steps.maximum())
        self.example.set_most(parts.size)
        self._follow()

    def _place(self) -> int:
        """Return the layer that has just done its work; the loss comes after the last one."""
        ways = self.controls.steps.maximum() // 2
        if self._position == 0:
            return 0
        return self._position - 1 if self._position <= ways else 2 * ways - self._position

    def _follow(self) -> None:
        parts = self._study.parts
        if parts is None:
            return
        place, ways = self._place(), self.controls.steps.maximum() // 2
        is_loss = place == len(parts.layers)
        units = parts.dataset.classes if is_loss else parts.layers[place].y.shape[1]
        self.unit.set_most(units)
        if not self._unit_chosen:
            self.unit.set_index(self._telling_unit(parts, place))
        looking = Looking(
            parts,
            place,
            self.example.index,
            self.unit.index,
            self._position > 0,
            self._position > ways,
        )
        loss = parts.experiment.loss
        name = layer_words.name_of(parts, place, _(loss.label))
        passes = layer_words.passes_of(looking, loss.passes)
        help_text = loss.help if is_loss else parts.layers[place].entry.help
        self.story.tell("A2", *layer_words.tell(looking, name, passes, help_text))
        here = place if self._position else -1
        links = layer_words.links_of(parts, looking.example, self._position)
        self.chain.show_links(links, here, backward=looking.backward)
        self.chain_card.subtitle_label.set_text(
            _("size of the numbers above the line, of their gradients under it, example {example}").format(
                example=looking.example + 1
            )
        )
        if here >= 0:
            show_around(self._chain_scroll, self.chain.box_of(here).center(), self.theme)
        self.table.show_rows(layer_words.rows(looking))
        self.table_card.title_label.setText(name)
        self.table_card.subtitle_label.set_text(self._shape_words(looking, units))
        worked = layer_words.worked_of(looking)
        forward, backward = (passes.forward, passes.backward) if passes is not None else ((), ())
        self.forward_card.show_lines(
            tuple(_(line) for line in forward),
            tuple(layer_words.line_text(line) for line in worked.forward) if looking.forward else (),
        )
        self.backward_card.show_lines(
            tuple(_(line) for line in backward),
            tuple(layer_words.line_text(line) for line in worked.backward) if looking.backward else (),
        )
        for card in (self.forward_card, self.backward_card):
            card.subtitle_label.set_text(_("unit {unit}, with its numbers").format(unit=looking.unit + 1))
        self.state.setText("<br><br>".join(batch_words.state_words(parts)))
        words = _("layer {place} of {last}").format(place=self._position, last=self.controls.steps.maximum())
        self.controls.show_position(self._position, words)

    def _telling_unit(self, parts: BatchParts, place: int) -> int:
        """Return the unit through which most comes back: one with zeros says little."""
        coming = parts.shares
        if place < len(parts.layers):
            layer = parts.layers[place]
            coming = layer.dy if layer.entry.weighted else layer.dx
        return int(np.argmax(np.abs(coming[self.example.index])))

    def _choose_unit(self) -> None:
        self._unit_chosen = True
        self._follow()

    def _go_to_layer(self, place: int) -> None:
        """Go to where that layer works: on the way that one is on."""
        last = self.controls.steps.maximum()
        self.go(last - place if self._position > last // 2 else place + 1)

    def _shape_words(self, looking: Looking, units: int) -> str:
        parts = looking.parts
        inputs = units if looking.is_loss else parts.layers[looking.place].x.shape[1]
        return _("{inputs} numbers in, {outputs} out, example {example}").format(
            inputs=count(inputs), outputs=1 if looking.is_loss else count(units), example=looking.example + 1
        )

    def _show_nothing(self) -> None:
        words = self._study.words
        self.table_card.subtitle_label.set_text(words)
        self.table.show_rows([])
        self.chain.show_links((), -1, backward=False)
        for card in (self.forward_card, self.backward_card):
            card.show_lines((), ())
        self.story.tell("A2", _("A layer is a pair"), (Chapter("", (words,)),))
        self.state.setText("")
        self.controls.show_position(0, "", last=True)

    def _connect(self) -> None:
        self._study.parts_changed.connect(self._take_parts)
        self.example.changed.connect(self._follow)
        self.unit.changed.connect(self._choose_unit)
        self.chain.layer_clicked.connect(self._go_to_layer)
        self.controls.rewound.connect(lambda: self.go(0))
        self.controls.went_back.connect(lambda: self.go(self._position - 1))
        self.controls.went_on.connect(lambda: self.go(self._position + 1))
        self.controls.gone.connect(self.go)

    def _lay_out(self) -> None:
        for part in (self.example, self.unit, self.weights, self.state):
            self._left.addWidget(part)
        self.chain_card.body.addWidget(self._chain_scroll, 1)
        self.table_card.body.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.forward_card, 1)
        below.addWidget(self.backward_card, 1)
        self._middle.addWidget(self.chain_card, 3)
        self._middle.addWidget(self.table_card, 6)
        self._middle.addLayout(below, 5)
        self._right.addWidget(self.story)
        self._right.addStretch(1)
        self._bottom.addWidget(self.controls)

"""The gradient check to look at: entry by entry, by step size, in 32-bit and 64-bit numbers."""

from typing import Any

from app.cards.measured_card import MeasuredCard
from app.look.numbers import count, number
from app.plots.lab.chart_figure import ChartFigure
from app.running.context import Context
from app.system.i18n import _, translate_message
from app.views.gradient_check.words import agreement_chart, steps_chart, sweep_words, words_of
from app.views.view import ViewSpec
from app.widgets.number_table import NumberRow, NumberTable
from simulator.analysis import gradients
from simulator.analysis.gradients import GradientLens
from simulator.experiment import Experiment, alike
from simulator.message import N_


class GradientCheckCard(MeasuredCard):
    """Two plots of one measurement, a sentence, and a row a layer."""

    def __init__(self, context: Context) -> None:
        self._document = context.document
        self._checked: Experiment | None = None
        self._found: GradientLens | None = None
        empty = _("Press Measure: gradients of the untrained network beside difference quotients, on a copy.")
        self.agreement = ChartFigure(context.theme, _("Gradient check"), empty)
        self.agreement.short_title = _("Gradients")
        self.steps = ChartFigure(context.theme, _("Error by step size"), empty)
        self.steps.short_title = _("Step size")
        super().__init__(context.theme, "gradient check", self.agreement, self.steps)
        self.switch.setAccessibleName(_("Entry by entry, or by step size"))
        self.table = NumberTable()
        self.table.setAccessibleName(_("Layers"))
        self.page.add(self.table)
        self.plot_chosen.connect(lambda _index: self._tell())
        self._document.changed.connect(self._follow)
        self._tell()

    @property
    def found(self) -> GradientLens | None:
        """What the newest check found."""
        return self._found

    def begin(self) -> None:
        experiment = self._checked = self._document.experiment
        self.ask(lambda task: gradients.gradient_lens(experiment, stop=task.stop, progress=task.report))

    def take(self, found: Any) -> None:
        if not isinstance(found, GradientLens):
            return
        self._found = found
        if found.sweep is None:
            for plot in (self.agreement, self.steps):
                plot.say(words_of(found))
        else:
            self.agreement.show_data(agreement_chart(found))
            self.steps.show_data(steps_chart(found.sweep))
        self._tell()

    def _follow(self, *_states: object) -> None:
        self._write_subtitle()

    def stale_words(self) -> str:
        stale = self._checked is not None and not alike(self._checked, self._document.experiment)
        return _("before your last change") if stale and self._found is not None else ""

    def _tell(self) -> None:
        found = self._found
        self.table.setVisible(found is not None and bool(found.layers) and self.plot is self.agreement)
        if found is None:
            self.sentence.setText(
                _("Each weight is moved a little up and down; the slope of the loss should be the gradient.")
            )
            return
        by_step = self.plot is self.steps and found.sweep is not None
        self.sentence.setText(sweep_words(found.sweep) if by_step and found.sweep is not None else words_of(found))
        rows = [
            NumberRow(
                translate_message(layer.name),
                (count(layer.judged), number(layer.largest, 2) if layer.judged else "-", count(layer.kinks)),
            )
            for layer in found.layers
        ]
        self.table.show_rows((_("compared"), _("largest error"), _("at a kink")), rows)


def make(context: Context) -> GradientCheckCard:
    """Return the card."""
    return GradientCheckCard(context)


SPEC = ViewSpec(
    id="gradient_check",
    title=N_("Gradient check"),
    tip=N_("Does the backward pass agree with difference quotients? By entry, by step size, in 32 and 64 bits"),
    rank=74,
    make=make,
)

"""The gap between training and validation: its picture, its case, and what one may try, as a twin (slide H3)."""

from html import escape
from typing import Final

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.cards.plot_card import PlotCard
from app.look.lane_look import LaneLook
from app.plots.run.accuracy import AccuracyPlot
from app.plots.run.gap import GapLossPlot
from app.running.context import Context
from app.system.i18n import _, translate_message
from app.theme import Theme, set_role
from app.theme.prose import prose, show_prose
from app.views.gap.words import HEADS, sentences
from app.views.view import ViewSpec
from app.widgets.wrap_row import WrapRow
from simulator.analysis.doctor import Gap, Remedy, judge_gap, remedies
from simulator.message import N_
from simulator.training import Picture, RunFacts, Samples

_INKS: Final = {"overfitting": "warn", "low capacity": "warn", "fine": "good", "too early": "text"}
_SHEET: Final = """
QPushButton { padding: 3px 8px; min-height: 0; }
QPushButton:focus { padding: 2px 7px; }
"""


class GapCard(PlotCard):
    """Both curves, one sentence with the numbers, and a button for each experiment to make: none is measured here."""

    def __init__(self, context: Context) -> None:
        theme = context.theme
        self._document = context.document
        self._facts: RunFacts | None = None
        self._gap: Gap | None = None
        self._samples: Samples | None = None
        self._seen: tuple[int, float] | None = None
        self.accuracy = AccuracyPlot(theme, _("Gap in accuracy"), _("Accuracy gap"))
        self.loss = GapLossPlot(theme)
        super().__init__(theme, self.accuracy, self.loss)
        self.switch.setAccessibleName(_("Accuracy or loss"))
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        show_prose(self.verdict)
        self._to_try = QLabel(_("Not measured, to try as a twin:"))
        self._to_try.setWordWrap(True)
        self._to_try.hide()
        set_role(self._to_try, "muted")
        self.buttons = WrapRow()
        self._remedies: tuple[Remedy, ...] = ()
        self.give_aside(self.verdict, self._to_try, self.buttons)
        self._write_case()

    @property
    def gap(self) -> Gap | None:
        """What the newest readings say."""
        return self._gap

    def set_facts(self, facts: RunFacts) -> None:
        super().set_facts(facts)
        self._facts = facts
        self._seen = None

    def show_picture(self, picture: Picture) -> None:
        super().show_picture(picture)
        readings = picture.readings
        seen = (picture.run_id, float(readings.epoch[-1]) if readings.epoch.size else -1.0)
        if self._facts is None or seen == self._seen:
            return
        self._seen = seen
        self._samples = samples = picture.samples
        self._gap = judge_gap(readings, samples.training, samples.validation, self._facts.guessing_loss)
        for plot in (self.accuracy, self.loss):
            plot.set_opened(self._gap)
        self._write_case()

    def set_lanes(self, looks: tuple[LaneLook, ...]) -> None:
        """Draw one run alone: the gaps of several would hide each other."""

    def clear(self) -> None:
        super().clear()
        self._gap = self._seen = None
        self._write_case()

    def set_compact(self, compact: bool) -> None:
        super().set_compact(compact)
        self._write_case()

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self._write_case()

    def _write_case(self) -> None:
        gap, samples = self._gap, self._samples
        self.verdict.setVisible(gap is not None)
        if gap is not None and samples is not None:
            head, sentence = _(HEADS[gap.case]), sentences(gap, samples, brief=self.compact)
            colour = getattr(self.theme.tokens, _INKS[gap.case])
            bold = f'<b style="color: {colour}">{escape(head)}</b>'
            words = _("{head}. {sentence}")
            self.verdict.setText(prose(words.format(head=bold, sentence=escape(sentence))))
            self.verdict.setAccessibleName(words.format(head=head, sentence=sentence))
        self._offer_remedies()

    def _offer_remedies(self) -> None:
        """Show a button for each change to try."""
        found: tuple[Remedy, ...] = ()
        if self._gap is not None and self._facts is not None:
            facts = self._facts
            available = facts.dataset.examples - int(facts.validation.size)
            found = remedies(self._document.experiment, self._gap.case, int(facts.training.size), available)
        if found == self._remedies:
            return
        self._remedies = found
        self._to_try.setVisible(bool(found))
        made: list[QWidget] = []
        for remedy in found:
            name, sentence = translate_message(remedy.name), translate_message(remedy.help)
            button = QPushButton(name)
            button.setStyleSheet(_SHEET)
            button.setToolTip(
                _("{change} Whether it helps is not measured: this opens a twin that shows it.").format(change=sentence)
            )
            button.setAccessibleName(_("Not measured, try as a twin: {change}").format(change=sentence))
            button.clicked.connect(lambda _checked=False, chosen=remedy: self._open_twin(chosen))
            made.append(button)
        self.buttons.set_widgets(made)

    def _open_twin(self, remedy: Remedy) -> None:
        self._document.what_if(remedy.patch, translate_message(remedy.name))


def make(context: Context) -> GapCard:
    """Return the card."""
    return GapCard(context)


SPEC = ViewSpec(
    id="gap",
    title=N_("Gap"),
    tip=N_("Does the network learn, or does it learn by heart? The gap between training and validation"),
    rank=60,
    make=make,
)

"""The doctor: what is wrong with the run on display, causes before symptoms, and what would cure it."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from app.cards.view_card import ViewCard
from app.look import numbers
from app.running.context import Context
from app.running.run_state import RunState
from app.system.i18n import _, ngettext, translate_message
from app.telling.examined import record_of
from app.theme import set_role
from app.views.doctor.cure_box import CureBox, trial_words
from app.views.doctor.finding_item import FindingItem
from app.views.doctor.trials import Key, Trials
from app.views.view import ViewSpec
from app.widgets.page import Page
from simulator.analysis.doctor import Aim, Finding, Remedy, RunRecord, Trial
from simulator.message import N_
from simulator.training import Picture, RunFacts

ROOMY: Final = 520
"""Width, at text scale 1, from which the cure stands beside the findings."""
CURE: Final = 0.42
"""Part of such a width for the cure."""
OUTGROWN: Final = 1.5
"""Times the steps of a twin, after which it is trained again."""
PACE: Final = 400
"""Milliseconds between two examinations while the run plays: sentences that change faster cannot be read."""


class DoctorCard(ViewCard):
    """Examines the pictures it is shown; measures the remedy of the first cause while the run rests."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme, _("Doctor"))
        self._document = context.document
        self._controller = context.controller
        self._facts: RunFacts | None = None
        self._picture: Picture | None = None
        self._record: RunRecord | None = None
        self._watch = context.watch
        self._findings: tuple[Finding, ...] = ()
        self._wanted: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PACE)
        self._timer.timeout.connect(self._examine)
        self.trials = Trials(self)
        self.trials.changed.connect(self._go_on)
        self.quiet_label = QLabel()
        self.quiet_label.setWordWrap(True)
        set_role(self.quiet_label, "muted")
        self.items: list[FindingItem] = []
        self.cure = CureBox()
        self.cure.chosen.connect(self._choose)
        self.cure.opened.connect(self._open_twin)
        self.cure.stopped.connect(self.trials.stop)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.page = Page()
        self.page.add(self.quiet_label)
        self.page.add(self._list)
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._both.setSpacing(16)
        self._both.addWidget(self.page, 1)
        self._both.addWidget(self.cure)
        self.body.addLayout(self._both, 1)
        self._controller.state_changed.connect(self._on_state)
        self._show()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong, as shown."""
        return self._findings

    @property
    def trial(self) -> Trial | None:
        """What the twin with the remedy on show came to, if it was measured."""
        chosen = self._chosen
        return None if chosen is None else self._result(chosen)

    def show_picture(self, picture: Picture) -> None:
        newer = self._picture is None or picture.run_id != self._picture.run_id
        self._picture = picture
        if newer or self._controller.state is not RunState.PLAYING:
            self._examine()
        elif self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def set_facts(self, facts: RunFacts) -> None:
        self._facts = facts

    def clear(self) -> None:
        self._picture = self._record = None
        self._wanted = None
        self.trials.rest()
        self._examine()

    def close_down(self) -> None:
        """End the thread."""
        self.trials.close()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._examine()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.trials.rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= ROOMY * self.theme.text_scale
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)
        self.cure.setFixedWidth(round(CURE * self.width())) if beside else self.cure.setMaximumWidth(16777215)
        if not beside:
            self.cure.setMinimumWidth(0)

    # examining -------------------------------------------------------------------------------------------------------

    def _examine(self) -> None:
        if not self.isVisible():
            return
        self._record = record_of(self._document, self._picture, self._facts)
        findings = () if self._record is None else self._watch.examine(self._record)
        if findings != self._findings or not findings:
            self._findings = findings
            self._show()
        self._show_cure()
        self._measure()

    def _show(self) -> None:
        count = len(self._findings)
        while len(self.items) < count:
            item = FindingItem()
            item.proof_asked.connect(self.proof_asked)
            self.items.append(item)
            self._column.addWidget(item)
        for place, item in enumerate(self.items):
            item.setVisible(place < count)
            if place < count:
                item.show_finding(place + 1, self._findings[place])
        self._list.setVisible(count > 0)
        self.quiet_label.setVisible(count == 0)
        step = 0 if self._record is None else self._record.frame.step
        text = _("No finding at step {step}.")
        if not step:
            text = _("Nothing to find in data and settings. Press Play: the doctor looks at the run while it trains.")
        self.quiet_label.setText(text.format(step=numbers.count(step)))
        causes = sum(finding.is_cause for finding in self._findings)
        found = ngettext("{count} finding", "{count} findings", count).format(count=count)
        because = ngettext("{count} cause", "{count} causes", causes).format(count=causes)
        self.subtitle_label.set_text(_("{findings}, {causes}").format(findings=found, causes=because) if count else "")

    # curing ----------------------------------------------------------------------------------------------------------

    @property
    def _remedies(self) -> tuple[Remedy, ...]:
        """What is proposed, once each, causes first."""
        found: dict[str, Remedy] = {}
        for finding in self._findings:
            if finding.remedy is not None:
                found.setdefault(finding.remedy.id, finding.remedy)
        return tuple(found.values())

    @property
    def remedy(self) -> Remedy | None:
        """What is proposed now: for a learning rate the one that did best, once that is known."""
        chosen = self._chosen
        trial = self.trial
        return chosen if trial is None else trial.remedy

    @property
    def _open(self) -> tuple[Remedy, ...]:
        """What is proposed and was not tried in vain."""
        return tuple(remedy for remedy in self._remedies if not self._is_vain(remedy))

    @property
    def _chosen(self) -> Remedy | None:
        left = self._open
        return next((remedy for remedy in left if remedy.id == self._wanted), left[0] if left else None)

    def _aim_of(self, remedy: Remedy) -> Aim:
        """Return what a remedy is to mend."""
        return next(finding.aim for finding in self._findings if finding.remedy == remedy)

    def _is_vain(self, remedy: Remedy) -> bool:
        """Tell whether a twin with the remedy did no better than one without."""
        trial = self._result(remedy)
        return trial is not None and not trial.helps and not self._is_outgrown(trial)

    def _result(self, remedy: Remedy) -> Trial | None:
        key = self._key(remedy)
        return None if key is None else self.trials.result(key)

    def _key(self, remedy: Remedy | None) -> Key | None:
        picture, record = self._picture, self._record
        if remedy is None or picture is None or record is None:
            return None
        return picture.run_id, record.began, remedy.id

    def _go_on(self) -> None:
        """Show what is known of the remedies, and measure the next one."""
        self._show_cure()
        self._measure()

    def _choose(self, name: str) -> None:
        self._wanted = name
        self._show_cure()
        self._measure()

    def _on_state(self, _state: object) -> None:
        if self.isVisible() and self._controller.state is not RunState.PLAYING:
            self._examine()

    def _measure(self) -> None:
        """Train a twin with the remedy on show, unless that is done or the run needs the processor."""
        chosen, record = self._chosen, self._record
        key = self._key(chosen)
        if key is None or chosen is None or record is None or not self.isVisible():
            return
        if self.trials.is_measured(key) or self._controller.state is RunState.PLAYING:
            return
        if not self.trials.is_known(key) or self._is_outgrown(self.trial):
            self.trials.measure(key, record.experiment, chosen, record.frame.step, self._aim_of(chosen))

    def _is_outgrown(self, trial: Trial | None) -> bool:
        """Tell whether the run has come so much further than the twins that they say little of it."""
        if trial is None or self._record is None or not trial.complete:
            return False
        return self._record.frame.step > OUTGROWN * max(trial.unchanged.steps, trial.changed.steps)

    def _show_cure(self) -> None:
        remedy = self.remedy
        self.cure.setVisible(bool(self._remedies) and self._record is not None)
        vain = [each for each in self._remedies if self._is_vain(each)]
        if remedy is None:
            self.cure.set_measuring(False)
            self.cure.show_none([translate_message(each.name) for each in vain])
            return
        trial, key = self.trial, self._key(remedy)
        measuring = key is not None and self.trials.is_measured(key)
        if trial is not None:
            words = trial_words(trial)
        elif measuring:
            text = _("{change} It is measured on twins from step 0: {share} done.")
            words = text.format(
                change=translate_message(remedy.help), share=numbers.percent(round(self.trials.share, 2))
            )
        elif self._controller.state is RunState.PLAYING:
            words = _("{change} It is measured when the run pauses.").format(change=translate_message(remedy.help))
        else:
            words = _("{change} It was not measured.").format(change=translate_message(remedy.help))
        self.cure.set_measuring(measuring)
        others = tuple(other for other in self._open if other.id != remedy.id)
        self.cure.show_remedy(remedy, words, others, is_cure=trial is not None)

    def _open_twin(self) -> None:
        remedy = self.remedy
        if remedy is not None:
            self._document.what_if(remedy.patch, translate_message(remedy.name), step=0)


def make(context: Context) -> DoctorCard:
    """Return the card."""
    return DoctorCard(context)


SPEC = ViewSpec(
    id="doctor",
    title=N_("Doctor"),
    tip=N_("What is wrong with this run, with the number that shows it, and what would cure it"),
    rank=5,
    make=make,
    beside=True,
)

"""What the doctor proposes: the change, what a twin with it came to, and the button that opens the twin."""

import math
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from app.look import numbers
from app.system.i18n import _, ngettext, translate_message
from app.theme import set_role
from app.theme.prose import prose, show_prose
from app.widgets.wrap_row import WrapRow
from simulator.analysis.doctor import Remedy, Trial


class CureBox(QWidget):
    """Shows one remedy, and the others as small buttons.

    Signals
    -------
    chosen(str)
        Another remedy is asked for: its id.
    opened()
        The twin is asked for.
    stopped()
        The measurement is not wanted.
    """

    chosen = Signal(str)
    opened = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._others: tuple[Remedy, ...] = ()
        self.title_label = QLabel()
        set_role(self.title_label, "value")
        self.words_label = QLabel()
        self.words_label.setWordWrap(True)
        show_prose(self.words_label)
        set_role(self.words_label, "body")
        self.stop_button = QPushButton(_("Stop measuring"))
        set_role(self.stop_button, "link")
        self.open_button = QPushButton(_("Open the twin"))
        set_role(self.open_button, "outline")
        self.other_row = WrapRow()
        for button in (self.stop_button, self.open_button):
            button.setAccessibleName(button.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop_button.clicked.connect(self.stopped)
        self.open_button.clicked.connect(self.opened)
        note = QFrame()
        set_role(note, "note")
        inside = QVBoxLayout(note)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(4)
        inside.addWidget(self.title_label)
        inside.addWidget(self.words_label)
        inside.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(note)
        column.addWidget(self.open_button)
        column.addWidget(self.other_row)
        column.addStretch()

    def show_remedy(self, remedy: Remedy, words: str, others: tuple[Remedy, ...], is_cure: bool) -> None:
        """Show a remedy with what is known of it; `others` may be chosen in its place.

        Only what was measured and found to help is a cure that one can open.
        """
        text = _("Try: {change}") if is_cure else _("Does it help? {change}")
        self.title_label.setText(text.format(change=translate_message(remedy.name)))
        self.words_label.setText(prose(words))
        self.open_button.setVisible(is_cure)
        self.open_button.setToolTip(translate_message(remedy.help))
        if [other.id for other in others] != [other.id for other in self._others]:
            self.other_row.set_widgets([self._button(other) for other in others])
        self._others = others
        self.other_row.setVisible(bool(others))

    def show_none(self, vain: Sequence[str]) -> None:
        """Say that no remedy did better than none, and which were tried."""
        self.title_label.setText(_("No cure found"))
        words = _("Tried on twins, and no better than no change: {changes}.").format(changes=", ".join(vain))
        self.words_label.setText(prose(escape(words)))
        self.open_button.hide()
        self.other_row.hide()

    def set_measuring(self, measuring: bool) -> None:
        """Offer to stop the measurement while there is one."""
        self.stop_button.setVisible(measuring)

    def _button(self, remedy: Remedy) -> QPushButton:
        name = translate_message(remedy.name)
        button = QPushButton(_("{change}?").format(change=name))
        button.setAccessibleName(_("Try instead: {change}").format(change=name))
        button.setToolTip(translate_message(remedy.help))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False, chosen=remedy.id: self.chosen.emit(chosen))
        return button


def trial_words(trial: Trial) -> str:
    """Say what the twin with the change came to, beside the one without."""
    changed, unchanged = trial.changed, trial.unchanged
    values = {
        "steps": numbers.count(changed.steps),
        "loss": f"<b>{numbers.number(changed.loss)}</b>",
        "before": numbers.number(unchanged.loss),
        "broken": numbers.count(unchanged.steps),
    }
    if trial.aim != "loss":
        sentences = [_("A twin was trained from step 0 for {steps} steps.").format(**values)]
    elif unchanged.diverged:
        text = _("A twin from step 0 has loss {loss} after {steps} steps; without the change it diverges in {broken}.")
        sentences = [text.format(**values)]
    else:
        text = _("A twin from step 0 has loss {loss} after {steps} steps; without the change it has {before}.")
        sentences = [text.format(**values)]
    accuracies = changed.validation_accuracy, unchanged.validation_accuracy
    if all(math.isfinite(accuracy) for accuracy in accuracies):
        text = _("Validation {accuracy} of {examples} instead of {now} of {of_now}.")
        if unchanged.diverged:  # its accuracy is that of another step
            text = _("Validation {accuracy} of {examples}.")
        accuracy, now = (numbers.percent(accuracy) for accuracy in accuracies)
        values |= {"accuracy": f"<b>{accuracy}</b>", "examples": numbers.count(changed.validation_examples)}
        values |= {"now": now, "of_now": numbers.count(unchanged.validation_examples)}
        sentences.append(text.format(**values))
    if trial.aim == "sureness":
        text = _("Chance alone makes ± {error} instead of ± {now}.")
        sentences.append(text.format(error=numbers.percent(changed.error), now=numbers.percent(unchanged.error)))
    if trial.aim != "loss":
        return " ".join(sentences)
    if changed.units and changed.dead_units:
        text = ngettext("{dead} of {units} units is dead.", "{dead} of {units} units are dead.", changed.dead_units)
        sentences.append(text.format(dead=numbers.count(changed.dead_units), units=numbers.count(changed.units)))
    elif changed.units:
        sentences.append(_("No dead units."))
    return " ".join(sentences)

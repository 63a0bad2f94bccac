"""The learning rate, always at hand, and below it what else decides the size of a step."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.document.document import Document
from app.forms import EditorForm, make_form
from app.forms.number_editor import NumberEditor
from app.look.numbers import count, short
from app.system.i18n import _
from app.theme import set_role
from app.widgets.elided_label import ElidedLabel
from simulator.experiment import Experiment


class RateBox(QWidget):
    """A rule, the field with its slider, and a line of words that gives way."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        rule = QFrame()
        set_role(rule, "rule")
        self.form: EditorForm = make_form(document, "training", ("learning_rate",))
        self.words = ElidedLabel()
        set_role(self.words, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (rule, self.form, self.words):
            layout.addWidget(part)
        document.changed.connect(self._follow)
        document.viewpoint.changed.connect(self._follow)
        self._follow()

    def set_compact(self, compact: bool) -> None:
        """Leave the words out where space is short."""
        self.words.setVisible(not compact)

    def set_low(self, low: bool) -> None:
        """Leave the slider out: the number can be typed."""
        editor = self.form.editor("learning_rate")
        if isinstance(editor, NumberEditor) and editor.slider is not None:
            editor.slider.setVisible(not low)

    def _follow(self, *_states: object) -> None:
        text = step_words(self._document.viewpoint.experiment)
        self.words.setText(text)
        self.words.setToolTip(text)


def step_words(experiment: Experiment) -> str:
    """Return which rule makes a step, and of how many examples: "Momentum 0.9 · batch 32"."""
    training = experiment.training
    momentum = getattr(training.optimizer, "momentum", 0.0)
    rule = _(training.optimizer.label)
    if momentum:
        name = _("Momentum") if training.optimizer.kind == "sgd" else rule
        rule = _("{name} {number}").format(name=name, number=short(momentum))
    return _("{rule} · batch {size}").format(rule=rule, size=count(training.batch_size))

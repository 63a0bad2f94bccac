"""A question before the next gate: what it will pass back."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.labs.microscope.gates.walk import Walk
from app.labs.microscope.texts import value_name, value_text
from app.system.i18n import _
from app.theme import set_role

CHOICES = 3


@dataclass(frozen=True)
class Question:
    """What is asked before a step, the answers to choose from, and which one is right."""

    position: int
    text: str
    answers: tuple[str, ...]
    right: str


def question_before(walk: Walk) -> Question | None:
    """Return the question about the next gate; None where the next step is none on the way back."""
    node = walk.following
    if node is None or walk.position < walk.gates:
        return None
    passed = walk.found.edges[node.name, 0]
    right = value_text(passed)
    answers = [right]
    for wrong in _wrong(walk, passed, walk.found.totals[node.name]):
        if len(answers) < CHOICES and wrong not in answers:
            answers.append(wrong)
    # in an order that has nothing to do with the answer
    answers.sort()
    if len(node.inputs) > 1:
        text = _("Next gate: {gate}. What does it pass back to {value}?")
        asked = text.format(gate=walk.graph.symbol(node.name), value=value_name(walk.graph, node.inputs[0]))
    else:
        asked = _("Next gate: {gate}. What does it pass back?").format(gate=walk.graph.symbol(node.name))
    return Question(walk.position, asked, tuple(answers), right)


def _wrong(walk: Walk, passed: float, arrives: float) -> Iterator[str]:
    """Yield what one might think: the wrong sign, the gradient unchanged, its opposite, or something else."""
    for value in (-passed, arrives, -arrives, 0.0, 2 * passed, 1.0, passed + 1, passed - 1):
        yield value_text(value)


class PredictBox(QWidget):
    """Asks, and after the step says what was answered and what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        heading = QLabel(_("Predict first"))
        set_role(heading, "subtitle")
        self._asked = QLabel()
        self._asked.setWordWrap(True)
        set_role(self._asked, "body")
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        set_role(self.verdict, "body")
        self._group = QButtonGroup(self)
        self.buttons = tuple(QRadioButton() for _choice in range(CHOICES))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.verdict)
        layout.addWidget(heading)
        layout.addWidget(self._asked)
        for button in self.buttons:
            self._group.addButton(button)
            layout.addWidget(button)
        self._parts = (heading, self._asked, *self.buttons)
        self.verdict.hide()

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self._question

    def follow(self, walk: Walk) -> None:
        """Ask about the next gate; if the last question was answered and its gate has come, say how it went."""
        before, chosen = self._question, self._group.checkedButton()
        judged = before is not None and chosen is not None and walk.position == before.position + 1
        if judged and before is not None and chosen is not None:
            same = chosen.text() == before.right
            text = _("You said {answer}, and so it is.") if same else _("You said {answer}. It is {right}.")
            self.verdict.setText(text.format(answer=chosen.text(), right=before.right))
        self.verdict.setVisible(judged)
        self._ask(question_before(walk))

    def _ask(self, question: Question | None) -> None:
        if question != self._question:
            self._question = question
            self._group.setExclusive(False)
            for button in self.buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
        for part in self._parts:
            part.setVisible(question is not None)
        if question is None:
            return
        self._asked.setText(question.text)
        for place, button in enumerate(self.buttons):
            there = place < len(question.answers)
            button.setVisible(there)
            if there:
                button.setText(question.answers[place])
                button.setAccessibleName(question.answers[place])

"""One finding of the doctor: its name, its sentence with the measured number, and where to see it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.system.i18n import _, translate_message
from app.telling.measured_words import plain, rich
from app.theme import set_role
from app.theme.prose import prose, show_prose
from app.views.catalogue import views
from app.widgets.wrap_row import WrapRow
from simulator.analysis.doctor import Finding


class FindingItem(QWidget):
    """Shows a finding; the same item may show another one later.

    Signals
    -------
    proof_asked(str)
        The view of that id shows it: point at it.
    """

    proof_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._proof = ""
        self.number_label = QLabel()
        set_role(self.number_label, "warn")
        self.title_label = QLabel()
        self.title_label.setWordWrap(True)
        set_role(self.title_label, "value")
        self.sentence_label = _paragraph("body")
        self.moment_label = _paragraph("muted")
        self.story_label = _paragraph("muted")
        self.story_label.hide()
        self.proof_button = QPushButton()
        self.story_button = QPushButton()
        self.story_button.setCheckable(True)
        for button in (self.proof_button, self.story_button):
            set_role(button, "link")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.proof_button.clicked.connect(self._ask_for_proof)
        self.story_button.toggled.connect(self.story_label.setVisible)
        links = WrapRow()
        links.set_widgets((self.proof_button, self.story_button))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number_label, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title_label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.sentence_label)
        column.addWidget(self.moment_label)
        column.addWidget(links)
        column.addWidget(self.story_label)

    @property
    def finding(self) -> Finding | None:
        """What is shown."""
        return self._finding

    def show_finding(self, number: int, finding: Finding) -> None:
        """Show a finding under its number."""
        if self._finding is None or finding.id != self._finding.id:
            self.story_button.setChecked(False)
        self._finding = finding
        self.number_label.setText(str(number))
        self.title_label.setText(translate_message(finding.title))
        self.sentence_label.setText(prose(rich(finding.sentence)))
        self.sentence_label.setAccessibleName(plain(finding.sentence))
        self.moment_label.setText(prose(rich(finding.moment)))
        self.moment_label.setAccessibleName(plain(finding.moment))
        self.story_label.setText(prose(translate_message(finding.story)))
        self._proof = _("Proof: {view}").format(view=_(views()[finding.proof].title))
        self._fit_proof()
        self._say(self.story_button, _("Why? Slide {id}").format(id=finding.slide))
        self.setAccessibleName(f"{self.title_label.text()}. {plain(finding.sentence)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_proof()

    def _fit_proof(self) -> None:
        """Shorten the words where the item is narrow; the whole of them is in the tooltip and read aloud."""
        room = self.width() - self.proof_button.sizeHint().width() + self._width_of(self.proof_button.text())
        shown = self.proof_button.fontMetrics().elidedText(self._proof, Qt.TextElideMode.ElideRight, room)
        self.proof_button.setText(shown)
        self.proof_button.setToolTip(self._proof if shown != self._proof else "")
        self.proof_button.setAccessibleName(self._proof)

    def _width_of(self, words: str) -> int:
        return self.proof_button.fontMetrics().horizontalAdvance(words)

    def _say(self, button: QPushButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)

    def _ask_for_proof(self) -> None:
        if self._finding is not None:
            self.proof_asked.emit(self._finding.proof)


def _paragraph(role: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    show_prose(label)
    set_role(label, role)
    return label

"""A card of plots whose numbers are asked for by a button: measured in a thread, with progress and a way to stop."""

from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.cards.plot_card import PlotCard
from app.look.numbers import percent
from app.plots.canvas.plot import Plot
from app.running.worker import Work, Worker
from app.system.i18n import _
from app.theme import Theme

_SHEET: Final = """
QPushButton { padding: 1px 9px; min-height: 0; }
QPushButton:focus { padding: 0px 8px; }
"""


class MeasuredCard(PlotCard):
    """A subclass says how to `begin`, and takes what was found in `take`."""

    def __init__(self, theme: Theme, name: str, *plots: Plot, parent: QWidget | None = None) -> None:
        super().__init__(theme, *plots, parent=parent)
        self._share: float | None = None
        self._fault = ""
        self._measured = False
        self.worker = Worker(name, self)
        self.worker.answered.connect(self._on_answer)
        self.worker.shown.connect(self._on_partial)
        self.worker.progressed.connect(self._on_progress)
        self.worker.failed.connect(self._on_fault)
        self.button = QPushButton()
        self.button.setStyleSheet(_SHEET)
        self.button.clicked.connect(self._on_button)
        self.add_tool(self.button)
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.page = self.give_aside(self.sentence)
        self._name_button()

    @property
    def is_busy(self) -> bool:
        """Whether something is being measured."""
        return self._share is not None

    def begin(self) -> None:
        """Ask the worker; the button was pressed."""
        raise NotImplementedError

    def take(self, found: Any) -> None:
        """Show what was found, or what there is of it so far."""
        raise NotImplementedError

    def stale_words(self) -> str:
        """Return why what is shown no longer holds, or nothing."""
        return ""

    def measure(self) -> None:
        """Measure, and show that it goes on."""
        self._share, self._fault = 0.0, ""
        self._say()
        self.begin()

    def ask(self, work: Work) -> None:
        """Let the thread work, unless it was stopped meanwhile."""
        if self.is_busy:
            self.worker.ask(work)

    def stop(self) -> None:
        """Give up; what was found stays."""
        self.worker.cancel()
        self._share = None
        self._say()

    def forget(self) -> None:
        """Show nothing: what was measured is of another run."""
        self.stop()
        self._measured, self._fault = False, ""
        self._say()

    def close_down(self) -> None:
        """End the thread."""
        self.worker.close()

    def _on_button(self) -> None:
        if self.is_busy:
            self.stop()
        else:
            self.measure()

    def _on_answer(self, found: Any) -> None:
        self._share = None
        if found is not None:
            self._measured = True
            self.take(found)
        self._say()

    def _on_partial(self, found: Any) -> None:
        if self.is_busy and found is not None:
            self.take(found)

    def _on_progress(self, share: float) -> None:
        if self.is_busy:
            self._share = share
            self._write_subtitle()

    def _on_fault(self, sentence: str) -> None:
        self._share, self._fault = None, sentence
        self._say()

    def _say(self) -> None:
        self._name_button()
        self._write_subtitle()

    def _name_button(self) -> None:
        words = _("Stop") if self.is_busy else _("Measure again") if self._measured else _("Measure")
        self.button.setText(words)
        self.button.setAccessibleName(_("{button}: {view}").format(button=words, view=self.plot.title))

    def _write_subtitle(self) -> None:
        if self.is_busy:
            text = _("{share} done").format(share=percent(round(self._share or 0.0, 2)))
        else:
            text = self._fault or self.stale_words() or self.plot.subtitle
        self.subtitle_label.set_text(text)

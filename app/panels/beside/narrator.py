"""What the right panel has to say, followed from picture to picture."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from app.panels.beside.headlines.choice import Teller
from app.panels.beside.headlines.headline import Told
from app.panels.beside.headlines.moment import Moment
from app.panels.beside.story import Story, tell
from app.running.context import Context
from app.running.run_state import RunState
from app.system.i18n import _, ngettext
from app.telling.examined import record_of
from simulator.analysis.doctor import Finding
from simulator.training import Loaded, Picture

EVERY: Final = 10
"""Pictures from one look to the next while the run plays: words that change faster cannot be read."""


class Narrator(QObject):
    """Looks at the run on display and keeps what is said of it.

    Signals
    -------
    told_changed()
        Something of what is said is different.
    """

    told_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = context.document
        self._controller = controller = context.controller
        self._loaded: Loaded | None = None
        self._picture: Picture | None = None
        self._passed = 0
        self._teller = Teller()
        self._watch = context.watch
        self.told = Told(_("The simulator is being prepared."))
        self.story = Story((), ())
        self.findings: tuple[Finding, ...] = ()
        controller.loaded.connect(self._take_run)
        controller.picture_changed.connect(self._take_picture)
        controller.state_changed.connect(self._take_state)

    @property
    def letter(self) -> str:
        """The letter of the run that is told of; empty where there is one alone."""
        state = self._document.state
        return state.lane.letter if len(state.lanes) > 1 else ""

    @property
    def count(self) -> str:
        """How many findings there are: "3 findings"."""
        count = len(self.findings)
        return ngettext("{count} finding", "{count} findings", count).format(count=count) if count else _("no findings")

    @property
    def counts(self) -> str:
        """How many findings and causes there are: "3 findings, 1 cause"."""
        if not self.findings:
            return self.count
        causes = sum(finding.is_cause for finding in self.findings)
        because = ngettext("{count} cause", "{count} causes", causes).format(count=causes)
        return _("{findings}, {causes}").format(findings=self.count, causes=because)

    def _take_run(self, loaded: Loaded) -> None:
        self._loaded, self._picture = loaded, None
        self._look()

    def _take_picture(self, picture: Picture) -> None:
        self._picture = picture
        self._passed += 1
        if self._controller.state is not RunState.PLAYING or self._passed >= EVERY:
            self._look()

    def _take_state(self, _state: RunState) -> None:
        self._look()

    def _look(self) -> None:
        loaded, state = self._loaded, self._document.state
        if loaded is None or loaded.run_id != state.run_id:
            return
        self._passed = 0
        picture = self._picture
        record = record_of(self._document, picture, loaded.facts)
        findings = () if record is None else self._watch.examine(record)
        moment = Moment(
            loaded=loaded,
            experiment=self._document.viewpoint.experiment,
            state=self._controller.state,
            picture=picture,
            record=record,
            findings=findings,
            catches_up=any(self._document.runs[run_id].step > 0 for run_id in state.run_ids if run_id != state.run_id),
        )
        said = self._teller.look(moment), tell(loaded, picture, self._controller.state), findings
        if said != (self.told, self.story, self.findings):
            self.told, self.story, self.findings = said
            self.told_changed.emit()

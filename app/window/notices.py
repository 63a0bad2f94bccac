"""What the notice bar and the quiet note say, and when."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.actions.file_actions import FileActions
from app.document.document import Document
from app.running.run_controller import RunController
from app.running.run_state import RunState
from app.system.i18n import _, translate_message
from app.widgets.notice_bar import NoticeBar
from app.widgets.quiet_note import QuietNote
from app.window.preparing_bar import PreparingBar
from simulator.message import Message
from simulator.training import Ended, Loaded, Rejected


class Notices(QObject):
    """Listens to all that may end, fail or be refused."""

    def __init__(
        self, bar: NoticeBar, note: QuietNote, document: Document, controller: RunController, files: FileActions
    ) -> None:
        super().__init__(bar)
        self._bar = bar
        self.preparing = PreparingBar(controller, bar.parentWidget())
        self._note = note
        self._document = document
        self._controller = controller
        self._of_the_run = False
        self._aside = False
        controller.loaded.connect(self._run_loaded)
        controller.state_changed.connect(self._state_changed)
        controller.ended.connect(self.say_ending)
        controller.rejected.connect(self.say_rejection)
        controller.restarted.connect(self.say_restart)
        document.refused.connect(self.say_refusal)
        files.refused.connect(self.say_refusal)
        files.saved.connect(self.say_success)
        files.incomplete.connect(self.say_incomplete)

    def say_error(self, sentence: str) -> None:
        """Say that something went wrong in the program."""
        self._of_the_run = False
        self._bar.say(sentence, "warning")

    def say_ending(self, ended: Ended) -> None:
        """Say why the run on display stopped."""
        sentence = translate_message(ended.message)
        if ended.ending == "finished":
            # nothing to be done about it: nothing moves for it
            self._note.say(sentence)
        else:
            self._of_the_run = True
            self._bar.say(sentence, "warning", remedy=_("Reset"), handler=self._document.reset)

    def say_rejection(self, rejected: Rejected) -> None:
        """Say why the network at the left cannot be trained; it goes when another one can."""
        self._of_the_run = True
        stack = self._document.undo_stack
        self._bar.say(
            translate_message(rejected.message),
            "warning",
            remedy=_("Undo") if stack.can_undo else "",
            handler=stack.undo,
        )

    def say_refusal(self, message: Message) -> None:
        """Say why an edit or a file was not taken."""
        self._of_the_run = False
        self._bar.say(translate_message(message), "warning")

    def say_incomplete(self, message: Message, save: Callable[[], None]) -> None:
        """Say what a file would leave out, before it is written."""
        self._of_the_run = False
        self._bar.say(translate_message(message), "warning", remedy=_("Save this run"), handler=save)

    def say_done(self, sentence: str) -> None:
        """Say that something was done that no message of the simulator tells."""
        self._note.say(sentence)

    def say_success(self, message: Message) -> None:
        """Say that something was done."""
        self._note.say(translate_message(message))

    def say_restart(self) -> None:
        """Say why a run that was playing has stopped."""
        self._note.say(_("The new network starts from step 0."))

    def set_run_in_sight(self, in_sight: bool) -> None:
        """Put aside what was said of the run while something else is on show, and bring it back with the run."""
        if not in_sight and self._of_the_run and not self._bar.isHidden():
            self._aside = True
            self._bar.hide()
        elif in_sight and self._aside:
            self._aside = False
            if self._of_the_run:
                self._bar.show()

    def _run_loaded(self, loaded: Loaded) -> None:
        self._forget()
        ending = self._controller.ending
        if ending is not None:
            self.say_ending(ending)
        if loaded.anew:
            self._of_the_run = True
            text = _("The files of this run have changed since it was trained: it begins anew with what they hold now.")
            self._bar.say(text, "warning")

    def _state_changed(self, state: RunState) -> None:
        if state is RunState.PLAYING:
            self._forget()

    def _forget(self) -> None:
        """Take back what was said of a run that is not on display any more, or goes on."""
        if self._of_the_run:
            self._of_the_run = False
            self._bar.dismiss()

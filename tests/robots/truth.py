"""Whether document, window and engine say the same once all is still."""

import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.look.numbers import count
from app.running.run_state import RunState
from app.window.main_window import MainWindow
from simulator.experiment import Experiment, Run, WeightEdit
from simulator.training import Picture, Question
from simulator.training.past.timeline import Timeline
from tests.robots.watch import Watch

PATIENCE: Final = 60.0
"""Seconds until all is still, on a busy machine."""


@dataclass(frozen=True)
class WhereItIs(Question[tuple[Experiment, int, Run]]):
    """The values in force, the newest step, and the run with its log."""

    def answer(self, timeline: Timeline) -> tuple[Experiment, int, Run]:
        return timeline.trainer.experiment, timeline.trainer.step, timeline.run


class Truth:
    """Compares what is on the table with what the training thread itself answers."""

    def __init__(self, window: MainWindow, watch: Watch) -> None:
        self._window = window
        self._watch = watch
        self._picture: Picture | None = None
        window.controller.picture_changed.connect(self._take)

    def settle(self) -> None:
        """Pause, wait until nothing is on its way, and compare."""
        controller, document = self._window.controller, self._window.document
        if not self._until(lambda: controller.state is not RunState.PREPARING):
            self._watch.report("still", "the runner prepares for ever")
            return
        controller.pause()
        sync = controller._sync
        if not self._until(
            lambda: (
                controller.state is not RunState.PLAYING
                and not self._window.files._reader.busy
                and sync.pending is None
                and (controller._in_step() or sync.refused is not None)
            )
        ):
            words = f"{controller.state.name}, in step {controller._in_step()}, asked {sync.pending}"
            self._watch.report("still", f"{words}\n{stacks()}")
            return
        if sync.refused is not None:
            # what was asked for cannot be built, and that is said
            if not self._window.notice_bar.sentence:
                self._watch.report("disagreement", f"refused in silence: {sync.refused[1]}")
            return
        document.viewpoint.look_at(None, None)
        controller.scrub(None, exact=True)
        answers: list[tuple[Any, int, Run]] = []
        controller.ask(WhereItIs(), answers.append)
        if not self._until(lambda: bool(answers)):
            self._watch.report("still", f"the training thread does not answer\n{stacks()}")
            return
        experiment, step, run = answers[0]
        if experiment != document.experiment:
            self._watch.report("disagreement", f"table: {document.experiment}\nengine: {experiment}")
        logged = {(edit.step, edit.parameter, edit.new) for edit in run.edits if isinstance(edit, WeightEdit)}
        if not {(edit.step, edit.parameter, edit.new) for edit in document.state.lane.weights} <= logged:
            self._watch.report("disagreement", f"set: {document.state.lane.weights}\nengine: {logged}")
        if not self._until(lambda: self._shown() == (document.state.run_id, step), 5.0):
            self._watch.report("disagreement", f"shown: {self._shown()}, engine: {document.state.run_id, step}")
        elif count(step) not in self._window.time.place.text():
            self._watch.report("disagreement", f"{self._window.time.place.text()!r} at step {step}")
        if controller.newest != step:
            self._watch.report("disagreement", f"the controller's newest step is {controller.newest}, not {step}")

    def _shown(self) -> tuple[int, int] | None:
        return None if self._picture is None else (self._picture.run_id, self._picture.frame.step)

    def _take(self, picture: Picture) -> None:
        self._picture = picture

    def _until(self, true: Callable[[], bool], patience: float = PATIENCE) -> bool:
        end = time.monotonic() + patience
        while not true():
            if time.monotonic() > end:
                return False
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            QTest.qWait(5)
        return True


def stacks() -> str:
    """Return where every thread is."""
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sys._current_frames().items()
    return "\n".join(f"{names.get(number)}:\n{''.join(traceback.format_stack(frame)[-4:])}" for number, frame in frames)

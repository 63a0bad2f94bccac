"""The thread round the trainer: commands in, lifecycle events and the newest picture out."""

import logging
import threading
import time
from collections import deque
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from simulator.errors import ObukaError
from simulator.experiment.run import Run
from simulator.message import N_, Message
from simulator.training import commands as c
from simulator.training import events as e
from simulator.training.pace import Pace
from simulator.training.pictures import PictureMaker
from simulator.training.shelf import Remembered, Shelf

if TYPE_CHECKING:  # imported in the thread: the trainer brings numba, which the window must not wait for
    from simulator.training.trainer import Trainer

_log = logging.getLogger(__name__)
FAULT = N_("Something in the simulator failed. Your experiment is safe; the details are in the log.")


class Runner:
    """Trains in a plain thread. `send` commands; drain `events`; look at `latest`.

    Events are never lost, pictures may be: only the newest is kept. Every run that ends by itself ends once.
    """

    def __init__(self) -> None:
        self._commands: SimpleQueue[c.Command | None] = SimpleQueue()
        self._events: deque[e.Event] = deque()
        self._picture: e.Picture | None = None
        self._thread = threading.Thread(target=self._main, name="obuka-runner", daemon=True)
        self._shelf = Shelf()
        self._pace = Pace()
        self._maker: PictureMaker | None = None
        self._playing = False
        self._goal: int | None = None  # step to pause at
        self._to_epoch_end = False
        self._beyond = False
        self._parts: frozenset[str] = frozenset()
        self._sequence = 0

    # The window's side

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def send(self, command: c.Command) -> None:
        """Ask for something; answered by events."""
        self._commands.put(command)

    def events(self) -> list[e.Event]:
        """Return and forget the events since the last call, in order."""
        found = []
        while self._events:
            found.append(self._events.popleft())
        return found

    def latest(self) -> e.Picture | None:
        """Return the newest picture; look at its sequence to know whether it is new."""
        return self._picture

    def close(self, timeout: float = 5.0) -> bool:
        """Ask the thread to end and wait for it; False where it did not end in time."""
        if not self._thread.is_alive():
            return True
        self._commands.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    # The thread's side

    def _main(self) -> None:
        try:
            self._prepare()
        except Exception:  # noqa: BLE001
            _log.exception("the simulator could not be prepared")
            self._events.append(e.Ended(0, "failed", Message(FAULT), 0))
            return
        while True:
            try:
                command = self._next_command()
                if command is None:
                    return
            except Empty:
                command = None
            try:
                if command is not None:
                    self._carry_out(command)
                elif self._playing:
                    self._train()
            except Exception:  # noqa: BLE001
                # The one wide net of the engine: whatever happens, the window hears of it once and the thread lives.
                _log.exception("training failed")
                self._playing = False
                maker = self._maker
                where = (maker.run_id, maker.trainer.step) if maker else (0, 0)
                self._events.append(e.Ended(where[0], "failed", Message(FAULT), where[1]))

    def _prepare(self) -> None:
        self._events.append(e.Preparing())
        from simulator.training.warm_up import warm_up

        warm_up()
        self._events.append(e.Prepared())

    def _next_command(self) -> c.Command | None:
        """Return the next command; None means the end. While playing, raise `Empty` when it is time to train."""
        if not self._playing:
            return self._commands.get()
        # A step asked for by hand comes at once, however slow the speed.
        wait = self._pace.wait(time.perf_counter()) if self._goal is None else 0.0
        return self._commands.get(timeout=wait) if wait > 0 else self._commands.get_nowait()

    def _carry_out(self, command: c.Command) -> None:
        match command:
            case c.Load(run_id, run):
                self._load(run_id, run)
            case c.Arrange(_, selected):
                self._switch(selected)
            case c.Play():
                self._play()
            case c.Continue():
                self._beyond = True
                self._play()
            case c.StepOnce():
                self._play(steps=1)
            case c.RunEpoch():
                self._play(to_epoch_end=True)
            case c.Pause():
                self._pause()
            case c.Change(patch):
                self._change(patch)
            case c.SetSpeed(steps_per_second):
                self._pace.set_speed(steps_per_second, time.perf_counter())
            case c.ShowParts(parts):
                self._parts = parts
                self._publish(fresh=bool(parts))

    def _load(self, run_id: int, run: Run) -> None:
        from simulator.training.trainer import Trainer

        try:
            maker = PictureMaker(run_id, Trainer(run))
        except ObukaError as error:
            self._events.append(e.Rejected(run_id, error.message))
            return
        except MemoryError:
            text = N_("This network and mini-batch need more memory than there is; make one of them smaller.")
            self._events.append(e.Rejected(run_id, Message(text)))
            return
        except Exception:  # noqa: BLE001
            _log.exception("a run could not be built")
            self._events.append(e.Rejected(run_id, Message(FAULT)))
            return
        self._show(maker)

    def _show(self, maker: PictureMaker) -> None:
        self._playing = False
        self._beyond = False
        self._maker = maker
        self._shelf.put(maker)
        trainer = maker.trainer
        lanes = (maker.run_id,)
        self._events.append(e.Loaded(maker.run_id, trainer.run, trainer.experiment, trainer.step, trainer.facts, lanes))
        self._publish(fresh=True)

    def _switch(self, run_id: int) -> None:
        kept = self._shelf.get(run_id)
        if isinstance(kept, PictureMaker):
            self._show(kept)
        elif isinstance(kept, Remembered):
            self._load(run_id, kept.run)
            if self._maker is not None and self._maker.run_id == run_id and kept.step > 0:
                self._beyond = True
                self._play(steps=kept.step)

    def _play(self, steps: int | None = None, to_epoch_end: bool = False) -> None:
        maker = self._maker
        if maker is None:
            return
        if self._ended(maker.trainer):
            self._finish(maker)
            return
        if steps is not None:  # two steps asked for at once are two steps
            waiting = self._playing and self._goal is not None and not to_epoch_end
            steps += self._goal if waiting and self._goal is not None else maker.trainer.step
        self._goal = steps
        self._to_epoch_end = to_epoch_end
        if not self._playing:
            self._playing = True
            self._pace.begin(time.perf_counter())
            self._events.append(e.Playing(maker.run_id))

    def _ended(self, trainer: "Trainer") -> bool:
        """Tell whether the run has come to its own end, and cannot go on without a change or "continue"."""
        if trainer.ending is None or trainer.ending.kind != "diverged":
            trainer.advance(0, beyond=self._beyond)  # judges anew: an edit may have moved the end
        return trainer.ending is not None

    def _pause(self) -> None:
        if self._maker is not None and self._playing:
            self._playing = False
            self._maker.trainer.read()
            self._publish(fresh=True)
            self._events.append(e.Paused(self._maker.run_id, self._maker.trainer.step))

    def _change(self, patch: dict[str, object]) -> None:
        maker = self._maker
        if maker is None:
            return
        try:
            maker.trainer.edit(patch)
        except ObukaError as error:
            self._events.append(e.Rejected(maker.run_id, error.message))
            return
        trainer = maker.trainer
        self._events.append(e.Changed(maker.run_id, trainer.step, trainer.run, trainer.experiment))
        if not self._playing:
            maker.frame = trainer.frame(self._parts)
            self._publish(fresh=True)

    def _train(self) -> None:
        maker = self._maker
        assert maker is not None
        trainer = maker.trainer
        steps = self._pace.steps(time.perf_counter())
        if self._goal is not None:
            steps = min(steps, self._goal - trainer.step) or 1
        now = time.perf_counter()
        ready = maker.due(now)
        fresh = ready and maker.frame_due(now)
        # Always measured: nobody knows which chunk a pause or an ending makes the last.
        losses, _ = trainer.advance(steps, to_epoch_end=self._to_epoch_end, beyond=self._beyond, measure=True)
        self._pace.took(losses.size, now, time.perf_counter())
        if trainer.ending is not None:
            self._finish(maker)
        elif trainer.step == self._goal or (self._to_epoch_end and trainer.position.offset == 0):
            self._pause()
        elif ready:
            self._publish(fresh=fresh)

    def _finish(self, maker: PictureMaker) -> None:
        trainer = maker.trainer
        self._playing = False
        ending = trainer.ending
        if ending is None:
            trainer.advance(0)
            ending = trainer.ending
        if ending is None:
            return
        trainer.read()
        self._publish(fresh=True)
        kind = "diverged" if ending.kind == "diverged" else "finished"
        self._events.append(e.Ended(maker.run_id, kind, ending.message, trainer.step))

    def _publish(self, fresh: bool) -> None:
        if self._maker is None:
            return
        self._sequence += 1
        speed = self._pace.measured if self._playing else None
        self._picture = self._maker.picture(self._sequence, fresh=fresh, parts=self._parts, steps_per_second=speed)

"""Accuracies of whole sets, read while nothing trains. For display alone: no rule, no gap and no doctor reads them."""

import time

import numpy as np
from numpy.typing import NDArray

from simulator.training.desk.lane import Lane
from simulator.training.desk.stage import Stage
from simulator.training.frames.curves import WholeReading
from simulator.training.past.replay import SLICE
from simulator.training.run.network import PIECE
from simulator.training.run.trainer import Trainer


class Tally:
    """Reads all training and all validation examples of a run at its present step, a piece at a time.

    Attributes
    ----------
    trainer
        Whose they are; it must not train on meanwhile.
    moment
        The step and the edits made when the reading began.
    reading
        None until every example was looked at.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.moment = trainer.moment
        self.reading: WholeReading | None = None
        self._sets = (trainer.setting.training, trainer.setting.validation)
        self._sums = np.zeros((2, 2))  # of each set: losses, right answers
        self._set = self._at = 0

    def work(self, seconds: float) -> bool:
        """Look at further examples for about so long; tell whether that was all."""
        end = time.perf_counter() + seconds
        while self._set < len(self._sets):
            if not self._piece(self._sets[self._set]):
                self._set, self._at = self._set + 1, 0
            elif time.perf_counter() >= end:
                return False
        if self.reading is None:
            self.reading = self._result()
        return True

    def _piece(self, examples: NDArray[np.int64]) -> bool:
        """Look at the next piece; False where there is none."""
        piece = examples[self._at : self._at + PIECE]
        if not piece.size:
            return False
        loss, right = self.trainer.evaluate(piece)
        self._sums[self._set] += loss * piece.size, round(right * piece.size)
        self._at += piece.size
        return True

    def _result(self) -> WholeReading:
        sizes = np.array([[each.size] for each in self._sets], dtype=np.float64)
        with np.errstate(invalid="ignore"):
            (training_loss, training), (validation_loss, validation) = (self._sums / sizes).tolist()
        return WholeReading(
            step=self.trainer.step,
            epoch=self.trainer.epoch,
            training_accuracy=training,
            validation_accuracy=validation,
            training_loss=training_loss,
            validation_loss=validation_loss,
            training_examples=self._sets[0].size,
            validation_examples=self._sets[1].size,
        )


def read_all(trainer: Trainer) -> WholeReading:
    """Return the whole-set figures of the present step; it takes as long as it takes."""
    tally = Tally(trainer)
    tally.work(float("inf"))
    assert tally.reading is not None
    return tally.reading


class Census:
    """Reads the whole sets of the lanes on display where they wait; what trains on has none."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._tally: Tally | None = None

    @property
    def busy(self) -> bool:
        """Whether a lane's whole sets are still to be read."""
        return self._next() is not None

    def _next(self) -> Lane | None:
        return next((lane for lane in self._stage.lanes or () if lane.wants_whole), None)

    def work(self) -> None:
        """Read for a moment; show the figures when every lane has its own."""
        lane = self._next()
        if lane is None:
            return
        trainer, tally = lane.timeline.trainer, self._tally
        if tally is None or tally.trainer is not trainer or tally.moment != trainer.moment:
            tally = self._tally = Tally(trainer)
        if tally.work(SLICE):
            lane.take_whole(tally.reading)
            self._tally = None
            if not self.busy:
                self._stage.publish(fresh=False)

    def give_up(self) -> None:
        """Make do without, for the present moment of every lane."""
        self._tally = None
        for lane in self._stage.lanes or ():
            lane.take_whole(None)

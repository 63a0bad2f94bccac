"""The meters of recorded frames as arrays that grow; tracks given away are never written to again."""

import numpy as np

from simulator.training.frames.curves import METERS, Track
from simulator.training.frames.frame import Frame, Gradient, LayerFrame

FIRST = 64  # rows of room in the beginning


class TrackColumns:
    """One row a frame, oldest first."""

    def __init__(self) -> None:
        self._used = 0
        self._steps = np.zeros(0, np.int64)
        self._epochs = np.zeros(0)
        self._meters = np.zeros((len(METERS), 0, 0), np.float32)

    @property
    def nbytes(self) -> int:
        """Bytes of the arrays, room for further rows included."""
        return self._steps.nbytes + self._epochs.nbytes + self._meters.nbytes

    def track(self) -> Track:
        """Return the rows there are."""
        used = self._used
        steps, epochs, meters = self._steps[:used], self._epochs[:used], self._meters[:, :used]
        for array in (steps, epochs, meters):
            array.flags.writeable = False
        return Track(steps, epochs, *meters)

    def put(self, at: int, frame: Frame, instead: bool) -> None:
        """Put a frame in as row `at`, in the place of the one there (`instead`) or before it."""
        if at < self._used:
            self._reorder(np.concatenate([np.arange(at), [at], np.arange(at + instead, self._used)]))
        elif self._used == self._steps.size:
            self._grow(len(frame.layers))
        self._used = max(self._used, at + 1)
        self._steps[at], self._epochs[at] = frame.step, frame.epoch
        with np.errstate(over="ignore"):  # what float32 cannot hold is infinite
            for number, name in enumerate(METERS):
                self._meters[number, at] = [_value(layer, name) for layer in frame.layers]

    def keep(self, rows: list[int]) -> None:
        """Keep these rows alone."""
        self._reorder(np.array(rows, np.int64))

    def first(self, count: int) -> "TrackColumns":
        """Return a copy of the first rows."""
        other = TrackColumns()
        other._used, other._steps, other._epochs, other._meters = self._used, self._steps, self._epochs, self._meters
        other._reorder(np.arange(count))
        return other

    def _reorder(self, rows: np.ndarray) -> None:
        self._steps, self._epochs, self._meters = self._steps[rows], self._epochs[rows], self._meters[:, rows]
        self._used = rows.size

    def _grow(self, layers: int) -> None:
        room = max(2 * self._used, FIRST)
        steps, epochs = np.zeros(room, np.int64), np.zeros(room)
        meters = np.zeros((len(METERS), room, layers), np.float32)
        steps[: self._used], epochs[: self._used] = self._steps, self._epochs
        if self._used:
            meters[:, : self._used] = self._meters
        self._steps, self._epochs, self._meters = steps, epochs, meters


def _value(layer: LayerFrame, name: str) -> float:
    value = getattr(layer, name)
    if value is None:
        return float("nan")
    return value.rms if isinstance(value, Gradient) else float(value)

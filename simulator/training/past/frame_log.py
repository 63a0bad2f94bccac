"""The recorded frames of a run, within the memory they may take."""

import bisect
from collections.abc import Collection

import numpy as np

from simulator.training.frames.curves import Track
from simulator.training.frames.frame import Frame, LayerFrame, Part
from simulator.training.past.packing import Packed, bytes_of, pack, unpack
from simulator.training.past.thinning import chosen
from simulator.training.past.track_columns import TrackColumns

MOST = 2000  # frames, after thinning
SPARE = 400  # further ones until they are thinned
PARTS_SHARE = 0.5  # of the allowance may go into optional parts
ROOM = 0.9  # of the allowance is used after thinning, so that it is not done at every frame


class FrameLog:
    """Frames in the order of their steps, the first and the newest always among them.

    Attributes
    ----------
    allowance
        Bytes they may take.
    """

    def __init__(self, allowance: int) -> None:
        self.allowance = allowance
        self._kept: list[Packed] = []
        self._layers: tuple[LayerFrame, ...] = ()  # of the first frame: names and units
        self._parts: dict[int, int] = {}  # step -> bytes of its parts
        self._columns = TrackColumns()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def nbytes(self) -> int:
        """Bytes of all frames and of their track."""
        return self._core + sum(self._parts.values())

    @property
    def _core(self) -> int:
        """Bytes without parts: all frames have the same layers."""
        return len(self._kept) * self._kept[0].nbytes + self._columns.nbytes if self._kept else 0

    @property
    def track(self) -> Track:
        """The meters of all frames."""
        return self._columns.track()

    def record(self, frame: Frame) -> None:
        """Keep a frame in its place; one of the same step gives way to it."""
        self._layers = self._layers or frame.layers
        at = self._first_from(frame.step)
        replaced = at < len(self._kept) and self._kept[at].step == frame.step
        self._kept[at : at + replaced] = [pack(frame)]
        self._columns.put(at, frame, replaced)
        self._parts.pop(frame.step, None)
        if frame.parts:
            self._parts[frame.step] = bytes_of(frame.parts)
        if len(self._kept) > MOST + SPARE or self.nbytes > self.allowance:
            self.thin()

    def _first_from(self, step: int) -> int:
        return bisect.bisect_left(self._kept, step, key=lambda kept: kept.step)

    def at(self, step: int) -> Frame:
        """Return the newest frame up to `step`; the first where there is none."""
        return unpack(self._kept[max(self._first_from(step + 1) - 1, 0)], self._layers)

    def has(self, step: int, parts: Collection[Part]) -> bool:
        """Tell whether there is a frame of that very step with these parts."""
        at = self._first_from(step)
        found = at < len(self._kept) and self._kept[at].step == step
        return found and self._kept[at].frame.parts.keys() >= set(parts)

    def thin(self) -> None:
        """Keep what the allowance has room for: the parts of some frames only, then fewer frames."""
        if not self._kept:
            return
        parts, room = sum(self._parts.values()), PARTS_SHARE * self.allowance
        if parts > room:
            self._thin_parts(int(len(self._parts) * ROOM * room / parts))
        left = self.allowance - sum(self._parts.values())
        most = min(MOST, max(int(len(self._kept) * ROOM * left / self._core), 2))
        if len(self._kept) > MOST + SPARE or self.nbytes > self.allowance:
            self._keep(chosen(np.array([kept.step for kept in self._kept]), most).tolist())

    def _thin_parts(self, most: int) -> None:
        steps = np.array(sorted(self._parts))
        stay = set(steps[chosen(steps, most)].tolist())
        self._parts = {step: size for step, size in self._parts.items() if step in stay}
        self._kept = [kept if kept.step in stay else kept.without_parts() for kept in self._kept]

    def _keep(self, indices: list[int]) -> None:
        self._kept = [self._kept[index] for index in indices]
        self._columns.keep(indices)
        steps = {kept.step for kept in self._kept}
        self._parts = {step: size for step, size in self._parts.items() if step in steps}

    def share_with(self, other: "FrameLog", step: int) -> None:
        """Give another run of the same past the frames up to `step`."""
        count = self._first_from(step + 1)
        other._kept, other._layers = self._kept[:count], self._layers
        other._parts = {at: size for at, size in self._parts.items() if at <= step}
        other._columns = self._columns.first(count)
        other.thin()

"""Makes the pictures of a run: a fresh frame where time allows, the newest losses and readings always."""

import time
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.training.events import Picture
from simulator.training.frame import Frame, Gradient, LayerFrame

if TYPE_CHECKING:  # the trainer brings numba, which the window must not wait for
    from simulator.training.trainer import Trainer

PICTURES_A_SECOND = 30
SHARE = 0.1  # of the time may go into frames


class PictureMaker:
    """Pictures of one run. Frames take at most a tenth of the time: a dear probe makes them rarer, not smaller."""

    def __init__(self, run_id: int, trainer: "Trainer") -> None:
        self.run_id = run_id
        self.trainer = trainer
        self.start = self.frame = trainer.frame()
        self._next_picture = self._next_frame = 0.0

    def due(self, now: float) -> bool:
        """Tell whether it is time for a picture."""
        return now >= self._next_picture

    def frame_due(self, now: float) -> bool:
        """Tell whether the next picture may carry a fresh frame."""
        return now >= self._next_frame

    def picture(
        self, sequence: int, *, fresh: bool, parts: Collection[str] = (), steps_per_second: float | None = None
    ) -> Picture:
        """Return the picture of the present moment; with `fresh`, its frame is of the present step."""
        trainer = self.trainer
        began = time.perf_counter()
        missing = not self.frame.parts.keys() >= set(parts)
        if fresh and (self.frame.step != trainer.step or missing):
            self.frame = trainer.frame(parts)
            if trainer.step == 0:
                self.start = self.frame
        now = time.perf_counter()
        if fresh:
            self._next_frame = now + (now - began) * (1 / SHARE - 1)
        self._next_picture = now + 1 / PICTURES_A_SECOND
        return Picture(
            sequence=sequence,
            run_id=self.run_id,
            frame=self.frame,
            start=aligned(self.start, self.frame),
            losses=trainer.losses.curve(),
            readings=trainer.readings.readings(),
            steps_per_second=steps_per_second,
            steps_per_epoch=trainer.steps_per_epoch,
            newest=trainer.step,
        )


def aligned(start: Frame, frame: Frame) -> Frame:
    """Return `start` with its histograms over the ranges of `frame`, so that both can be drawn over each other."""
    if start is frame:
        return start
    layers = tuple(_aligned_layer(a, b) for a, b in zip(start.layers, frame.layers, strict=True))
    return replace(start, layers=layers)


def _aligned_layer(start: LayerFrame, now: LayerFrame) -> LayerFrame:
    return replace(
        start,
        output=start.output.widened(now.output.limit),
        output_gradient=_aligned_gradient(start.output_gradient, now.output_gradient),
        weight_gradient=_aligned_gradient(start.weight_gradient, now.weight_gradient),
    )


def _aligned_gradient(start: Gradient | None, now: Gradient | None) -> Gradient | None:
    if start is None or now is None:
        return start
    return replace(start, histogram=start.histogram.widened(now.histogram.limit))

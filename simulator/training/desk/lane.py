"""One run on display: its timeline, the moment that is shown of it, and its pictures."""

from collections.abc import Collection
from dataclasses import replace

from simulator.training.frames.curves import LossCurve, WholeReading
from simulator.training.frames.frame import Frame, Gradient, LayerFrame, Part
from simulator.training.frames.picture import Picture, Rebuilding
from simulator.training.past.timeline import Timeline
from simulator.training.run.snapshot import Snapshot


class Lane:
    """A timeline and what is shown of it.

    Attributes
    ----------
    still
        Whether it does not train.
    at
        The step scrubbed to, or None for the present.
    frame
        On display.
    rebuilding
        While the exact frame of a past step is being made.
    rebuilt
        The run as it was at the step scrubbed to, once that was rebuilt.
    """

    def __init__(self, run_id: int, timeline: Timeline, still: bool = False) -> None:
        self.run_id = run_id
        self.timeline = timeline
        self.still = still
        self.at: int | None = None
        self.frame = timeline.frame_at(timeline.step)
        self.rebuilding: Rebuilding | None = None
        self.rebuilt: Snapshot | None = None
        self._start = timeline.frame_at(0)
        self._aligned: tuple[Frame, Frame] | None = None
        self._whole: tuple[tuple[int, int, int], WholeReading | None] | None = None
        self._curves: tuple[int, tuple[LossCurve, LossCurve, LossCurve]] | None = None

    @property
    def ended(self) -> bool:
        """Whether the run has come to an end by itself, as far as was judged last."""
        return self.timeline.trainer.ending is not None

    @property
    def wants_whole(self) -> bool:
        """Whether whole sets have figures of their own, and those of the present moment are not read yet."""
        trainer = self.timeline.trainer
        read = self._whole is not None and self._whole[0] == trainer.moment
        return trainer.step > 0 and not trainer.setting.samples.are_all and not read

    def take_whole(self, reading: WholeReading | None) -> None:
        """Take the figures of the whole sets at the present moment; None where there will be none."""
        self._whole = self.timeline.trainer.moment, reading

    @property
    def whole(self) -> WholeReading | None:
        """The figures of the whole sets at the present moment, once they are read."""
        held = self._whole
        return held[1] if held is not None and held[0] == self.timeline.trainer.moment else None

    def refresh(self, parts: Collection[Part]) -> None:
        """Show the present, with a frame of the present step."""
        self.at = self.rebuilding = self.rebuilt = None
        if not self.timeline.is_current(self.frame, parts):
            self.frame = self.timeline.frame(parts)
            if self.frame.step == 0:
                self._start = self.frame

    def go_to(self, step: int | None) -> None:
        """Show a past step, as far as it is recorded; None is the present."""
        self.at, self.rebuilding = step, None
        if self.rebuilt is not None and self.rebuilt.step != step:
            self.rebuilt = None
        self.frame = self.timeline.frame_at(self.timeline.step if step is None else step)

    def picture(
        self, sequence: int, steps_per_second: float | None = None, beside: tuple[Picture, ...] = ()
    ) -> Picture:
        """Return the picture of what is shown."""
        timeline, trainer = self.timeline, self.timeline.trainer
        losses, data_losses, recent = self._newest_curves()
        return Picture(
            sequence=sequence,
            run_id=self.run_id,
            frame=self.frame,
            start=self._ghost(),
            losses=losses,
            readings=trainer.readings.readings(),
            steps_per_second=steps_per_second,
            steps_per_epoch=trainer.steps_per_epoch,
            beside=beside,
            track=timeline.track,
            recent=recent,
            data_losses=data_losses,
            marks=timeline.marks,
            newest=trainer.step,
            at=self.at,
            rebuilding=self.rebuilding,
            samples=trainer.setting.samples,
            whole=self.whole,
            part_seconds=timeline.part_seconds,
        )

    def _ghost(self) -> Frame:
        """Return the frame of step 0 over the ranges of that on display; made anew only for another frame."""
        if self._aligned is None or self._aligned[0] is not self.frame:
            ghost = self.frame if self.frame.step == 0 else aligned(self._start, self.frame)
            self._aligned = self.frame, ghost
        return self._aligned[1]

    def _newest_curves(self) -> tuple[LossCurve, LossCurve, LossCurve]:
        """Return the curves of all losses, of data losses and of the newest; made anew only after further steps."""
        log = self.timeline.trainer.losses
        if self._curves is None or self._curves[0] != log.steps:
            self._curves = log.steps, (*log.curves(), log.recent(self.timeline.trainer.steps_per_epoch))
        return self._curves[1]


def aligned(start: Frame, frame: Frame) -> Frame:
    """Return `start` with its histograms over the ranges of `frame`, so that both can be drawn over each other."""
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

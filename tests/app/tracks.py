"""Tracks for tests: of made-up layers, and of real training."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from simulator import Frame, Picture, Track
from simulator.training.pictures import PictureMaker
from simulator.training.trainer import Trainer

SHARES = ("dead", "saturated", "blocked", "update_ratio", "mean", "std")


def track_of(frames: Sequence[Frame]) -> Track:
    """Return the track of recorded frames."""

    def held(name: str) -> list[list[object]]:
        return [[getattr(layer, name) for layer in frame.layers] for frame in frames]

    meters = {
        name: np.array([[np.nan if value is None else value for value in row] for row in held(name)], np.float32)
        for name in SHARES
    }
    for name in ("weight_gradient", "output_gradient"):
        meters[name] = np.array([[np.nan if g is None else g.rms for g in row] for row in held(name)], np.float32)
    return Track(np.array([f.step for f in frames]), np.array([f.epoch for f in frames]), **meters)


def trained_picture(trainer: Trainer, steps: int, every: int = 1, parts: Sequence[str] = ()) -> Picture:
    """Train for so many steps, note a frame after every `every` of them, and return the picture of the end."""
    maker = PictureMaker(1, trainer)
    frames = [trainer.frame()]
    while trainer.step < steps and trainer.ending is None:
        trainer.advance(min(every, steps - trainer.step), measure=True, beyond=True)
        frames.append(trainer.frame())
    trainer.read()
    return replace(maker.picture(len(frames), fresh=True, parts=parts), track=track_of(frames))

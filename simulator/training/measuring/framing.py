"""From a trainer to a frame, and what that costs."""

from collections.abc import Collection, Mapping
from time import perf_counter
from types import MappingProxyType
from typing import Any

from simulator.training.frames.frame import Frame, Part
from simulator.training.measuring import parts as part_makers
from simulator.training.run.trainer import Trainer

OLD = 0.8  # weight of earlier measurements in a smoothed cost


class Costs:
    """Smoothed seconds by name."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def took(self, name: str, began: float) -> float:
        """Note that `name` took from `began` until now; return now."""
        now = perf_counter()
        self._seconds[name] = OLD * self._seconds.get(name, now - began) + (1 - OLD) * (now - began)
        return now

    @property
    def seconds(self) -> Mapping[str, float]:
        """What each costs, as a copy."""
        return MappingProxyType(dict(self._seconds))


def frame_of(trainer: Trainer, parts: Collection[Part] = (), costs: Costs | None = None) -> Frame:
    """Return the frame of the present step with these optional `parts`; note in `costs` what each took."""
    with trainer.alone():
        return _made(trainer, parts, Costs() if costs is None else costs)


def _made(trainer: Trainer, parts: Collection[Part], costs: Costs) -> Frame:
    began = perf_counter()
    layers = trainer.meters.layers(trainer.network.update_ratios())
    began = costs.took("frame", began)
    made: dict[Part, Any] = {}
    for part in part_makers.in_order(parts):
        made[part] = part_makers.make(trainer, part)
        began = costs.took(part_makers.name_of(part), began)
    data_loss, penalty = trainer.last_loss or (None, None)
    return Frame(
        step=trainer.step,
        epoch=trainer.epoch,
        examples=trainer.examples,
        loss=None if data_loss is None or penalty is None else data_loss + penalty,
        data_loss=data_loss,
        penalty=penalty,
        layers=layers,
        parts=MappingProxyType(made),
    )

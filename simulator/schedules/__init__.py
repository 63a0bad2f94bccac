"""Learning-rate schedules: which rate every step has, declared."""

from typing import TYPE_CHECKING

from simulator.declaration import find_kinds, one_of
from simulator.schedules.base import Schedule

SCHEDULES = find_kinds(__name__, Schedule)

if TYPE_CHECKING:
    AnySchedule = Schedule
else:
    AnySchedule = one_of(SCHEDULES)

__all__ = ["SCHEDULES", "AnySchedule", "Schedule"]

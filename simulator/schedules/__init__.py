"""Learning-rate schedules."""

from typing import TYPE_CHECKING, Union

from simulator.declaration import find_kinds
from simulator.schedules.base import Schedule

SCHEDULES = find_kinds(__name__, Schedule)

if TYPE_CHECKING:
    AnySchedule = Schedule
else:
    AnySchedule = Union[tuple(SCHEDULES.values())]  # noqa: UP007 (built at run time from what was found)

__all__ = ["SCHEDULES", "AnySchedule", "Schedule"]

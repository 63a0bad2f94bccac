"""The doctor: says what is wrong with a run, with the measured number, causes before symptoms. No numba.

A diagnosis is one file here with a `DIAGNOSIS`; `docs/model.md` gives the reasons for the thresholds. `Watch` holds
them all against a record.
"""

from typing import TYPE_CHECKING

from simulator.analysis.doctor.diagnosis import Aim
from simulator.analysis.doctor.examination import Finding, Watch
from simulator.analysis.doctor.gap import Gap, judge_gap
from simulator.analysis.doctor.record import RunRecord
from simulator.analysis.doctor.remedies import Remedy, remedies
from simulator.analysis.doctor.trial_result import Trial
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.doctor.trial import try_remedy
    from simulator.analysis.doctor.units import silent_since
else:
    __getattr__ = late(__name__, trial=("try_remedy",), units=("silent_since",))

__all__ = [
    "Aim",
    "Finding",
    "Gap",
    "Remedy",
    "RunRecord",
    "Trial",
    "Watch",
    "judge_gap",
    "remedies",
    "silent_since",
    "try_remedy",
]

"""The babysitting checklist: first loss, overfitting, good rates, both ways of differentiating, cross-validation."""

from typing import TYPE_CHECKING

from simulator.analysis.checks.check_result import CheckPicture, CheckResult
from simulator.analysis.checks.checklist import BOTH_WAYS, CHECKLIST, CheckItem
from simulator.late import late

if TYPE_CHECKING:
    from simulator.analysis.checks.both_ways import judge_both_ways
    from simulator.analysis.checks.sanity import CHECKS, run_checks, sweep_rates
else:
    __getattr__ = late(__name__, both_ways=("judge_both_ways",), sanity=("CHECKS", "run_checks", "sweep_rates"))

__all__ = [
    "BOTH_WAYS",
    "CHECKLIST",
    "CHECKS",
    "CheckItem",
    "CheckPicture",
    "CheckResult",
    "judge_both_ways",
    "run_checks",
    "sweep_rates",
]

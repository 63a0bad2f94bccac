"""The lines of the babysitting checklist."""

from typing import TYPE_CHECKING, Final

from simulator.analysis import checks
from simulator.message import N_
from simulator.quantities.quantity import Quantity, one_of
from simulator.quantities.subject import Subject

if TYPE_CHECKING:
    from simulator.analysis.checks import CheckResult

_ID: Final = one_of("id", *(item.id for item in checks.CHECKLIST))
_SAMPLE: Final = N_("a copy of the experiment")


def _result(subject: Subject, name: str) -> "CheckResult":
    chosen = [check for check in checks.CHECKS if check.item.id == name]
    return subject.once(("check", name), lambda: next(checks.run_checks(subject.experiment, checks=chosen)))


QUANTITIES: Final = (
    Quantity(
        "check[id]",
        N_("How a line of the checklist ends: pass, fail, unsure or skipped."),
        _SAMPLE,
        lambda subject, name: _result(subject, name).verdict,
        (_ID,),
        cost="trials",
        source="F1",
    ),
    Quantity(
        "check[id].measured",
        N_("What a line of the checklist measured."),
        _SAMPLE,
        lambda subject, name: _result(subject, name).measured,
        (_ID,),
        cost="trials",
        source="F1",
    ),
)

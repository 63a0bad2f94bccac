"""Doctor and checklist say the same of one run: where the doctor is silent no check fails, and a rate that it blames is
not called right.
"""

import pytest

from simulator.analysis.checks.sanity import CHECKS, run_check
from simulator.analysis.curves import range_test
from simulator.analysis.doctor.examination import Watch, diagnoses
from tests.simulator.analysis.doctor import tuned
from tests.simulator.analysis.doctor.courses import Course, built_in
from tests.simulator.analysis.doctor.watched import records_of

pytestmark = pytest.mark.slow

RATES = {"rate_too_large", "rate_too_small", "rate_zero", "divergence"}
SMALL = ("moons", "circles", "spiral", "xor", "blobs")
"""Data on which a check takes a moment."""
OF_A_RUN = [check for check in CHECKS if check.item.id in ("good_rate", "set_up")]
ALL = (*tuned.HEALTHY, *tuned.SICK)
LECTURES = (
    Course("digits under a penalty of 1", built_in("digits", training__l2=1.0), 300),
    Course("the lecture's own rate", built_in("F1"), 300),
    Course("the lecture's own network", built_in("G1"), 300),
)
"""Those whose rate check needs the doubled budget, a penalty's name, or a rate far from the lecture's."""


def is_small(course: Course) -> bool:
    return course.experiment.data.kind in SMALL


@pytest.mark.parametrize("course", [pytest.param(each, id=each.name) for each in (*filter(is_small, ALL), *LECTURES)])
def test_that_doctor_and_checklist_do_not_contradict_each_other(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(range_test, "STEPS", (100, 400))  # what learns at no rate takes long
    watch = Watch()
    found = [watch.examine(record) for record in records_of(course.experiment, course.steps)]
    said = {check.item.id: run_check(check, course.experiment) for check in OF_A_RUN}
    before = [finding for finding in found[0] if diagnoses()[finding.id].before]
    assert said["set_up"].verdict == ("fail" if before else "pass")
    if not any(found):
        assert said["good_rate"].verdict != "fail", str(said["good_rate"].sentence)
    if "penalty holds" in str(said["good_rate"].sentence):
        assert "strong_penalty" in {finding.id for finding in found[-1] if finding.is_cause}
    blamed = {finding.id for finding in found[-1] if finding.is_cause} & RATES
    if blamed:
        assert said["good_rate"].verdict != "pass", (blamed, str(said["good_rate"].sentence))

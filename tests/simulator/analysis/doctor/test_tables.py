"""The doctor is right about whole runs: those it was tuned on, and those it had never seen."""

from functools import cache

import pytest

from simulator.analysis.doctor.examination import Finding, examine
from simulator.analysis.doctor.record import RunRecord
from tests.simulator.analysis.doctor import tuned
from tests.simulator.analysis.doctor.courses import Course
from tests.simulator.analysis.doctor.watched import records_of


@cache
def findings_of(course: Course) -> list[tuple[RunRecord, tuple[Finding, ...]]]:
    """Return what the doctor says at every recorded step."""
    return [(record, examine(record)) for record in records_of(course.experiment, course.steps)]


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.id for finding in findings]


def named(courses: tuple[Course, ...]) -> list[object]:
    return [pytest.param(course, id=course.name) for course in courses]


@pytest.mark.parametrize("course", named(tuned.HEALTHY))
def test_that_the_doctor_is_silent_at_every_step_of_a_healthy_run(course: Course) -> None:
    assert [(record.frame.step, ids(found)) for record, found in findings_of(course) if found] == []


@pytest.mark.parametrize("course", named(tuned.SICK))
def test_that_the_doctor_finds_what_is_wrong_with_a_run(course: Course) -> None:
    assert course.expected in ids(findings_of(course)[-1][1])


@pytest.mark.parametrize("course", named(tuned.SICK))
def test_that_findings_begin_with_a_cause(course: Course) -> None:
    for _record, found in findings_of(course):
        assert [finding.is_cause for finding in found] == sorted((finding.is_cause for finding in found), reverse=True)
        assert not found or found[0].is_cause

"""The doctor is right about whole runs: those it was tuned on, and those it had never seen."""

from functools import cache

import pytest

from simulator.analysis.doctor.examination import Finding, examine
from simulator.analysis.doctor.record import RunRecord
from tests.simulator.analysis.doctor import fresh, tuned
from tests.simulator.analysis.doctor.courses import Course
from tests.simulator.analysis.doctor.watched import records_of

pytestmark = pytest.mark.slow


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


def test_that_at_most_one_of_ten_fresh_healthy_runs_raises_an_alarm() -> None:
    alarms = {
        course.name: (record.frame.step, ids(found))
        for course in fresh.HEALTHY
        for record, found in findings_of(course)
        if found
    }
    assert len(fresh.HEALTHY) == 10
    assert len(alarms) <= 1, alarms


def test_that_at_most_two_of_ten_fresh_sick_runs_are_missed() -> None:
    missed = {
        course.name: ids(findings_of(course)[-1][1])
        for course in fresh.SICK
        if course.expected not in ids(findings_of(course)[-1][1])
    }
    assert len(fresh.SICK) == 10
    assert len({course.expected for course in fresh.SICK}) == 10
    assert len(missed) <= 2, missed

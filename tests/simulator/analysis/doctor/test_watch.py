"""A finding keeps what it was decided on, and does not come and go."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from simulator.analysis.doctor.examination import Watch, diagnoses, examine
from simulator.analysis.doctor.record import RunRecord
from simulator.experiment.experiment import Experiment
from simulator.training.frames.curves import Track
from simulator.training.frames.picture import Picture, RunFacts
from tests.simulator.analysis.doctor.courses import RELU, built_in, dense, network
from tests.simulator.analysis.doctor.watched import pictures_of

DEAD = network("moons", dense(50), RELU)


@cache
def trained(experiment: Experiment, steps: int) -> tuple[tuple[Picture, ...], RunFacts]:
    pictures, facts = pictures_of(experiment, steps, frames=41)
    return tuple(pictures), facts


def record(shares: list[float], step: int) -> RunRecord:
    """Return the record after `step` steps in which these shares of the 50 units of the first layer were dead."""
    pictures, facts = trained(DEAD, 400)
    picture = next(picture for picture in pictures if picture.frame.step == step)
    track = picture.track
    kept = track.step <= step
    dead = track.dead[kept].copy()
    dead[:, 1] = (
        np.resize(shares, kept.sum())
        if len(shares) == kept.sum()
        else np.interp(track.step[kept], np.linspace(0, step, len(shares)), shares)
    )
    columns = {name: getattr(track, name)[kept] for name in vars(track)}
    layer = replace(picture.frame.layers[1], dead=float(dead[-1, 1]))
    frame = replace(picture.frame, layers=(picture.frame.layers[0], layer, *picture.frame.layers[2:]))
    changed = replace(picture, track=Track(**{**columns, "dead": dead}), frame=frame)
    return RunRecord.of(changed, facts, DEAD)


def found(findings):
    return {finding.id: finding for finding in findings}


def test_that_all_units_are_said_to_be_dead_since_they_all_are():
    # 22 of 50 from the start, all of them in the end
    shares = [0.44] * 8 + [1.0] * 3
    finding = found(examine(record(shares, 100)))["dead"]
    assert "from the start" not in str(finding.sentence)
    assert finding.sentence.values["step"].value > 0
    half = found(examine(record([0.44] * 11, 100)))["dead"]
    assert str(half.sentence).startswith("22 of 50 units give 0")
    assert "from the start" in str(found(examine(record([1.0] * 11, 100)))["dead"].sentence)


def test_that_a_finding_keeps_the_step_value_and_sample_it_was_decided_on():
    watch = Watch()
    first = found(watch.examine(record([0.5] * 3, 100)))["dead"]
    assert (first.step, first.value, first.examples) == (100, pytest.approx(0.5), trained(DEAD, 400)[1].probe_examples)
    later = found(watch.examine(record([0.5, 0.7, 0.9], 200)))["dead"]
    assert later == first
    assert found(examine(record([0.5, 0.7, 0.9], 200)))["dead"].value == pytest.approx(0.9)
    assert str(first.moment) == f"Found at step 100, on {first.examples} examples."


def test_that_a_finding_that_stands_needs_more_than_its_threshold_to_go():
    watch = Watch()
    assert "dead" in found(watch.examine(record([0.41] * 3, 100)))
    for step, share in ((110, 0.39), (200, 0.39), (300, 0.39), (400, 0.39)):
        assert "dead" in found(watch.examine(record([share] * 3, step)))
        assert "dead" not in found(examine(record([share] * 3, step)))


def test_that_it_goes_after_it_was_away_for_a_quarter_of_the_run():
    watch = Watch()
    watch.examine(record([0.5] * 3, 100))
    assert "dead" in found(watch.examine(record([0.1] * 3, 130)))
    assert "dead" not in found(watch.examine(record([0.1] * 3, 400)))


def test_that_an_earlier_step_is_judged_by_itself():
    watch = Watch()
    watch.examine(record([0.5] * 3, 200))
    assert "dead" not in found(watch.examine(record([0.39] * 3, 100)))


@pytest.mark.parametrize("experiment", [built_in("H1-very-high"), network("circles", dense(16), RELU, rate=3)])
def test_that_no_finding_comes_and_goes_in_a_wild_run(experiment):
    pictures, facts = trained(experiment, 300)
    watch, there, comes = Watch(), set(), {}
    for picture in pictures:
        now = set(found(watch.examine(RunRecord.of(picture, facts, experiment))))
        for name in now - there:
            comes[name] = comes.get(name, 0) + 1
        there = now
    assert comes
    assert max(comes.values()) == 1, comes


@pytest.mark.parametrize("experiment", [built_in("H1-high"), network("circles", dense(16), RELU, rate=3)])
def test_that_a_rate_is_called_too_large_only_with_a_number_that_is(experiment):
    pictures, facts = trained(experiment, 300)
    named = 0
    for picture in pictures:
        finding = found(examine(RunRecord.of(picture, facts, experiment))).get("rate_too_large")
        if finding is not None:
            named += 1
            said = finding.sentence.values
            assert said["ratio"].value >= diagnoses()["rate_too_large"].threshold > 4 * said["healthy"].value
            at = picture.track.step == said["step"].value
            np.testing.assert_allclose(picture.track.update_ratio[at][0, finding.layer], said["ratio"].value)
    assert named

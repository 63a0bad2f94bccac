"""A record that begins at an edit: what the edit found is not the fault of the values that it brought."""

import pytest

from simulator.analysis.doctor.examination import Watch
from simulator.analysis.doctor.record import RunRecord
from tests.simulator.analysis.doctor.watched import killed, pictures_of


@pytest.mark.parametrize("steps", [230, 260, 320])
def test_that_units_that_another_rate_has_killed_are_the_cause(steps):
    run = killed()
    pictures, facts = pictures_of(run, steps, frames=65)
    shares = [layer.dead for layer in pictures[-1].frame.layers if layer.dead is not None]
    assert max(shares) > 0.9, "the example no longer shows it"
    watch = Watch()
    for picture in pictures:
        findings = watch.examine(RunRecord.of(picture, facts, run.at(picture.frame.step)))
    assert findings[0].id == "dead"
    assert findings[0].is_cause
    assert 200 < findings[0].since <= 210
    assert {"rate_too_large", "divergence"}.isdisjoint(finding.id for finding in findings)

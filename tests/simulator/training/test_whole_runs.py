"""Every built-in experiment at its full size: `test --long`."""

import pytest

from simulator.experiment.library import load, names
from simulator.training.run.trainer import Trainer
from tests.simulator.training.test_repeatability import record

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]

WHOLE = 20_000
"""Steps after which a run without an end has shown enough."""


@pytest.mark.parametrize("name", names())
def test_that_a_built_in_experiment_is_the_same_to_its_end(name):
    whole, halting = (record(Trainer(load(name)), chunk, steps=WHOLE) for chunk in (WHOLE, 997))
    assert whole == halting

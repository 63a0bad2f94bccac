"""Short trainings without and with a preprocessing: the very losses of a trainer, best rates, and an early stop."""

import numpy as np
import pytest
from msgspec.structs import replace

from simulator.analysis.copies import start, with_prepared_data
from simulator.analysis.preprocessing.effect import preprocessing_effect
from simulator.data.preprocessing import PREPROCESSINGS
from simulator.experiment.library import load

RATES = (0.01, 0.1, 1.0, 1e5)


def tilted():
    return load("C1-tilted").experiment


def trained(experiment, kind, rate, steps):
    trainer = start(
        replace(
            experiment,
            preprocessing=PREPROCESSINGS[kind](),
            training=replace(experiment.training, learning_rate=rate),
        )
    )
    sample = trainer.setting.probe
    first = trainer.evaluate(sample)[0]
    losses = trainer.advance(steps)[0]
    return first, trainer.evaluate(sample)[0], losses


@pytest.mark.parametrize("kind", ["centre", "whiten"])
def test_that_the_losses_are_those_of_trainers_on_the_same_data(kind):
    effect = preprocessing_effect(tilted(), PREPROCESSINGS[kind](), RATES, steps=30)
    assert [run.preprocessing.kind for run in effect.runs] == ["none", kind]
    assert (effect.complete, effect.steps, effect.examples) == (True, 30, 320)
    setting = start(tilted()).setting
    shares = np.bincount(setting.dataset.labels[setting.training]) / setting.training.size
    assert effect.untrained == pytest.approx(-(shares * np.log(shares)).sum())
    for run in effect.runs:
        for rate, last in zip(RATES, run.lasts, strict=True):
            assert (run.first, last) == trained(tilted(), run.preprocessing.kind, rate, 30)[:2]
        assert run.last == min(run.lasts)
        best = trained(tilted(), run.preprocessing.kind, run.rate, 30)[2]
        np.testing.assert_array_equal(run.curve.mean, best)


def test_that_a_rate_that_leads_to_no_number_is_never_the_best():
    experiment = load("C1").experiment
    run = preprocessing_effect(experiment, PREPROCESSINGS["centre"](), (1e9, 0.01), steps=20).runs[1]
    assert run.lasts[0] == np.inf
    assert run.best == 1


def test_that_nothing_is_compared_with_itself():
    effect = preprocessing_effect(tilted(), PREPROCESSINGS["none"](), (0.1,), steps=5)
    assert [run.preprocessing.kind for run in effect.runs] == ["none"]


def test_that_a_stopped_comparison_hands_out_what_there_is():
    seen = []
    effect = preprocessing_effect(
        tilted(), PREPROCESSINGS["centre"](), RATES, steps=5, stop=lambda: len(seen) == 2, show=seen.append
    )
    assert not effect.complete
    assert np.isfinite(effect.runs[0].lasts).sum() == 2
    assert effect.runs[1].best is None
    assert effect.runs[1].curve.step.size == 0


def test_that_data_prepared_once_give_the_same_losses():
    experiment = replace(load("C1").experiment, preprocessing=PREPROCESSINGS["whiten"]())
    losses = [start(one).advance(12)[0] for one in (experiment, with_prepared_data(experiment))]
    np.testing.assert_array_equal(*losses)

"""Every exhibit of the gallery reproduces the curve that it is there for (slide H2)."""

import pytest

from simulator.analysis.curves.curve_measures import MEASURES
from simulator.analysis.curves.exhibits import course, exhibit_curve
from simulator.analysis.curves.gallery import GALLERY
from simulator.experiment.library import claims, load, names, shows
from simulator.experiment.patch import apply
from simulator.experiment.run import Run
from simulator.training.run.trainer import Trainer


@pytest.mark.parametrize("name", [exhibit.name for exhibit in GALLERY])
def test_that_the_trained_curve_is_as_odd_as_declared(name):
    trainer = Trainer(load(name))
    trainer.advance(100_000)
    seen = course(trainer)
    declared = claims(name)
    assert declared
    for measure, (low, high) in declared.items():
        assert low <= MEASURES[measure].of(seen) <= high, measure


@pytest.mark.parametrize("seed", range(1, 8))
@pytest.mark.parametrize("name", ["H2-spikes", "H2-not-a-number"])
def test_that_the_curves_on_the_edge_keep_their_shape_for_other_weights_and_orders(name, seed):
    trainer = Trainer(Run(apply(load(name).experiment, {"seeds.weights": seed, "seeds.order": seed})))
    trainer.advance(100_000)
    for measure, (low, high) in claims(name).items():
        assert low <= MEASURES[measure].of(course(trainer)) <= high, measure


def test_that_the_gallery_holds_every_experiment_of_the_slide():
    assert {exhibit.name for exhibit in GALLERY} == {name for name in names() if name.partition("-")[0] == "H2"}
    assert len(GALLERY) >= 10


def test_that_every_exhibit_says_what_it_is_why_and_what_to_do():
    for exhibit in GALLERY:
        told = (shows(exhibit.name), exhibit.why, exhibit.advice)
        assert all(text and text.endswith(".") for text in told), exhibit.name


def test_that_the_curve_of_an_exhibit_is_that_of_its_run():
    made = exhibit_curve("H2-floor")
    apart = Trainer(load("H2-floor"))
    apart.advance(100_000)
    assert made.curve.mean.tobytes() == apart.losses.curve().mean.tobytes()
    assert made.validation.size == 41  # before the first step, and after each of 40 epochs


def test_that_an_exhibit_can_be_stopped():
    assert exhibit_curve("H2", stop=lambda: True) is None


def test_that_only_odd_curves_declare_what_they_measure():
    assert claims("digits") == {}
    assert set().union(*(claims(exhibit.name) for exhibit in GALLERY)) == set(MEASURES)

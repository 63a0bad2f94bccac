"""Why accuracy and loss say different things on the slides F4 and F5, on the experiments themselves."""

import numpy as np
import pytest

from app.panels.beside.answers_words import what_no_numbers_answer, why_accuracy_climbs
from simulator.experiment import load
from simulator.training import Readings, RunFacts
from simulator.training.measuring.framing import frame_of
from simulator.training.run.trainer import Trainer


def trained(name: str) -> tuple[Readings, int, RunFacts, Trainer]:
    trainer = Trainer(load(name))
    while trainer.ending is None:
        trainer.advance(50)
    trainer.read()
    readings = trainer.readings.readings()
    return readings, readings.step.size, trainer.facts, trainer


def test_that_f4_says_why_accuracy_climbs_and_the_loss_does_not() -> None:
    readings, read, facts, trainer = trained("F4")
    words = why_accuracy_climbs(readings, read)
    before, after = (round(100 * readings.training_accuracy[place]) for place in (0, -1))
    assert f"from {before} % to {after} %" in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "the loss stands at 2.30" in words
    assert why_accuracy_climbs(readings, 1) == ""
    assert what_no_numbers_answer(readings, read, facts) == ""
    shares = frame_of(trainer, {"confusion"}).parts["confusion"].one
    assert shares.shape == (10,)
    assert np.all(np.abs(shares - 0.1) < 0.001)
    assert shares.sum() == pytest.approx(1.0)


def test_that_f5_says_what_scores_that_are_no_numbers_answer() -> None:
    readings, read, facts, trainer = trained("F5")
    validates = facts.dataset.labels[facts.validation]
    assert readings.validation_accuracy[-1] == np.mean(validates == 0)
    words = what_no_numbers_answer(readings, read, facts).replace("\N{NO-BREAK SPACE}", " ")
    share = round(100 * np.mean(validates == 0))
    assert f"“{facts.dataset.class_names[0]}”: the accuracy is its share, {share} % of the 400 examples" in words
    assert why_accuracy_climbs(readings, read) == ""
    assert np.isnan(frame_of(trainer, {"confusion"}).parts["confusion"].one).all()


def test_that_nothing_is_explained_where_loss_and_accuracy_agree() -> None:
    steps = np.arange(3.0)
    shares, losses = np.array([0.1, 0.5, 0.9]), np.array([2.3, 1.0, 0.4])
    readings = Readings(steps, steps, shares, shares, losses, losses)
    assert why_accuracy_climbs(readings, 3) == ""

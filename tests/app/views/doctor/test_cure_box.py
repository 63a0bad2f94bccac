"""What a trial came to is said with its step and its sample."""

import pytest

from app.views.doctor.cure_box import trial_words
from simulator.analysis.doctor import Remedy, Trial
from simulator.analysis.doctor.trial_result import Twin
from simulator.message import Message

REMEDY = Remedy("wider", Message("Wider"), Message("More units."), {})


def twin(accuracy: float, examples: int, steps: int = 120, diverged: bool = False) -> Twin:
    return Twin(steps, 0.5, 2.3, accuracy, accuracy, examples, 0, 0, diverged)


@pytest.mark.parametrize("aim", ["loss", "validation", "sureness"])
def test_that_both_accuracies_name_their_sample_and_the_step(aim) -> None:
    words = trial_words(Trial(REMEDY, twin(0.9, 400), twin(0.8, 40), aim, True))
    said = words.replace("\N{NO-BREAK SPACE}", " ")
    assert "Validation <b>90 %</b> of 400 instead of 80 % of 40." in said
    assert "120 steps" in said


def test_that_the_accuracy_of_a_run_that_broke_off_earlier_is_not_laid_beside() -> None:
    words = trial_words(Trial(REMEDY, twin(0.9, 400), twin(0.1, 400, steps=3, diverged=True), "loss", True))
    said = words.replace("\N{NO-BREAK SPACE}", " ")
    assert "it diverges in 3. Validation <b>90 %</b> of 400." in said
    assert "10 %" not in said

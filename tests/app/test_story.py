"""What the right column says of a picture."""

import math
from dataclasses import replace

import pytest

from app.panels.story import Story, tell
from app.run_state import RunState
from simulator import Loaded, Picture, Run
from tests.app.canned import make_picture
from tests.app.fake_runner import facts, picture
from tests.app.samples import spiral

RUN = Run(spiral())
SPACE = "\N{NO-BREAK SPACE}"


def loaded(step: int = 0) -> Loaded:
    return Loaded(1, RUN, RUN.experiment, step, facts(RUN))


def story(shown: Picture | None, state: RunState = RunState.PAUSED) -> Story:
    return tell(loaded(), shown, state)


def said(shown: Picture | None, state: RunState = RunState.PAUSED) -> str:
    return " ".join(story(shown, state).seen).replace(SPACE, " ")


def test_that_an_untrained_network_is_compared_with_guessing() -> None:
    words = said(picture(RUN, 1, 0), RunState.READY)
    assert words.startswith("354 weights and biases")
    assert "0.69 (ln 2)" in words


def test_that_the_loss_stands_first() -> None:
    assert said(picture(RUN, 1, 50, loss=0.41)).startswith("Loss 0.41")


def test_that_the_gap_agrees_with_the_percentages() -> None:
    assert "Training 98 %, validation 93 %: gap 5 points, measured on 80 examples of each." in said(picture(RUN, 1, 50))


def change_readings(shown: Picture, training: float, validation: float) -> Picture:
    readings = shown.readings
    ones = readings.training_accuracy * 0 + 1
    return replace(
        shown,
        readings=replace(readings, training_accuracy=ones * training, validation_accuracy=ones * validation),
    )


@pytest.mark.parametrize(
    ("training", "validation", "words"),
    [
        (0.90, 0.95, "validation is ahead by 5 points"),
        (0.90, 0.90, "no gap"),
        (0.90, math.nan, "No examples are held back"),
    ],
)
def test_how_the_gap_is_said(training: float, validation: float, words: str) -> None:
    assert words in said(change_readings(picture(RUN, 1, 50), training, validation))


def test_that_dead_units_are_counted_and_a_cure_is_offered() -> None:
    shown = picture(RUN, 1, 50, dead=3 / 16)
    assert "Dense 1: 3 of 16 units are dead: 0 for all 320 examples" in said(shown)
    assert "leaky ReLU" in story(shown).to_try[-1]


def test_that_no_dead_unit_is_said_too() -> None:
    assert "No unit is dead." in said(picture(RUN, 1, 50))


def test_that_a_loss_that_is_no_number_is_said_calmly() -> None:
    shown = picture(RUN, 1, 3, loss=math.nan)
    shown = replace(shown, losses=replace(shown.losses, smooth=shown.losses.smooth * math.nan))
    assert said(shown).startswith("The loss is no finite number.")


@pytest.mark.parametrize("state", RunState)
def test_that_there_are_two_or_three_things_to_try(state: RunState) -> None:
    for shown in (None, picture(RUN, 1, 0), picture(RUN, 1, 40)):
        told = story(shown, state)
        assert 2 <= len(told.to_try) <= 3
        assert 1 <= len(told.seen) <= 5


def test_that_any_canned_picture_can_be_told() -> None:
    assert story(make_picture()).seen

"""What the right column says of a picture."""

import math
from dataclasses import replace

import pytest

from app.look import facts, numbers
from app.panels.beside.story import Story, tell
from app.panels.build.layer_rows import badges_of
from app.plots.run.accuracy import AccuracyPlot
from app.running.run_state import RunState
from simulator.experiment import Run, load
from simulator.training import Loaded, Picture, RunEpoch, Samples, WholeReading
from tests.app.canned import make_picture
from tests.app.fake_runner import facts as facts_of
from tests.app.fake_runner import picture
from tests.app.samples import spiral
from tests.sessions import Desk

RUN = Run(spiral())
SPACE = "\N{NO-BREAK SPACE}"


def loaded(step: int = 0) -> Loaded:
    return Loaded(1, RUN, RUN.experiment, step, facts_of(RUN))


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
    words = "Training 98 %, validation 93 %: gap 5 points, on 80 examples of each, read at step 50."
    assert words in said(picture(RUN, 1, 50))


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
        (0.90, 0.95, "validation ahead by 5 points"),
        (0.90, 0.90, "no gap"),
        (0.90, math.nan, "No examples are held back"),
    ],
)
def test_how_the_gap_is_said(training: float, validation: float, words: str) -> None:
    assert words in said(change_readings(picture(RUN, 1, 50), training, validation))


@pytest.mark.parametrize(
    ("training", "validation"),
    [(0.805, 0.797), (0.994, 0.986), (0.81, 0.80), (0.804, 0.806), (0.995, 0.995), (0.9, 0.4), (0.7, 0.75), (0.0, 0.0)],
)
def test_that_header_and_story_say_one_gap(qtbot, theme, training: float, validation: float) -> None:
    shown = change_readings(picture(RUN, 1, 50), training, validation)
    plot = AccuracyPlot(theme)
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    plot.show_picture(shown)
    gap, sample = plot.subtitle.split(" · ")[:2]
    assert f": {gap}, on {sample}, read at step 50." in " ".join(story(shown).seen)
    alike = numbers.percent(training) == numbers.percent(validation)
    assert (gap == "no gap") == alike


def test_that_each_split_names_its_own_sample() -> None:
    shown = replace(picture(RUN, 1, 50), samples=Samples(20, 400, 20, 400))
    assert "on 20 training and 400 validation examples" in said(shown)


def test_that_whole_sets_are_told_apart_from_what_rules_read() -> None:
    shown = picture(RUN, 1, 50)
    assert "All examples" not in said(shown)
    shown = replace(shown, whole=WholeReading(50, 5.0, 0.75, 0.7, 0.5, 0.6, 320, 80))
    words = "All examples at step 50: 75 % of 320 in training, 70 % of 80 in validation. The doctor goes by the sample."
    assert words in said(shown)
    assert "All examples" not in said(replace(shown, at=20)), "at another step than that on display"


def test_that_nothing_is_said_of_units_over_numbers_that_are_none() -> None:
    shown = picture(RUN, 1, 50)
    layers = tuple(
        replace(layer, output=replace(layer.output, not_finite=7), dead=None) if layer.dead is not None else layer
        for layer in shown.frame.layers
    )
    shown = replace(shown, frame=replace(shown.frame, layers=layers))
    assert "dead" not in said(shown)
    assert "Dense 1: 7 of 260 outputs are NaN or infinite at step 50, on 320 examples." in said(shown)
    assert badges_of(shown.frame)[1].words == "not finite"


def test_that_dead_units_are_counted_and_a_cure_is_offered() -> None:
    shown = picture(RUN, 1, 50, dead=3 / 16)
    assert "Dense 1: 3 of 16 units are dead: 0 for all 320 examples" in said(shown)
    assert "leaky ReLU" in story(shown).to_try[-1]


def test_that_no_dead_unit_is_said_too() -> None:
    assert "No unit is dead at step 50, on 320 examples." in said(picture(RUN, 1, 50))


def test_that_a_loss_that_is_no_number_is_said_calmly() -> None:
    shown = picture(RUN, 1, 3, loss=math.nan)
    shown = replace(shown, losses=replace(shown.losses, smooth=shown.losses.smooth * math.nan))
    assert said(shown).startswith("The loss is NaN or infinite.")


@pytest.mark.parametrize("state", RunState)
def test_that_there_are_two_or_three_things_to_try(state: RunState) -> None:
    for shown in (None, picture(RUN, 1, 0), picture(RUN, 1, 40)):
        told = story(shown, state)
        assert 2 <= len(told.to_try) <= 3
        assert 1 <= len(told.seen) <= 5


def test_that_any_canned_picture_can_be_told() -> None:
    assert story(make_picture()).seen


def test_that_the_story_of_a_real_run_is_the_engine_s_numbers() -> None:
    run = load("spiral")
    desk = Desk().load(run).rest()
    for _ in range(5):
        desk.send(RunEpoch()).rest()
    trainer = desk.timeline(1).trainer
    setting = trainer.setting
    told = tell(Loaded(1, run, run.experiment, 0, trainer.facts), desk.latest, RunState.PAUSED)
    words = " ".join(told.seen).replace(SPACE, " ")

    def right(examples) -> float:
        return trainer.evaluate(examples)[1]

    training, validation = right(setting.read_training), right(setting.read_validation)
    held, step = setting.read_validation.size, trainer.step
    assert setting.read_training.size == held < setting.training.size
    gap = facts.gap_words(training, validation).replace(SPACE, " ")
    percents = [numbers.percent(share).replace(SPACE, " ") for share in (training, validation)]
    assert f"Training {percents[0]}, validation {percents[1]}: {gap}, on {held} examples of each, " in words
    assert f"read at step {step}." in words
    everything = numbers.percent(right(setting.training)).replace(SPACE, " ")
    assert f"All examples at step {step}: {everything} of {setting.training.size} in training, " in words
    assert f"{percents[1]} of {held} in validation. The doctor goes by the sample." in words
    assert everything != percents[0], "the sample and the whole set differ here"
    probe = setting.probe.size
    assert f"on {probe} examples" in words or f"all {probe} examples" in words

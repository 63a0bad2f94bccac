"""Every diagnosis is one declaration that names only what there is."""

import math
import re
from pathlib import Path

import pytest

from simulator.analysis.doctor.examination import diagnoses

ALL = diagnoses()
MODEL = Path(__file__).resolve().parents[4] / "docs" / "model.md"
every_diagnosis = pytest.mark.parametrize("name", ALL)


def test_that_the_list_is_the_one_that_was_asked_for():
    assert list(ALL) == [
        "one_class",
        "number_classes",
        "unseen_class",
        "counting_column",
        "constant_columns",
        "unscaled_inputs",
        "rate_zero",
        "lone_example",
        "strong_penalty",
        "identical_units",
        "saturated",
        "exploding",
        "rate_too_large",
        "vanishing",
        "dead",
        "rate_too_small",
        "divergence",
        "overfitting",
        "underfitting",
        "evaluation_noise",
        "guessing",
    ]
    assert [diagnosis.rank for diagnosis in ALL.values()] == list(range(1, len(ALL) + 1))


@every_diagnosis
def test_that_what_it_refers_to_exists(name):
    diagnosis = ALL[name]
    assert set(diagnosis.explains) | set(diagnosis.unless_found) <= ALL.keys() - {name}
    # what excludes it is looked for first
    assert all(ALL[other].rank < diagnosis.rank for other in diagnosis.unless_found)
    assert re.fullmatch(r"[A-H]\d", diagnosis.slide)


@every_diagnosis
def test_that_its_words_are_a_title_and_sentences(name):
    diagnosis = ALL[name]
    assert diagnosis.title[0].isupper() or diagnosis.title.startswith("{layer}")
    assert not diagnosis.title.endswith(".")
    assert diagnosis.story.endswith(".")


WRITTEN = {
    "one_class": "1 class",
    "number_classes": "21 classes",
    "unseen_class": "1 validation example",
    "counting_column": "1 column",
    "constant_columns": "1 column",
    "unscaled_inputs": "100 times",
    "rate_zero": "0",
    "lone_example": "1 example",
    "strong_penalty": "1 times",
    "identical_units": "10⁻⁴",
    "saturated": "50 %",
    "exploding": "100 times",
    "rate_too_large": "0.005",
    "vanishing": "a hundredth",
    "dead": "40 %",
    "rate_too_small": "3·10⁻⁴",
    "divergence": "3 times",
    "overfitting": "8 points",
    "underfitting": "80 %",
    "evaluation_noise": "6 points",
    "guessing": "3 %",
}
NUMBERS = {"a hundredth": 0.01, "0": 0.0, "10⁻⁴": 1e-4, "3·10⁻⁴": 3e-4}


@every_diagnosis
def test_that_the_page_for_teachers_gives_its_threshold(name):
    title = ALL[name].title.replace("{layer}", "a layer").removeprefix("The ")
    rows = [row for row in MODEL.read_text(encoding="utf-8").splitlines() if row.startswith("| ")]
    row = next(row for row in rows if row.lower().startswith(f"| {title.lower()} |"))
    assert WRITTEN[name] in row.split("|")[2]
    number, _space, unit = WRITTEN[name].partition(" ")
    value = NUMBERS.get(WRITTEN[name], math.nan)
    if math.isnan(value):
        value = float(number) / (100 if unit in ("%", "points") else 1)
    assert ALL[name].threshold == pytest.approx(value)

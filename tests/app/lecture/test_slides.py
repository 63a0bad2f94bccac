"""The slides and what there is to open for each."""

import pytest

from app.lecture.course import experiments_of, neighbours, section_of, slide_of
from app.lecture.slides import SECTIONS, SLIDES, TAGS
from simulator.experiment import names


def test_that_all_slides_of_the_lecture_are_there() -> None:
    counts = {section.letter: len(section.slides) for section in SECTIONS}
    assert counts == {"A": 5, "B": 8, "C": 2, "D": 8, "E": 4, "F": 7, "G": 8, "H": 5, "I": 5}
    for section in SECTIONS:
        assert [slide.id for slide in section.slides] == [
            f"{section.letter}{number}" for number in range(1, len(section.slides) + 1)
        ]


def test_that_every_tag_is_shown_by_a_slide_and_no_other_word_is() -> None:
    assert {tag for slide in SLIDES.values() for tag in slide.tags} == set(TAGS)


def test_that_every_experiment_of_the_lecture_belongs_to_its_slide() -> None:
    without = [name for name in names() if slide_of(name) is None]
    assert without == ["digits", "spiral"]
    assert {slide_of(name).id for name in ("A4", "A4-linear", "H1b-good", "F4")} == {"A4", "H1", "F4"}


def test_that_a_slide_opens_the_experiment_that_bears_its_id() -> None:
    assert experiments_of(SLIDES["A4"], names())[0] == "A4"
    assert experiments_of(SLIDES["A1"], names()) == ("A1-batch-10", "A1-batch-320")
    assert experiments_of(SLIDES["I2"], names()) == ("H2-steps", "H2-cosine")
    assert experiments_of(SLIDES["A5"], names()) == ()


def test_that_neighbours_are_those_with_an_experiment() -> None:
    before, after = neighbours(SLIDES["F4"], names())
    assert (before, after) == (SLIDES["F3"], SLIDES["F5"])
    assert neighbours(SLIDES["A4"], names()) == (SLIDES["A1"], SLIDES["B5"])
    assert neighbours(SLIDES["A1"], names())[0] is None
    assert neighbours(SLIDES["H3"], names())[1] is None
    assert neighbours(None, names()) == (None, SLIDES["A1"])
    assert neighbours(None, ()) == (None, None)


@pytest.mark.parametrize("slide", SLIDES.values(), ids=SLIDES)
def test_that_every_slide_has_a_short_title_and_one_line(slide) -> None:
    assert 3 < len(slide.title) <= 26
    assert len(slide.line) <= 66
    assert slide in section_of(slide).slides

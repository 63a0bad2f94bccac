"""Underlined letters."""

from app.actions.mnemonics import plain, with_mnemonics


def test_that_each_text_gets_the_first_letter_that_is_free() -> None:
    assert with_mnemonics(["File", "Edit", "Experiment", "View"]) == ["&File", "&Edit", "E&xperiment", "&View"]


def test_that_the_beginnings_of_words_come_first() -> None:
    assert with_mnemonics(["Save", "Save as"]) == ["&Save", "Save &as"]


def test_that_a_text_without_a_free_letter_gets_none() -> None:
    assert with_mnemonics(["a", "A", "1 + 1"]) == ["&a", "A", "1 + 1"]


def test_that_an_ampersand_stays_one() -> None:
    marked = with_mnemonics(["R & D", "& D", "Žito"])
    assert [plain(text) for text in marked] == ["R & D", "& D", "Žito"]
    assert marked == ["&R && D", "&& &D", "&Žito"]

"""What typed letters mean."""

from app.finding.entry import Entry
from app.finding.ranking import ranked

F4 = Entry("slide", "F4", "Flat loss, rising accuracy", "The loss does not fall, yet accuracy climbs: why?", "F4")
RUN = Entry("experiment", "F4", "Learning rate 1e-6", "The loss hardly moves.", "F4")
RATE = Entry("field", "training.learning_rate", "Learning rate", "How far a step goes.")
LOSS = Entry("view", "loss", "Loss", "The loss of every step")
FLAT = Entry("experiment", "H2-flat", "Flat", "Every weight 0: nothing to learn from.", "H2")
UNDO = Entry("command", "undo", "Undo", mark="Ctrl+Z")
ALL = (RUN, F4, RATE, LOSS, FLAT, UNDO)


def test_that_a_letter_finds_its_slide_first() -> None:
    assert ranked(ALL, "F4") == ranked(ALL, " f4 ") == (F4, RUN)


def test_that_words_of_the_line_find_it() -> None:
    assert ranked(ALL, "loss does not fall") == (F4,)
    assert ranked(ALL, "accuracy climbs")[0] == F4


def test_that_a_title_comes_before_its_beginning_and_that_before_a_word_in_it() -> None:
    assert ranked(ALL, "flat") == (FLAT, F4)
    assert ranked(ALL, "loss")[:2] == (LOSS, F4)
    assert ranked(ALL, "learning rate")[:2] == (RATE, RUN)


def test_that_parts_of_words_and_letters_in_order_are_found_last() -> None:
    assert ranked(ALL, "ndo") == (UNDO,)
    assert ranked(ALL, "lrnrt") == (RUN, RATE)
    assert ranked(ALL, "xq") == ()


def test_that_accents_and_capitals_do_not_matter() -> None:
    entry = Entry("command", "a", "Žito và")
    assert ranked((entry,), "zito VA") == (entry,)


def test_that_nothing_typed_finds_everything() -> None:
    assert ranked(ALL, " ") == ALL


def test_that_words_which_mean_nothing_are_left_out_and_whole_words_come_first() -> None:
    held = Entry("field", "held", "Held back against drift")
    deep = Entry("slide", "D7", "30 layers: Xavier, He", letter="D7")
    assert ranked((held, deep), "he vs xavier", "vs against") == (deep,)
    assert ranked((held, deep), "he against", "vs against") == (deep, held)
    assert ranked((held, deep), "against", "vs against") == (held,), "typed alone it is meant"


def test_that_a_further_name_finds_like_a_title() -> None:
    tab = Entry("command", "tab", "Initialise", names=("Initialisation", "He against Xavier"))
    line = Entry("experiment", "H2", "A plateau", "A bad initialisation.")
    assert ranked((line, tab), "initialisation") == (tab, line)
    assert ranked((line, tab), "he vs xavier", "vs against") == (tab,)

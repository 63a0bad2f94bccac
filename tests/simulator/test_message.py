"""Sentences that wait for their language."""

import pytest

from simulator.message import N_, InSentence, Message, counted

SERBIAN = {
    "{field} must be at least {low}": "{field} mora biti najmanje {low}",
    "Units": "Neurona",
    "{place}: {fault}": "{place}: {fault}",
    "{low} is the least for {field}": "{field}: najmanje {low}",
}


def serbian(text):
    return SERBIAN[text]


def test_that_marking_leaves_the_text_alone():
    assert N_("Learning rate") == "Learning rate"


def test_that_a_message_shows_its_english_text():
    assert str(Message("step {step} of {all}", {"step": 3, "all": 10})) == "step 3 of 10"


def test_that_a_message_without_values_is_its_text():
    assert str(Message("all is well")) == "all is well"


def test_that_the_text_is_translated_before_it_is_filled():
    message = Message("{low} is the least for {field}", {"field": Message("Units"), "low": 1})
    assert message.render(serbian) == "Neurona: najmanje 1"


def test_that_messages_inside_messages_are_translated_too():
    fault = Message("{field} must be at least {low}", {"field": InSentence("Units"), "low": 1})
    message = Message("{place}: {fault}", {"place": Message("Units"), "fault": fault})
    assert message.render(serbian) == "Neurona: neurona mora biti najmanje 1"


def test_that_whoever_shows_a_message_may_write_its_values():
    message = Message("{images:,} in {place}", {"images": 60000, "place": Message("{name}", {"name": "here"})})
    assert str(message) == "60,000 in here"
    assert message.render(str, lambda value, form: f"<{value}{form}>") == "<60000,> in <<here>>"


def layers(count):
    return counted("{count} layer, {loss}", "{count} layers, {loss}", count, {"loss": 0.5})


def test_that_a_number_decides_the_words():
    assert [str(layers(count)) for count in (0, 1, 2)] == ["0 layers, 0.5", "1 layer, 0.5", "2 layers, 0.5"]


def test_that_a_language_has_as_many_forms_as_it_needs():
    def say(text, plural="", count=1):
        if not plural:
            return text
        tens, ones = count // 10 % 10, count % 10
        few = tens != 1 and 2 <= ones <= 4
        return "{count} " + ("sloj" if tens != 1 and ones == 1 else "sloja" if few else "slojeva")

    found = [Message("{layers}!", {"layers": layers(count)}).render(say) for count in (1, 3, 5, 12, 21, 22)]
    assert found == ["1 sloj!", "3 sloja!", "5 slojeva!", "12 slojeva!", "21 sloj!", "22 sloja!"]


def test_that_braces_in_values_are_left_alone():
    message = Message("{place}: {fault}", {"place": "{x}", "fault": Message("{name}", {"name": "{0}"})})
    assert str(message) == "{x}: {0}"


@pytest.mark.parametrize(
    ("label", "inside"),
    [("ReLU", "ReLU"), ("Units", "units"), ("L2 penalty", "L2 penalty"), ("XOR", "XOR"), ("SGD", "SGD"), ("", "")],
)
def test_that_a_label_inside_a_sentence_begins_small_unless_it_is_a_name(label, inside):
    assert str(InSentence(label)) == inside


def test_that_messages_are_compared_by_value_and_frozen():
    assert Message("a", {"b": 1}) == Message("a", {"b": 1})
    assert Message("a", {"b": 1}) != Message("a", {"b": 2})
    with pytest.raises(AttributeError):
        Message("a").text = "b"


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        (Message("there is no file"), "There is no file"),
        (Message("{name}: it is empty", {"name": "plain.csv"}), "plain.csv: it is empty"),
        (Message("{name}: {rows} rows", {"name": "été.csv", "rows": 3}), "été.csv: 3 rows"),
        (Message("{place}: {fault}", {"place": Message("the experiment"), "fault": "no"}), "The experiment: no"),
        (Message("{a}: {b}", {"a": Message("{name} holds", {"name": "x.csv"}), "b": 1}), "x.csv holds: 1"),
        (Message("{field} must be large", {"field": InSentence("Units")}), "Units must be large"),
        (Message(""), ""),
        (Message("{{b}} stays"), "{b} stays"),
    ],
    ids=str,
)
def test_that_a_sentence_begins_with_a_large_letter_and_a_name_keeps_its_own(message, sentence):
    assert message.sentence(str) == sentence


def test_that_the_translation_decides_what_a_sentence_begins_with():
    message = Message("{low} is the least for {field}", {"field": "neurons", "low": 1})
    assert message.sentence(serbian) == "neurons: najmanje 1"

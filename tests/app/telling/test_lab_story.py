"""The right column of a lab."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.telling.lab_story import Chapter, LabStory
from app.theme import Theme


def shown(story: LabStory) -> list[str]:
    return [label.text() for label in story.findChildren(QLabel) if label.isVisible()]


def test_that_it_tells_what_it_is_given_and_forgets_the_rest(qtbot: QtBot, theme: Theme) -> None:
    story = LabStory()
    qtbot.addWidget(story)
    story.show()
    qtbot.waitExposed(story)
    story.tell("B2", "It is flat.", [Chapter("", ("One.", "Two.")), Chapter("Why", ("Three.",))])
    words = shown(story)
    assert words[:3] == ["What this shows", "slide B2", "It is flat."]
    assert "Why" in words
    assert any("Three." in text for text in words)
    story.tell("B3", "", [Chapter("", ("Four.",))])
    words = shown(story)
    assert words[:2] == ["What this shows", "slide B3"]
    assert [text for text in words if "Four." in text]
    assert not [text for text in words if "Two." in text or "Three." in text or text == "Why"]


def test_that_several_slides_are_named_in_the_plural(qtbot: QtBot, theme: Theme) -> None:
    story = LabStory()
    qtbot.addWidget(story)
    story.tell("B1, B2, B5", "It is flat.", ())
    assert "slides B1, B2, B5" in [label.text() for label in story.findChildren(QLabel)]

"""The underlined letters of menus: chosen, not declared, so that they are unique in every language."""

from collections.abc import Sequence

from PySide6.QtGui import QAction


def plain(text: str) -> str:
    """Return a text of Qt's without the marks of its underlined letter."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def with_mnemonics(texts: Sequence[str]) -> list[str]:
    """Return the texts of a menu as Qt takes them, each with a letter of its own while there are any.

    The first letter of a word comes before those inside words.
    """
    taken: set[str] = set()
    return [_marked(text, taken) for text in texts]


def mark_letters(actions: Sequence[QAction]) -> None:
    """Give the entries of one menu their underlined letters."""
    entries = [action for action in actions if action.text()]
    for action, text in zip(entries, with_mnemonics([plain(action.text()) for action in entries]), strict=True):
        if action.text() != text:
            action.setText(text)


def _marked(text: str, taken: set[str]) -> str:
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    starts = [place for place in places if place == 0 or not text[place - 1].isalpha()]
    at = next((place for place in (*starts, *places) if text[place].lower() not in taken), None)
    if at is None:
        return text.replace("&", "&&")
    taken.add(text[at].lower())
    return text[:at].replace("&", "&&") + "&" + text[at:].replace("&", "&&")

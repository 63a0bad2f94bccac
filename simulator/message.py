"""What the simulator says, as marked source text with numbers: the window or the command line translates it."""

import re
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

Write = Callable[[object, str], str]
"""Writes a value into its place: given the value and the format that stands there, such as ",", or nothing."""


class Translate(Protocol):
    """Translates a source text, or of a text in two forms the one that the language has for a number."""

    def __call__(self, text: str, plural: str = ..., count: int = ..., /) -> str: ...


LONGEST_VALUE: Final = 2000
"""Letters of one value in a sentence, at most: files may hold names of any length."""
LONGEST_WORD: Final = 200
"""Letters without a blank, at most: nothing can be laid out in lines shorter than its longest word."""
_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for "mark, do not translate yet")
    """Mark `text` for extraction into the catalogues and return it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence that is not translated yet.

    Parameters
    ----------
    text
        English source text, marked by `N_`, with named places such as ``{step}``.
    values
        What fills the places. A value may be a `Message` itself.
    plural, count
        The text for other numbers than 1, and the number; see `counted`.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    count: int = 1

    def render(self, translate: Translate, write: Write = format) -> str:
        """Return the sentence in the language of `translate` (source text -> text), its values written by `write`."""
        filled = {
            name: value.render(translate, write) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return _Filler(write).vformat(self._worded(translate), (), filled)

    def sentence(self, translate: Translate, write: Write = format) -> str:
        """Return what `render` does with its first letter large, unless that belongs to a name: of a file, say."""
        text = self.render(translate, write)
        return text if self._begins_with_a_name(translate) else text[:1].upper() + text[1:]

    def _begins_with_a_name(self, translate: Translate) -> bool:
        literal, place, *_ = next(iter(string.Formatter().parse(self._worded(translate))), ("", None))
        if literal or not place:
            return False
        value = self.values.get(place)
        return value._begins_with_a_name(translate) if isinstance(value, Message) else isinstance(value, str)

    def _worded(self, translate: Translate) -> str:
        return translate(self.text, self.plural, self.count) if self.plural else translate(self.text)

    def __str__(self) -> str:
        return self.render(_in_english)


def counted(singular: str, plural: str, count: int, values: Mapping[str, object] | None = None) -> Message:
    """Return a sentence whose words depend on a number, which fills the place ``{count}``.

    Both forms are marked for the catalogues, where a language has as many as it needs: write them as literals. A
    sentence has one number that decides; another one stands where no word depends on it ("classes: 3").
    """
    return Message(singular, {"count": count, **(values or {})}, plural, count)


def _in_english(text: str, plural: str = "", count: int = 1, /) -> str:
    return plural if plural and count != 1 else text


class _Filler(string.Formatter):
    """Fills the places of a text with what `write` makes of their values."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def format_field(self, value: object, format_spec: str) -> str:
        return _bounded(self._write(value, format_spec))


def _bounded(text: str) -> str:
    """Return a text that is not longer than a sentence can hold, nor are its words."""
    if len(text) > LONGEST_VALUE:
        text = text[: LONGEST_VALUE - 1] + "…"
    return _LONG_WORD.sub(lambda word: word[0][: LONGEST_WORD - 1] + "…", text)


class InSentence(Message):
    """A label used inside a sentence: "Units" becomes "units", "L2 penalty" and "ReLU" stay."""

    def render(self, translate: Translate, write: Write = format) -> str:
        text = super().render(translate, write)
        first = text.split(" ", 1)[0]
        named = any(letter.isupper() or letter.isdigit() for letter in first[1:])
        return text if named else text[:1].lower() + text[1:]

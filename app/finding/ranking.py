"""Which entries a few typed letters mean, the best first."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from app.finding.entry import Entry

_WORD: Final = re.compile(r"\w+")
LEAST_FUZZY: Final = 3
"""Typed letters from which on it is enough that they follow each other somewhere in a title."""
NEVER: Final = 9


def ranked(entries: Sequence[Entry], typed: str, stop: str = "") -> tuple[Entry, ...]:
    """Return the entries that `typed` means: its letter first, then beginnings, words, and letters that follow.

    Whole words come before beginnings of words; else entries of one rank keep their order. Nothing typed finds
    everything.

    Parameters
    ----------
    stop
        Words that are left out where others are typed too.
    """
    wanted = folded(typed)
    if not wanted:
        return tuple(entries)
    unmeant = frozenset(_words(folded(stop)))
    words = [word for word in _words(wanted) if word not in unmeant] or _words(wanted)
    found = []
    for at, entry in enumerate(entries):
        rank = _rank(entry, wanted, words, unmeant)
        if rank < NEVER:
            found.append((rank, not set(words) <= set(_all_words(entry)), at))
    return tuple(entries[at] for *_rank_of, at in sorted(found))


def folded(text: str) -> str:
    """Return a text without capitals, accents and doubled blanks: what is compared."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join(plain.casefold().split())


def _rank(entry: Entry, wanted: str, typed: Sequence[str], unmeant: frozenset[str]) -> int:
    letter, title = folded(entry.letter), folded(entry.title)
    names = [folded(name) for name in entry.names]
    if wanted in (letter, title):
        # a slide stands before the experiments that belong to it
        return 0 if entry.kind == "slide" or wanted == title else 1
    if any(list(typed) == [word for word in _words(name) if word not in unmeant] for name in names):
        return 1
    if title.startswith(wanted) or (letter.startswith(wanted) and entry.kind == "slide"):
        return 2
    if any(_begin(typed, _words(called)) for called in (title, *names)):
        return 3
    everywhere = _all_words(entry)
    if _begin(typed, everywhere):
        return 4 if wanted in folded(entry.line) else 5
    if wanted in title:
        return 6
    if typed and all(any(each in word for word in everywhere) for each in typed):
        return 7
    letters = wanted.replace(" ", "")
    return 8 if len(letters) >= LEAST_FUZZY and _follow(letters, title) else NEVER


def _all_words(entry: Entry) -> list[str]:
    texts = (entry.title, *entry.names, entry.letter, entry.line, entry.words, entry.mark)
    return _words(folded(" ".join(texts)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _begin(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether every typed word is the beginning of a word."""
    return bool(typed) and all(any(word.startswith(each) for word in words) for each in typed)


def _follow(letters: str, title: str) -> bool:
    """Tell whether the letters stand in the title in this order."""
    rest = iter(title)
    return all(letter in rest for letter in letters)

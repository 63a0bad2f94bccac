"""One word for one thing: what the window and the engine say, as it stands marked in the code."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MARKS = ("_", "N_", "ngettext", "counted")
UNSAID = {
    "lane": "run, or twin",
    "on the table": "open",
    "is no number": "NaN, or not a number",
    "no finite number": "NaN or infinite",
    "judged": "checked, or validated on",
    "probe batch": "a sample of the training examples",
    "one answer for all": "guessing",
    "knows nothing": "guessing",
}
"""Words of the code, or of nobody, and what is said instead."""


@cache
def said() -> tuple[tuple[str, str], ...]:
    """Return every marked text with the place where it stands; names of places such as {lane} are left out."""
    found = []
    for wing in ("app", "simulator"):
        for path in sorted((ROOT / wing).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if not any(f"{mark}(" in text for mark in MARKS):
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                    texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    found += [(place, re.sub(r"{[^}]*}", "", each)) for each in texts if isinstance(each, str)]
    return tuple(found)


@pytest.mark.parametrize("word", UNSAID)
def test_that_a_word_of_the_code_is_never_said(word: str) -> None:
    pattern = re.compile(rf"\b{word}s?\b", re.IGNORECASE)
    places = [place for place, text in said() if pattern.search(text)]
    assert places == [], f"say {UNSAID[word]}"


def test_that_texts_are_found() -> None:
    assert len(said()) > 2000

"""What the pages name is there: files, folders, modules and links."""

import importlib.util
import re
from pathlib import Path

import pytest

from tests.test_contributing import listings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PLACE = re.compile(r"(?<![\w./-])(?:app|simulator|tests|packaging|resources|docs)/[\w./-]*\w")
MODULE = re.compile(r"python -m ((?:tests|simulator|app)[\w.]*)")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_that_a_page_names_what_is_there(page):
    text = page.read_text(encoding="utf-8")
    places = set(PLACE.findall(text)) - set(listings())
    assert sorted(place for place in places if not (ROOT / place).exists()) == []
    assert [name for name in MODULE.findall(text) if importlib.util.find_spec(name.rstrip(".")) is None] == []
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []

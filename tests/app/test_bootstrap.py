import pytest

from app.bootstrap import speak
from app.look.numbers import number
from app.system import i18n


def test_that_a_language_writes_its_own_decimal_mark(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setattr(i18n, "install", lambda language: language.startswith("sr"))
    try:
        speak("sr_Latn_RS")
        assert number(0.5) == "0,500"
        speak("de_DE")  # no catalogue: English, numbers and all
        assert number(0.5) == "0.500"
    finally:
        speak("en")

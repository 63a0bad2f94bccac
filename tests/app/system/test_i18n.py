"""Words: the current catalogue decides at call time, English where there is none."""

import gettext
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.look import numbers  # noqa: F401 (says how numbers are written)
from app.system import i18n
from app.system.i18n import _, ngettext, translate_message
from simulator.experiment.experiment import Training
from simulator.machine.loop import BAD_LOSS
from simulator.message import Message
from simulator.training.run.endings import diverged
from simulator.training.run.rule import RuleMemory


class Shouting(gettext.NullTranslations):
    """A language that is easy to tell from English."""

    def gettext(self, message: str) -> str:
        return message.upper().replace("{NAME}", "{name}")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    i18n.install("en")


def test_that_the_catalogue_is_looked_up_when_a_text_is_needed() -> None:
    assert _("Play") == "Play"
    i18n.install_translations(Shouting())
    assert _("Play") == "PLAY"
    assert ngettext("layer", "layers", 2) == "LAYERS"


def test_that_an_empty_text_stays_empty() -> None:
    i18n.install_translations(Shouting())
    assert _("") == ""


def test_that_a_message_inside_a_message_is_translated() -> None:
    i18n.install_translations(Shouting())
    inner = Message("dense")
    assert translate_message(Message("{name} is dead.", {"name": inner})) == "DENSE IS DEAD."


def test_that_an_unknown_language_falls_back_to_english() -> None:
    i18n.install_translations(Shouting())
    assert not i18n.install("tlh")
    assert _("Play") == "Play"
    assert i18n.install("en")


def test_that_a_compiled_catalogue_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mofile = pytest.importorskip("babel.messages.mofile")
    catalog = pytest.importorskip("babel.messages.catalog")
    made = catalog.Catalog(locale="sr_Latn", domain=i18n.DOMAIN)
    made.add("Play", "Pokreni")
    folder = tmp_path / "sr_Latn" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "obuka.mo").open("wb") as file:
        mofile.write_mo(file, made)
    monkeypatch.setattr(i18n, "resource_path", lambda *parts: tmp_path)
    assert i18n.available_languages() == ["en", "sr_Latn"]
    assert i18n.install("sr_Latn")
    assert _("Play") == "Pokreni"


def test_that_the_numbers_of_the_simulator_are_written_as_the_window_writes_numbers() -> None:
    ended = diverged(BAD_LOSS, 12_345, Training(learning_rate=1e6), math.nan, RuleMemory.fresh(10, 2.5)).message
    assert translate_message(ended).startswith("Diverged: the loss of step 12\xa0345 is not a number, and")
    assert "learning rate 10⁶ is" in translate_message(ended)
    assert "learning rate 1e+06 is" in str(ended)

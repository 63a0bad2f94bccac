"""The words on screen: gettext with the English source text as message id.

``_`` looks the current catalogue up at call time, so a widget that fills its texts again after
:func:`install` shows the new language.
"""

import gettext
import struct
from collections.abc import Callable

from app.system.paths import resource_path
from simulator.message import Message

DOMAIN = "obuka"
SOURCE_LANGUAGE = "en"

_translations: gettext.NullTranslations = gettext.NullTranslations()
_write: Callable[[object, str], str] = format


def install(language: str) -> bool:
    """Speak `language` (such as ``"sr"``) from now on.

    Returns
    -------
    bool
        False if there is no catalogue for it; English is spoken then.
    """
    try:
        install_translations(gettext.translation(DOMAIN, str(resource_path("i18n")), languages=[language]))
    except (OSError, ValueError, struct.error):  # not there, or damaged
        install_translations(gettext.NullTranslations())
        return language.split("_")[0] == SOURCE_LANGUAGE
    return True


def install_translations(translations: gettext.NullTranslations) -> None:
    """Use a translations object made elsewhere; tests pass their own."""
    global _translations
    _translations = translations


def available_languages() -> list[str]:
    """Return the languages that have a catalogue, English first."""
    catalogues = resource_path("i18n").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    found = {path.parents[1].name for path in catalogues} - {SOURCE_LANGUAGE}
    return [SOURCE_LANGUAGE, *sorted(found)]


def _(text: str) -> str:
    """Translate a literal."""
    # gettext answers the empty text with the catalogue's header
    return _translations.gettext(text) if text else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a literal whose form depends on `count`; the placeholders are filled by the caller."""
    return _translations.ngettext(singular, plural, count)


def translate_message(message: Message) -> str:
    """Return a message of the simulator as a sentence; values that are messages are translated too."""
    return message.render(_formed, _write)


def translate_sentence(message: Message) -> str:
    """Return what `translate_message` does with its first letter large, unless that belongs to a name."""
    return message.sentence(_formed, _write)


def _formed(text: str, plural: str = "", count: int = 1, /) -> str:
    return ngettext(text, plural, count) if plural else _(text)


def write_values(write: Callable[[object, str], str]) -> None:
    """Let `write` set the values of the simulator's messages: it is given each, and the format asked for."""
    global _write
    _write = write

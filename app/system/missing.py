"""What of the program's own files was not there when it was wanted: it goes on without, and says so."""

import logging
from typing import Final

from app.system.i18n import _

MOST_NAMED: Final = 3

_log = logging.getLogger(__name__)
_names: list[str] = []


def note_missing(name: str, reason: object) -> None:
    """Note that a file cannot be read."""
    _log.warning("%s cannot be read: %s", name, reason)
    if name not in _names:
        _names.append(name)


def say_missing() -> str:
    """Return the sentence about what was noted since the last time; empty where nothing was."""
    if not _names:
        return ""
    named = ", ".join(_names[:MOST_NAMED]) + (", …" if len(_names) > MOST_NAMED else "")
    _names.clear()
    text = _("Files of the program are missing or damaged: {names}. It goes on without them; install it again.")
    return text.format(names=named)
